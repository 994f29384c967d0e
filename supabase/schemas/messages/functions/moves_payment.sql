/*
 * Whether words sound as if payment moves off the platform: a service that people pay each other by, or paying
 * one another directly. Whole words alone, and not what agents talk about every day: a buyer's wire, a cash offer.
 * Whoever hides it from us is not found; the sentence it leads to is for the rest.
 */
create function private.moves_payment(body text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select moves_payment.body ~* (
    '\m(venmo(ed|ing)?|zelled?|cash ?app|paypal(\.me)?|apple ?cash|google pay|apple pay)\M'
    || '|\mwire\s+(me|you|us|it to (me|you|my))\M'
    || '|\m(pay|send|transfer)(ing)?\s+(it to )?(me|you|us)\M[^.!?\n]{0,40}'
    || '\m(in cash|with cash|by check|by wire|by bank transfer|in bitcoin|in crypto)\M'
    || '|\mpay(ing)?\s+(me|you|us)\M[^.!?\n]{0,40}'
    || '\m(directly|privately|outside (of )?(walkthrough|the (site|app|platform))|off (walkthrough|the (site|app|platform)))\M'
  );
$$;

/* Marks each message whose words sound like it, however they came to be. */
create function private.tg_messages__hint()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.has_payment_hint := private.moves_payment(new.body);
  return new;
end;
$$;

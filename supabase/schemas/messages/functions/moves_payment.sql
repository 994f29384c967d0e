/*
 * Whether words sound as if payment moves off the platform: a service that people pay each other by, or the two of a
 * thread paying one another in another way. Not what agents talk about every day: what a broker, a lender or a buyer pays
 * one of them, a buyer's wire, a cash offer, who works where.
 * Whoever hides it from us is not found; the sentence it leads to is for the rest.
 */
create function private.moves_payment(body text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select said.words ~* (
      -- Services, however they are written.
      '\m(ven-?mo(ed|ing)?|zelled?|cash[ .-]?app|pay[ -]?pal(\.me)?|apple[ -]?cash)\M(?! +(stock|shares|employees?|offices?|headquarters))'
      || '|\m(google|apple) pay (me|you|us)\M'
      -- One of the two to the other, past the site.
      || '|\mwire\s+(me|you|us|it to (me|you|my))\M'
      || '|\m(pay|give|hand)(ing)?\s+(me|you|us)\s+(\w+\s+){0,2}cash\M(?! +(buyers?|offers?|deals?|flow|back|sales?|purchases?|clients?|investors?|leads?))'
      || '|\m(pay(ing)?\s+(it to )?(me|you|us)|(send|transfer)(ing)?\s+(it|(it to )?(me|you|us)\s+(it|[$]?\d+|((the|my|your|half) )*(rest|money|payment|balance|fee|price|amount|deposit|half))))\M'
      || '[^.!?\n]{0,40}\m(in cash|with cash|by check|by wire|by bank transfer|in bitcoin|in crypto)\M'
      || '|\mpay(ing)?\s+(me|you|us)\M[^.!?\n]{0,40}\m(directly|privately)\M'
      || '|\m(pay(ing)?|settle|settling|book(ing)?|invoic(e|ing)|bill(ing)?)\M[^.!?\n]{0,40}'
      || '\m(outside (of )?(walkthrough|the (site|app|platform))|off (walkthrough|the (site|app|platform)))\M'
      || '|\m(skip|avoid|dodge|save|get around)\s+(on\s+)?(the |their )?(platform|site|app|booking|walkthrough)(''s)? fees?\M'
    )
  from (
    select regexp_replace(
      moves_payment.body,
      -- What somebody else pays, and where somebody works.
      '\m(they|them|he|she|who|(broker|brokerage|company|office|title|escrow|attorney|lender|bank|builder|buyer|seller|client|landlord|tenant|agent)s?)'
        || '\s+(\w+\s+){0,2}(pay|wire|send|transfer|give|hand)(s|ing)?\s+(me|you|us)\M'
        || '|\m(at|join(s|ed|ing)?|left|leaves|leaving|work(s|ed|ing)?\s+(\w+\s+)?(for|with))\s+(venmo|zelle|pay ?pal|cash ?app)\M',
      ' ', 'gi'
    ) as words
  ) as said;
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

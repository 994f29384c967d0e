/*
 * Whether an order that a card could not be charged for may be paid already, or about to be: its card is
 * being charged, or its payment page has ended and Stripe was not asked yet what became of it. Until that is
 * known there is no other page: nobody pays twice.
 */
create function private.is_being_paid(order_row public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.is_being_charged((is_being_paid.order_row).id)
    or (is_being_paid.order_row).stripe_checkout_session_id is not null
      and (is_being_paid.order_row).checkout_expires_at <= now();
$$;

/* Whether a saved card is being charged for an order. */
create function private.is_being_charged(order_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from private.card_charges
    where card_charges.order_id = is_being_charged.order_id and card_charges.outcome is null
  );
$$;

/* How often a card was declined, or its bank wanted to be asked, for an order. */
create function private.failed_charges(order_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select count(*)::integer
  from private.card_charges
  where card_charges.order_id = failed_charges.order_id
    and card_charges.outcome in ('requires_action', 'declined');
$$;

/* When a card that was declined for an order is tried again; null when it was the last time, or none was. */
create function private.next_try_at(order_id uuid)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select min(card_charges.created_at)
    + make_interval(days => (private.settings()).charge_retry_days[count(*)])
  from private.card_charges
  where card_charges.order_id = next_try_at.order_id
    and card_charges.outcome::text is distinct from 'not_made';
$$;

/*
 * Until when a payment page is open for what could not be charged, which is paid by hand over days: each
 * page has some hours, the same for those that are asked for within one, by which Stripe knows them for one.
 * A card that is tried meanwhile closes it, so what is asked for after that is another: a minute longer.
 */
create function private.late_pay_by(order_id uuid)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select date_trunc('hour', now()) + interval '3 hours' + make_interval(mins => private.failed_charges(late_pay_by.order_id));
$$;

/*
 * Until when a payment page is open for what could not be charged, which is paid by hand over days: each
 * page has some hours, the same for those that are asked for within one. By it, and by how many pages have
 * ended (orders.pages_ended), Stripe knows them for one.
 */
create function private.late_pay_by()
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select date_trunc('hour', now()) + interval '3 hours';
$$;

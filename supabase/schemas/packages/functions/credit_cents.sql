/* Whether an order is of a package. */
create function private.is_package(order_row public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select offers.kind = 'package' from public.offers where offers.id = (is_package.order_row).offer_id;
$$;

/*
 * What one credit of an order cost, in cents. Nothing of a membership: there the period as a
 * whole is paid for, and earned.
 */
create function private.credit_cents(order_row public.orders)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when offers.kind = 'membership' then 0
    else (credit_cents.order_row).amount_cents / (credit_cents.order_row).session_count
  end
  from public.offers
  where offers.id = (credit_cents.order_row).offer_id;
$$;

/*
 * An order that expires unpaid gives its coupon back, to be used by somebody else; one that is paid
 * after all keeps what it was sold for, and counts again, whatever the limit says.
 *
 * A trigger, so that no way of ending an order leaves its coupon taken.
 */
create function private.tg_orders__free_coupon()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  update private.coupon_redemptions
  set freed_at = case when new.status = 'expired' then now() end
  where coupon_redemptions.order_id = new.id;
  return null;
end;
$$;

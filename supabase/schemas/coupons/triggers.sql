create trigger orders__free_coupon
  after update of status on public.orders
  for each row
  when (old.status is distinct from new.status and 'expired' in (old.status, new.status))
  execute function private.tg_orders__free_coupon();

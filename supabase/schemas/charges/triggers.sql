create trigger orders__settle_charges
  after update of status on public.orders
  for each row
  when (new.status = 'paid' and old.status in ('pending', 'expired'))
  execute function private.tg_orders__settle_charges();

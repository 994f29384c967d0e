-- The client knows: they went to their bank.
create policy "Coaches can view the disputes of their orders"
  on public.disputes
  for select
  to authenticated
  using (order_id in (select orders.id from public.orders where orders.coach_id = (select private.current_coach_id())));

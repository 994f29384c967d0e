create policy "Anyone can view the cancellation policies"
  on public.cancellation_policies for select to anon, authenticated using (true);

create policy "Client and coach can view their orders"
  on public.orders
  for select
  to authenticated
  using (
    client_id = (select private.current_profile_id())
    or coach_id = (select private.current_coach_id())
  );

create policy "Client and coach can view the credits of their orders"
  on public.credit_entries
  for select
  to authenticated
  using (order_id in (select orders.id from public.orders));

-- A coach sees that an order is paid; a client's failed cards are not the coach's business.
create policy "Clients can view the payments of their orders"
  on public.payments
  for select
  to authenticated
  using (order_id in (select orders.id from public.orders where orders.client_id = (select private.current_profile_id())));

create policy "Client and coach can view the refunds of their orders"
  on public.refunds
  for select
  to authenticated
  using (order_id in (select orders.id from public.orders));

create policy "Nobody reads replacements of refunds over the API"
  on private.refund_replacements for select to anon, authenticated using (false);

create policy "Nobody reads Stripe customers over the API"
  on private.stripe_customers for select to anon, authenticated using (false);

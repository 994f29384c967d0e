create policy "Anyone can view what approved coaches sell"
  on public.offers
  for select
  to anon
  using (archived_at is null and coach_id in (select coaches.id from public.coaches where coaches.status = 'approved'));

create policy "People can view what is sold, what they sell and what they bought"
  on public.offers
  for select
  to authenticated
  using (
    coach_id = (select private.current_coach_id())
    or (archived_at is null and coach_id in (select coaches.id from public.coaches where coaches.status = 'approved'))
    or id in (select orders.offer_id from public.orders where orders.client_id = (select private.current_profile_id()))
  );

create policy "Anyone can view approved coaches"
  on public.coaches
  for select
  to anon
  using (status = 'approved');

create policy "People can view approved coaches, their own practice and coaches they deal with"
  on public.coaches
  for select
  to authenticated
  using (
    status = 'approved'
    or id = (select private.current_coach_id())
    or id in (select private.current_coaches_of_client())
  );

-- A row is here only while its coach is approved (refresh_listing).
create policy "Anyone can view the listings"
  on public.coach_listings for select to anon, authenticated using (true);

create policy "Anyone can view the specialties"
  on public.specialties for select to anon, authenticated using (true);

create policy "Anyone can view the languages"
  on public.languages for select to anon, authenticated using (true);

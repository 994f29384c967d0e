create policy "People can view the dates they hold and those they have a seat at"
  on public.group_dates
  for select
  to authenticated
  using (
    coach_id = (select private.current_coach_id())
    or id in (
      select bookings.group_date_id from public.bookings
      where bookings.client_id = (select private.current_profile_id())
    )
  );

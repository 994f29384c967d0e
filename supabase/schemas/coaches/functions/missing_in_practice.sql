/*
 * What is missing before a practice can be found: 'profile', 'hours' or 'offers', or null
 * when nothing is. A free intro call or a group session alone is no practice. The one answer for the application, the approval and the coach's page.
 */
create function private.missing_in_practice(coach public.coaches)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when (missing_in_practice.coach).headline = '' or (missing_in_practice.coach).bio = ''
      or cardinality((missing_in_practice.coach).states) = 0
      or cardinality((missing_in_practice.coach).specialties) = 0 then 'profile'
    when not exists (
      select from public.weekly_hours where weekly_hours.coach_id = (missing_in_practice.coach).id
    ) then 'hours'
    when not exists (
      select from public.offers
      where offers.coach_id = (missing_in_practice.coach).id and offers.archived_at is null and offers.kind = 'session'
    ) then 'offers'
  end;
$$;

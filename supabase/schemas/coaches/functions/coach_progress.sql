/*
 * How far the asker's practice is: one row, or none for someone without a practice.
 * `missing` is what must be done next: 'profile', 'hours', 'offers', or null.
 *
 * Security definer: reads the asker's own coach row whole.
 */
create function public.coach_progress()
returns table (coach_id uuid, slug text, status public.coach_status, missing text, applied_at timestamptz)
language sql
stable
security definer
set search_path = ''
as $$
  select coaches.id, coaches.slug, coaches.status, private.missing_in_practice(coaches), coaches.applied_at
  from public.coaches
  where coaches.id = private.current_coach_id();
$$;

grant execute on function public.coach_progress() to authenticated;

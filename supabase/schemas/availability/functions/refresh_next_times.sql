/*
 * Finds the next time again of coaches whose calendar has changed and of those whose stored
 * one the notice has reached, at most 1,000 of each; of no other. A job of cron, which runs
 * alone: a second one at the same time finds the lock taken and leaves. A change that commits
 * while this runs keeps its note for the next run.
 */
create function private.refresh_next_times()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_changed uuid[];
begin
  if not pg_try_advisory_xact_lock(hashtextextended('refresh_next_times', 0)) then
    return;
  end if;

  with noted as (
    delete from private.calendar_changes
    where calendar_changes.coach_id in (
      select distinct changes.coach_id
      from (select * from private.calendar_changes order by calendar_changes.id limit 1000) as changes
    )
    returning calendar_changes.coach_id
  )
  select coalesce(array_agg(distinct noted.coach_id), '{}') into v_changed from noted;

  -- Whoever waits for a time of theirs is looked after by tell_opened_slots.
  update public.slot_watches set check_at = now()
  where slot_watches.coach_id = any (v_changed) and slot_watches.ended_at is null;

  -- A statement of its own: it sees everything that the notes it took were about.
  with due as (
    select unnest(v_changed) as coach_id
    union
    (
      select next_times.coach_id from private.next_times
      where next_times.check_at <= now()
      order by next_times.check_at
      limit 1000
    )
  )
  insert into private.next_times (coach_id, next_at, next_ends_at, check_at)
  select coaches.id, next.starts_at, next.ends_at,
    -- Without a free time the horizon may bring one, as days go by.
    coalesce(
      next.starts_at - make_interval(mins => availability_settings.minimum_notice_minutes),
      now() + interval '15 minutes'
    )
  from due
  join public.coaches on coaches.id = due.coach_id
  join public.availability_settings on availability_settings.coach_id = coaches.id
  left join lateral private.next_free(coaches.id) as next on true
  where coaches.status = 'approved'
  on conflict (coach_id) do update
  set next_at = excluded.next_at,
      next_ends_at = excluded.next_ends_at,
      check_at = excluded.check_at;

  delete from private.next_times
  using public.coaches
  where next_times.coach_id = any (v_changed)
    and coaches.id = next_times.coach_id
    and coaches.status <> 'approved';
end;
$$;

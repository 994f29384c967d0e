/*
 * The next time at which any session of a coach can be booked: a shorter session fits wherever a
 * longer one does, so it is the shortest one's. No row when there is none within the horizon.
 * Looks two days ahead first, as most coaches are free by then.
 */
create function private.next_free(coach_id uuid)
returns table (starts_at timestamptz, ends_at timestamptz)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_minutes integer;
  v_from timestamptz := now();
  v_days integer;
begin
  select min(offers.duration_minutes) into v_minutes
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  where offers.coach_id = next_free.coach_id and offers.archived_at is null and offers.kind = 'session';
  if v_minutes is null then
    return;
  end if;

  foreach v_days in array array[2, 9, 30, 90] loop
    return query
      select slot.starts_at, slot.ends_at
      from private.free_slots(next_free.coach_id, v_minutes, tstzrange(v_from, now() + make_interval(days => v_days))) as slot
      order by slot.starts_at
      limit 1;
    if found then
      return;
    end if;
    v_from := now() + make_interval(days => v_days);
  end loop;
end;
$$;

/*
 * A coach's next time as search shows it: what is stored, or found anew when the calendar has
 * changed or the notice has reached it since, so that it is right whenever the job comes by.
 */
create function private.next_available_at(coach_id uuid)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_next_at timestamptz;
begin
  -- As time passes without a word from their calendar; nothing changes that could leave a note.
  if private.is_calendly_closed(next_available_at.coach_id) then
    return null;
  end if;

  select next_times.next_at into v_next_at
  from private.next_times
  where next_times.coach_id = next_available_at.coach_id
    and next_times.check_at > now()
    and not exists (
      select from private.calendar_changes where calendar_changes.coach_id = next_available_at.coach_id
    );
  if found then
    return v_next_at;
  end if;
  return (select next.starts_at from private.next_free(next_available_at.coach_id) as next);
end;
$$;

/*
 * Decides, once, who came to a session that is over. Somebody is missing only if the other party
 * waited for platform_settings.no_show_after_minutes, and they were not there at all; whatever
 * can't be told, and a meeting that nobody came to, counts as held once nobody has objected. Both
 * parties are told of either, and have platform_settings.objection_minutes to object; no money moves
 * until then.
 */
create function private.decide_attendance(booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(decide_attendance.booking_id);
  v_settings private.platform_settings := private.settings();
  v_seen record;
  v_outcome public.attendance_outcome;
begin
  if v_booking.status is distinct from 'completed' or exists (
    select from public.attendance_decisions where attendance_decisions.booking_id = v_booking.id
  ) then
    return;
  end if;

  select * into v_seen from private.attendance(v_booking.id);

  v_outcome := case
    when v_seen.client and v_seen.coach then 'held'
    when not v_seen.client and v_seen.coach_minutes >= v_settings.no_show_after_minutes then 'client_missing'
    when not v_seen.coach and v_seen.client_minutes >= v_settings.no_show_after_minutes then 'coach_missing'
    else 'unknown'
  end;

  insert into public.attendance_decisions (booking_id, outcome, sentence, evidence, objection_ends_at)
  values (
    v_booking.id, v_outcome,
    v_seen.sentence || case
      when v_outcome = 'unknown' and v_seen.client <> v_seen.coach
        then format(' A wait of less than %s decides nothing.', private.minutes_in_words(v_settings.no_show_after_minutes))
      else ''
    end,
    to_jsonb(v_seen) - 'sentence' || jsonb_build_object('visits', private.visits_as_json(v_booking.id)),
    now() + make_interval(mins => v_settings.objection_minutes)
  );

  if v_outcome in ('client_missing', 'coach_missing') then
    perform private.move_booking(
      v_booking.id, array['completed']::public.booking_status[], private.status_of_outcome(v_outcome), 'system',
      jsonb_build_object('sentence', v_seen.sentence)
    );
    perform private.refresh_listing(v_booking.coach_id);
  end if;

  if v_outcome <> 'held' then
    perform private.notify_parties(v_booking.id, 'attendance_decided');
  end if;
end;
$$;

/* What a booking is when this is what became of it. */
create function private.status_of_outcome(outcome public.attendance_outcome)
returns public.booking_status
language sql
immutable
set search_path = ''
as $$
  select case status_of_outcome.outcome
    when 'client_missing' then 'no_show_client'
    when 'coach_missing' then 'no_show_coach'
    else 'completed'
  end::public.booking_status;
$$;

/* The visits that a decision rests on, as they are kept with it. */
create function private.visits_as_json(booking_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object('party', visits.party, 'from', lower(visits.during), 'to', upper(visits.during))
      order by lower(visits.during)
    ),
    '[]'
  )
  from private.visits(visits_as_json.booking_id) as visits;
$$;

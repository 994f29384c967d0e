/*
 * Compares what Zoom has with what we have, both ways, and has the differences mended: run by
 * cron each hour for meetings of the next `days` days, and each night for all (null). What our
 * own rows tell is mended here; each host's list at Zoom is read through the outbox
 * (record_sweep). What was found is noted in private.meeting_repairs.
 */
create function private.sweep_meetings(days integer default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform private.plan_missing_meetings();

  -- One at a time for each host; one that waits or failed to be read is not asked twice.
  perform private.enqueue(
    'zoom.sweep',
    'zoom.sweep:' || meeting_hosts.zoom_user_id || ':' || now(),
    jsonb_build_object('host_id', meeting_hosts.zoom_user_id, 'days', sweep_meetings.days)
  )
  from private.meeting_hosts
  where not exists (
    select from private.outbox
    where outbox.status = 'pending'
      and outbox.topic = 'zoom.sweep'
      and outbox.payload ->> 'host_id' = meeting_hosts.zoom_user_id
  );
end;
$$;

/*
 * Sessions to come that have no meeting, or one whose making was given up, get a new one; one at
 * another time than its session follows it.
 */
create function private.plan_missing_meetings()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_ids uuid[];
  v_found record;
begin
  -- All bookings before the hosts; who holds one is about to change it.
  select array_agg(locked.id) into v_booking_ids
  from (
    select bookings.id
    from public.bookings
    where bookings.status = 'confirmed'
      and bookings.ends_at > now()
    order by bookings.id
    for update skip locked
  ) as locked;
  perform from public.group_dates
  where group_dates.id in (select bookings.group_date_id from public.bookings where bookings.id = any (v_booking_ids))
  order by group_dates.id
  for update;
  perform private.lock_hosts();

  for v_found in
    -- One row for all seats at a date: they are in one meeting.
    select distinct on (booking.occasion_id) booking.id as booking_id, booking.occasion_id, meetings.id as meeting_id, meetings.zoom_meeting_id, meetings.host_id,
      outbox.status = 'failed' as is_given_up,
      (meetings.starts_at, meetings.ends_at) <> (booking.starts_at, booking.ends_at) as is_at_another_time
    from public.bookings as booking
    left join public.meetings on meetings.occasion_id = booking.occasion_id and meetings.status <> 'cancelled'
    left join private.outbox
      on outbox.dedupe_key = 'zoom.create_meeting:' || meetings.id and meetings.status = 'pending'
    where booking.id = any (v_booking_ids)
      and (
        meetings.id is null
        or outbox.status = 'failed'
        or (meetings.starts_at, meetings.ends_at) <> (booking.starts_at, booking.ends_at)
      )
  loop
    if v_found.meeting_id is null or v_found.is_given_up then
      perform private.replace_meeting(v_found.occasion_id);
    else
      perform private.move_meeting(v_found.booking_id);
    end if;

    insert into private.meeting_repairs (kind, booking_id, meeting_id, zoom_meeting_id, host_id)
    values (
      case when v_found.is_at_another_time then 'other_time' else 'not_planned' end::private.meeting_repair,
      v_found.booking_id, v_found.meeting_id, v_found.zoom_meeting_id, v_found.host_id
    );
  end loop;
end;
$$;

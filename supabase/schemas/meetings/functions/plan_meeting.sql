/*
 * Plans the Zoom meeting of a confirmed booking: gives it a free host and asks Zoom through
 * the outbox. Without any free host the meeting waits, and create_meeting_work tries again.
 */
create function private.plan_meeting(booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_meeting_id uuid;
begin
  select * into v_booking from public.bookings where bookings.id = plan_meeting.booking_id;

  insert into public.meetings (booking_id, starts_at, ends_at)
  values (v_booking.id, v_booking.starts_at, v_booking.ends_at)
  returning meetings.id into v_meeting_id;

  perform private.assign_meeting_host(v_meeting_id);

  perform private.enqueue(
    'zoom.create_meeting', 'zoom.create_meeting:' || v_meeting_id, jsonb_build_object('meeting_id', v_meeting_id)
  );
end;
$$;

/*
 * Gives a meeting without a host the first free one. Returns the host's Zoom user id, or
 * null when all are busy at that time.
 */
create function private.assign_meeting_host(meeting_id uuid)
returns text
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_host_id text;
begin
  -- Hosts are given out one transaction at a time: a lock held for microseconds, where
  -- two updates that check each other's ranges would deadlock.
  perform pg_advisory_xact_lock(hashtext('private.assign_meeting_host'));

  select * into v_meeting from public.meetings where meetings.id = assign_meeting_host.meeting_id for update;

  if v_meeting.host_id is not null then
    return v_meeting.host_id;
  end if;

  select meeting_hosts.zoom_user_id into v_host_id
  from private.meeting_hosts
  where meeting_hosts.is_active
    and not exists (
      select from public.meetings as other
      where other.host_id = meeting_hosts.zoom_user_id
        and other.status in ('pending', 'ready')
        and tstzrange(other.starts_at, other.ends_at) && tstzrange(v_meeting.starts_at, v_meeting.ends_at)
    )
  order by meeting_hosts.zoom_user_id
  limit 1;

  update public.meetings set host_id = v_host_id where meetings.id = v_meeting.id;

  return v_host_id;
end;
$$;

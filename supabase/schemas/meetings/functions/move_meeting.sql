/*
 * The meeting of a booking follows it to the time that the booking has now. It keeps its Zoom
 * number, link and host if that host is free then; else it is replaced, and the link is another.
 * Zoom is told through the outbox. A meeting that Zoom has not made yet is simply made for the
 * new time. Nothing happens without a meeting, or when it is at that time already, as that of a
 * date always should be.
 *
 * The caller holds the locks of the order and then the booking (private.lock_booking), of every
 * booking that it will move in this transaction: the hosts' lock is taken here, after them.
 */
create function private.move_meeting(booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_meeting public.meetings;
begin
  perform private.lock_hosts();

  select * into v_booking from public.bookings where bookings.id = move_meeting.booking_id;

  select * into v_meeting
  from public.meetings
  where meetings.occasion_id = v_booking.occasion_id
    and meetings.status <> 'cancelled'
  for update;

  if not found or (v_meeting.starts_at, v_meeting.ends_at) = (v_booking.starts_at, v_booking.ends_at) then
    return;
  end if;

  -- Without a host yet, or with one who is busy then, it is planned like a new one.
  if v_meeting.host_id is null
    or not private.is_host_free(v_meeting.host_id, v_booking.starts_at, v_booking.ends_at, v_meeting.id) then
    perform private.replace_meeting(v_booking.occasion_id);
    return;
  end if;

  update public.meetings
  set starts_at = v_booking.starts_at, ends_at = v_booking.ends_at
  where meetings.id = v_meeting.id;

  if v_meeting.status = 'ready' then
    perform private.tell_zoom_the_time(v_meeting.id);
  end if;
end;
$$;

/*
 * Another meeting in the place of that of a session or date to come: the old one is deleted at Zoom, the
 * new one gets a free host. Nobody needs to be told: mails and calendars carry the address of
 * our own page, which knows the link. The caller holds the hosts' lock, and a date's before it.
 */
create function private.replace_meeting(occasion_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform private.cancel_meeting(replace_meeting.occasion_id);
  perform private.plan_meeting(bookings.occasion_id)
  from public.bookings
  where bookings.occasion_id = replace_meeting.occasion_id
    and bookings.status = 'confirmed'
    and bookings.ends_at > now()
  limit 1;
end;
$$;

/* Has Zoom told the time that a meeting has when the work is done, whatever it was told before. */
create function private.tell_zoom_the_time(meeting_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_moves integer;
begin
  update public.meetings
  set moves = meetings.moves + 1
  where meetings.id = tell_zoom_the_time.meeting_id
  returning meetings.moves into v_moves;

  perform private.enqueue(
    'zoom.move_meeting', 'zoom.move_meeting:' || tell_zoom_the_time.meeting_id || ':' || v_moves,
    jsonb_build_object('meeting_id', tell_zoom_the_time.meeting_id)
  );
end;
$$;

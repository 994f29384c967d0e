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

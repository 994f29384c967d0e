/*
 * Calls off the meeting of a booking. The host is free again at once; Zoom is told through
 * the outbox.
 */
create function private.cancel_meeting(booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_meeting_id uuid;
begin
  update public.meetings
  set status = 'cancelled'
  where meetings.booking_id = cancel_meeting.booking_id
    and meetings.status <> 'cancelled'
  returning meetings.id into v_meeting_id;

  if v_meeting_id is not null then
    perform private.enqueue(
      'zoom.delete_meeting', 'zoom.delete_meeting:' || v_meeting_id, jsonb_build_object('meeting_id', v_meeting_id)
    );
  end if;
end;
$$;

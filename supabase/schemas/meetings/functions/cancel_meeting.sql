/*
 * Calls off the meeting of a session or a date. The host is free again at once; Zoom is told
 * through the outbox.
 */
create function private.cancel_meeting(occasion_id uuid)
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
  where meetings.occasion_id = cancel_meeting.occasion_id
    and meetings.status <> 'cancelled'
  returning meetings.id into v_meeting_id;

  if v_meeting_id is not null then
    perform private.enqueue(
      'zoom.delete_meeting', 'zoom.delete_meeting:' || v_meeting_id, jsonb_build_object('meeting_id', v_meeting_id)
    );
  end if;
end;
$$;

/*
 * A booking is no longer in its meeting: it was called off, or its seat moved. The meeting goes,
 * that of a date with its last confirmed seat: the date's lock keeps one from being confirmed
 * meanwhile.
 */
create function private.leave_meeting(booking public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform from public.group_dates where group_dates.id = (leave_meeting.booking).group_date_id for update;

  if not exists (
    select from public.bookings
    where bookings.group_date_id = (leave_meeting.booking).group_date_id
      and bookings.status = 'confirmed'
  ) then
    perform private.cancel_meeting((leave_meeting.booking).occasion_id);
  end if;
end;
$$;

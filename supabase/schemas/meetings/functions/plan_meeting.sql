/*
 * Plans the Zoom meeting of a confirmed session, or of a date of which a seat is confirmed: gives
 * it a free host and asks Zoom through the outbox. Without any free host the meeting waits, and
 * create_meeting_work tries again. Nothing happens when a date has its meeting; who confirms a
 * seat holds the date's lock.
 */
create function private.plan_meeting(occasion_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_meeting_id uuid;
begin
  insert into public.meetings (booking_id, group_date_id, starts_at, ends_at)
  select case when bookings.group_date_id is null then bookings.id end, bookings.group_date_id,
    bookings.starts_at, bookings.ends_at
  from public.bookings
  where bookings.occasion_id = plan_meeting.occasion_id
    and (bookings.group_date_id is null or not exists (
      select from public.meetings
      where meetings.occasion_id = plan_meeting.occasion_id and meetings.status <> 'cancelled'
    ))
  limit 1
  returning meetings.id into v_meeting_id;

  if v_meeting_id is null then
    return;
  end if;

  perform private.assign_meeting_host(v_meeting_id);

  perform private.enqueue(
    'zoom.create_meeting', 'zoom.create_meeting:' || v_meeting_id, jsonb_build_object('meeting_id', v_meeting_id)
  );
end;
$$;

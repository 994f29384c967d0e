/*
 * What `dispatch` needs to make a meeting at Zoom, or null when it exists or was called
 * off. The agenda carries our id: a worker that died after Zoom answered leaves a meeting
 * that the next one finds by it instead of making a second. Raises MTHST while every host
 * is busy: the outbox tries again and admins see why.
 */
create function private.create_meeting_work(meeting_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_host_id text;
begin
  select * into v_meeting
  from public.meetings
  where meetings.id = create_meeting_work.meeting_id
    and meetings.status = 'pending'
    and meetings.zoom_meeting_id is null;

  if not found then
    return null;
  end if;

  v_host_id := private.assign_meeting_host(v_meeting.id);

  if v_host_id is null then
    raise exception 'Every Zoom host has a meeting at this time.' using errcode = 'MTHST';
  end if;

  return (
    select jsonb_build_object(
      'meeting_id', v_meeting.id,
      'host_id', v_host_id,
      'topic', left(offers.title || ' with ' || coaches.display_name, 200),
      'agenda', private.meeting_mark() || v_meeting.id,
      'starts_at', v_meeting.starts_at,
      'duration_minutes', (extract(epoch from v_meeting.ends_at - v_meeting.starts_at) / 60)::integer,
      'is_recorded', private.is_recorded(v_meeting.booking_id)
    )
    from public.offers
    join public.coaches on coaches.id = offers.coach_id
    where offers.id = coalesce(
      (select bookings.offer_id from public.bookings where bookings.id = v_meeting.booking_id),
      (select group_dates.offer_id from public.group_dates where group_dates.id = v_meeting.group_date_id)
    )
  );
end;
$$;

/*
 * What `dispatch` needs to delete a meeting at Zoom, or null when it never reached Zoom's
 * host. `zoom_meeting_id` may be null: a worker may have died before it told us, so the
 * host's list is searched for the agenda.
 */
create function private.delete_meeting_work(meeting_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'meeting_id', meetings.id,
    'host_id', meetings.host_id,
    'zoom_meeting_id', meetings.zoom_meeting_id,
    'agenda', private.meeting_mark() || meetings.id
  )
  from public.meetings
  where meetings.id = delete_meeting_work.meeting_id
    and meetings.status = 'cancelled'
    and meetings.host_id is not null;
$$;

/* What `dispatch` needs to tell Zoom a meeting's time, or null when it is not there to be moved. */
create function private.move_meeting_work(meeting_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'zoom_meeting_id', meetings.zoom_meeting_id,
    'starts_at', meetings.starts_at,
    'duration_minutes', (extract(epoch from meetings.ends_at - meetings.starts_at) / 60)::integer
  )
  from public.meetings
  where meetings.id = move_meeting_work.meeting_id
    and meetings.status = 'ready';
$$;

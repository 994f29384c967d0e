/*
 * What a host's list at Zoom told. `result` has `found`, the meetings that carry our mark and an
 * id, and `missing`, numbers that we expected and that Zoom does not know. What the outbox is
 * about to do is left to it.
 *
 * - Gone at Zoom, of a session to come: another meeting is made.
 * - At Zoom, of nothing that is on: deleted there.
 * - At another time: Zoom is told ours.
 * - Made, but its answer was lost and its making given up: its number is taken.
 */
create function private.record_sweep(host_id text, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_found record;
begin
  if record_sweep.result is null then
    return;
  end if;

  perform private.replace_missing_meetings(
    record_sweep.host_id, array(select jsonb_array_elements_text(record_sweep.result -> 'missing'))
  );

  for v_found in
    select at_zoom.zoom_meeting_id, at_zoom.join_url, at_zoom.starts_at, meetings.id, meetings.booking_id,
      private.sweep_finding(meetings, record_sweep.host_id, at_zoom.zoom_meeting_id, at_zoom.starts_at, at_zoom.duration_minutes) as kind
    from jsonb_to_recordset(record_sweep.result -> 'found')
      as at_zoom (meeting_id uuid, zoom_meeting_id text, join_url text, starts_at timestamptz, duration_minutes integer)
    left join public.meetings on meetings.id = at_zoom.meeting_id
  loop
    case v_found.kind
      when 'unknown_here' then
        perform private.enqueue(
          'zoom.delete_orphan', 'zoom.delete_orphan:' || v_found.zoom_meeting_id || ':' || now(),
          jsonb_build_object('host_id', record_sweep.host_id, 'zoom_meeting_id', v_found.zoom_meeting_id)
        );
      when 'other_time' then
        perform private.tell_zoom_the_time(v_found.id);
      when 'answer_lost' then
        perform private.record_meeting(v_found.id, jsonb_build_object(
          'zoom_meeting_id', v_found.zoom_meeting_id, 'join_url', v_found.join_url, 'starts_at', v_found.starts_at
        ));
      else
        continue;
    end case;

    insert into private.meeting_repairs (kind, booking_id, meeting_id, zoom_meeting_id, host_id)
    values (v_found.kind, v_found.booking_id, v_found.id, v_found.zoom_meeting_id, record_sweep.host_id);
  end loop;
end;
$$;

/*
 * What is wrong with a meeting that Zoom has, or null. `meeting` is ours, null when we know none
 * of that id.
 */
create function private.sweep_finding(
  meeting public.meetings,
  host_id text,
  zoom_meeting_id text,
  starts_at timestamptz,
  duration_minutes integer
)
returns private.meeting_repair
language sql
stable
set search_path = ''
as $$
  select case
    when (sweep_finding.meeting).id is null then 'unknown_here'
    when exists (
      select from private.outbox
      where outbox.status = 'pending'
        and outbox.topic like 'zoom.%_meeting'
        and outbox.payload ->> 'meeting_id' = (sweep_finding.meeting).id::text
    ) then null
    when (sweep_finding.meeting).status = 'cancelled'
      or (sweep_finding.meeting).host_id is distinct from sweep_finding.host_id
      or (sweep_finding.meeting).zoom_meeting_id <> sweep_finding.zoom_meeting_id then 'unknown_here'
    when (sweep_finding.meeting).status = 'pending' then 'answer_lost'
    -- Zoom knows no parts of a second. What is over stays as it was.
    when (sweep_finding.meeting).ends_at > now() and (
      date_trunc('second', (sweep_finding.meeting).starts_at) <> sweep_finding.starts_at
      or (sweep_finding.meeting).ends_at - (sweep_finding.meeting).starts_at <> make_interval(mins => sweep_finding.duration_minutes)
    ) then 'other_time'
  end::private.meeting_repair;
$$;

/* Whether somebody is to come to a meeting: a confirmed session, or a seat, that is not over. */
create function private.is_awaited(meeting public.meetings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.bookings
    where bookings.occasion_id = (is_awaited.meeting).occasion_id
      and bookings.status = 'confirmed'
      and bookings.ends_at > now()
  );
$$;

/* Other meetings for the sessions to come whose meetings on a host are gone at Zoom. */
create function private.replace_missing_meetings(host_id text, zoom_meeting_ids text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_meeting public.meetings;
begin
  -- Bookings and dates first: who cancels one meanwhile must find the meeting that takes its place.
  perform from public.bookings
  where bookings.id in (
    select meetings.booking_id from public.meetings
    where meetings.zoom_meeting_id = any (replace_missing_meetings.zoom_meeting_ids)
  )
  order by bookings.id
  for update;
  perform from public.group_dates
  where group_dates.id in (
    select meetings.group_date_id from public.meetings
    where meetings.zoom_meeting_id = any (replace_missing_meetings.zoom_meeting_ids)
  )
  order by group_dates.id
  for update;
  perform private.lock_hosts();

  for v_meeting in
    select meetings.*
    from public.meetings
    where private.is_awaited(meetings)
      and meetings.zoom_meeting_id = any (replace_missing_meetings.zoom_meeting_ids)
      and meetings.host_id = replace_missing_meetings.host_id
      and meetings.status = 'ready'
    for update of meetings
  loop
    perform private.replace_meeting(v_meeting.occasion_id);

    insert into private.meeting_repairs (kind, booking_id, meeting_id, zoom_meeting_id, host_id)
    values ('gone_at_zoom', v_meeting.booking_id, v_meeting.id, v_meeting.zoom_meeting_id, v_meeting.host_id);
  end loop;
end;
$$;

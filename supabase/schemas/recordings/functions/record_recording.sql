/*
 * Zoom has recorded a run of a meeting of ours. When both parties had agreed before it began, it is
 * kept for them, and both are told. If not, it is never shown: it is noted, and deleted at Zoom. So is
 * any recording of a group session. The same run a second time, or one that was removed, changes nothing. Nothing happens for a
 * meeting that is not ours. `recording` is the object of Zoom's event.
 */
create function private.record_recording(meeting_id uuid, recording jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking_id uuid := (select meetings.booking_id from public.meetings where meetings.id = record_recording.meeting_id);
  v_began_at timestamptz := private.recording_began_at(record_recording.recording);
  v_keep_days integer;
  v_recording_id uuid;
begin
  -- Who takes it back meanwhile must find it, or be seen.
  perform private.lock_booking(v_booking_id);
  v_keep_days := private.agreed_recording_days(v_booking_id, v_began_at);

  insert into private.recordings (
    meeting_id, zoom_uuid, recorded_at, duration_minutes, bytes, share_url, passcode, expires_at, removed_at
  )
  select meetings.id, record_recording.recording ->> 'uuid', v_began_at,
    (record_recording.recording ->> 'duration')::integer, (record_recording.recording ->> 'total_size')::bigint,
    kept.share_url, kept.passcode, v_began_at + make_interval(days => v_keep_days),
    case when v_keep_days is null then now() end
  from public.meetings
  left join (
    select record_recording.recording ->> 'share_url', record_recording.recording ->> 'recording_play_passcode'
  ) as kept (share_url, passcode) on v_keep_days is not null
  where meetings.id = record_recording.meeting_id
  on conflict (zoom_uuid) do nothing
  returning recordings.id into v_recording_id;

  if v_recording_id is null then
    return;
  end if;

  if v_keep_days is not null then
    perform private.notify_parties(v_booking_id, 'recording_ready');
    return;
  end if;

  perform public.record_security_event(
    'recorded_without_consent', jsonb_build_object('meeting_id', record_recording.meeting_id, 'recording_id', v_recording_id)
  );
  perform private.delete_at_zoom(v_recording_id);
end;
$$;

/* Zoom says that a recording is in its trash, or gone, be it before it says that there was one. */
create function private.record_removed_recording(meeting_id uuid, recording jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.recordings (meeting_id, zoom_uuid, recorded_at, duration_minutes, bytes, removed_at)
  select meetings.id, record_removed_recording.recording ->> 'uuid',
    private.recording_began_at(record_removed_recording.recording),
    (record_removed_recording.recording ->> 'duration')::integer,
    (record_removed_recording.recording ->> 'total_size')::bigint, now()
  from public.meetings
  where meetings.id = record_removed_recording.meeting_id
  on conflict (zoom_uuid) do update
  set share_url = null, passcode = null, expires_at = null, removed_at = coalesce(recordings.removed_at, now());
$$;

/* When a recording began, from Zoom's event: its first file's beginning, else its run's. */
create function private.recording_began_at(recording jsonb)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select min((file ->> 'recording_start')::timestamptz)
      from jsonb_array_elements(recording_began_at.recording -> 'recording_files') as file
    ),
    (recording_began_at.recording ->> 'start_time')::timestamptz
  );
$$;

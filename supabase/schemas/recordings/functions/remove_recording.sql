/* A recording goes: here its address at once, at Zoom itself through the outbox. */
create function private.remove_recording(recording_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  update private.recordings
  set share_url = null, passcode = null, expires_at = null, removed_at = now()
  where recordings.id = remove_recording.recording_id
    and recordings.removed_at is null;

  if found then
    perform private.delete_at_zoom(remove_recording.recording_id);
  end if;
end;
$$;

/* Has a recording deleted at Zoom, once. */
create function private.delete_at_zoom(recording_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.enqueue(
    'zoom.delete_recording', 'zoom.delete_recording:' || delete_at_zoom.recording_id,
    jsonb_build_object('recording_id', delete_at_zoom.recording_id)
  );
$$;

/* What `dispatch` needs to delete a recording at Zoom. */
create function private.delete_recording_work(recording_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('zoom_uuid', recordings.zoom_uuid)
  from private.recordings
  where recordings.id = delete_recording_work.recording_id
    and recordings.removed_at is not null;
$$;

/* Run by cron: recordings whose days are over go. At most 500 at a time. */
create function private.expire_recordings()
returns void
language sql
volatile
set search_path = ''
as $$
  select private.remove_recording(due.id)
  from (
    select recordings.id
    from private.recordings
    where recordings.expires_at <= now()
      and recordings.removed_at is null
    order by recordings.expires_at
    limit 500
  ) as due;
$$;

/* A person leaves: the recordings that they are in go. */
create function private.forget_recordings(profile_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.remove_recording(recordings.id)
  from private.recordings
  join public.meetings on meetings.id = recordings.meeting_id
  join public.bookings on bookings.id = meetings.booking_id
  join public.coaches on coaches.id = bookings.coach_id
  where forget_recordings.profile_id in (bookings.client_id, coaches.profile_id);
$$;

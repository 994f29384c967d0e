/*
 * A party of a confirmed session agrees, before it starts, to its recording. Zoom is told once
 * both have. Takes the version of the terms that they read. Agreeing twice is agreeing once.
 *
 * Raises: OBNFD (not a party, or no such booking), RCGRP (a seat in a group session: those are not
 * recorded), RCSTA (called off, or it has started), RCTRM (the terms are others by now).
 * Security definer: nobody may write consents.
 */
create function public.agree_to_recording(booking_id uuid, terms_version integer)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_recordable(agree_to_recording.booking_id);
begin
  if agree_to_recording.terms_version <> (private.current_recording_terms()).version then
    raise exception 'What a recording means was changed meanwhile. Please read it once more.' using errcode = 'RCTRM';
  end if;

  insert into private.recording_consents (booking_id, profile_id, terms_version)
  values (v_booking.id, private.current_profile_id(), agree_to_recording.terms_version)
  on conflict (booking_id, profile_id) where revoked_at is null do nothing;

  if found and private.agreed_recording_days(v_booking.id, now()) is not null then
    perform private.tell_zoom_to_record(v_booking.id);
  end if;
end;
$$;

grant execute on function public.agree_to_recording(uuid, integer) to authenticated;

/*
 * A party takes it back, before the start. What was recorded before that, because the two met
 * early, goes. Taking back what was not given changes nothing.
 *
 * Raises: OBNFD, RCGRP, RCSTA (as agree_to_recording).
 * Security definer: nobody may write consents.
 */
create function public.revoke_recording(booking_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_recordable(revoke_recording.booking_id);
  v_was_agreed boolean := private.agreed_recording_days(v_booking.id, now()) is not null;
begin
  -- Of two at once the other may have begun later, and agreed first.
  update private.recording_consents
  set revoked_at = greatest(now(), recording_consents.agreed_at)
  where recording_consents.booking_id = v_booking.id
    and recording_consents.profile_id = private.current_profile_id()
    and recording_consents.revoked_at is null;

  if found and v_was_agreed then
    perform private.tell_zoom_to_record(v_booking.id);
    perform private.remove_recording(recordings.id)
    from private.recordings
    join public.meetings on meetings.id = recordings.meeting_id and meetings.booking_id = v_booking.id;
  end if;
end;
$$;

grant execute on function public.revoke_recording(uuid) to authenticated;

/*
 * Locks a booking (lock_booking) whose asker may still say whether it is recorded. Raises OBNFD,
 * RCGRP and RCSTA.
 */
create function private.lock_recordable(booking_id uuid)
returns public.bookings
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking public.bookings := private.lock_booking(lock_recordable.booking_id);
begin
  if private.booking_party(v_booking) is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.group_date_id is not null then
    raise exception 'Group sessions are not recorded.' using errcode = 'RCGRP';
  end if;

  if not private.is_recording_open(v_booking) then
    raise exception 'Whether a session is recorded can be said until it starts.' using errcode = 'RCSTA';
  end if;

  return v_booking;
end;
$$;

/* Whether the parties may say now whether a session is recorded: from when it is confirmed until it starts. */
create function private.is_recording_open(booking public.bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_recording_open.booking).status = 'confirmed' and (is_recording_open.booking).starts_at > now();
$$;

/* What people are asked to agree to now. */
create function private.current_recording_terms()
returns private.recording_terms
language sql
stable
set search_path = ''
as $$
  select recording_terms.* from private.recording_terms order by recording_terms.version desc limit 1;
$$;

/*
 * Whether a session is recorded, for one of its parties: what they agreed to or would agree to,
 * who of the two has, and whether it may still be said. No row for anyone else, nor for a seat in a
 * group session: those are not recorded.
 *
 * Security definer: nobody reads consents.
 */
create function public.recording_details(booking_id uuid)
returns table (
  terms_version integer,
  terms text,
  keep_days integer,
  agreed_at timestamptz,
  has_counterpart_agreed boolean,
  is_open boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select terms.version, terms.words, terms.keep_days, own.agreed_at,
    exists (
      select from private.recording_consents as other
      where other.booking_id = bookings.id
        and other.profile_id <> private.current_profile_id()
        and other.revoked_at is null
    ),
    private.is_recording_open(bookings)
  from public.bookings
  cross join private.current_recording_terms() as current
  left join private.recording_consents as own
    on own.booking_id = bookings.id
    and own.profile_id = private.current_profile_id()
    and own.revoked_at is null
  join private.recording_terms as terms on terms.version = coalesce(own.terms_version, current.version)
  where bookings.id = recording_details.booking_id
    and bookings.group_date_id is null
    and private.booking_party(bookings) is not null;
$$;

grant execute on function public.recording_details(uuid) to authenticated;

/*
 * The recordings of a session that its two parties can watch, oldest first. None for anyone else.
 *
 * Security definer: nobody reads recordings.
 */
create function public.session_recordings(booking_id uuid)
returns table (recording_id uuid, recorded_at timestamptz, duration_minutes integer, expires_at timestamptz)
language sql
stable
security definer
set search_path = ''
as $$
  select recordings.id, recordings.recorded_at, recordings.duration_minutes, recordings.expires_at
  from public.bookings
  join public.meetings on meetings.booking_id = bookings.id
  join private.recordings on recordings.meeting_id = meetings.id
  where bookings.id = session_recordings.booking_id
    and private.booking_party(bookings) is not null
    and private.is_watchable(recordings)
  order by recordings.recorded_at;
$$;

grant execute on function public.session_recordings(uuid) to authenticated;

/*
 * The address of a recording for a party of its session, with the passcode that opens it. Null for
 * anyone else, and once it is gone: the three look the same.
 *
 * Security definer: nobody reads recordings.
 */
create function public.watch_recording(recording_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select recordings.share_url || coalesce('?pwd=' || recordings.passcode, '')
  from private.recordings
  join public.meetings on meetings.id = recordings.meeting_id
  join public.bookings on bookings.id = meetings.booking_id
  where recordings.id = watch_recording.recording_id
    and private.booking_party(bookings) is not null
    and private.is_watchable(recordings);
$$;

grant execute on function public.watch_recording(uuid) to authenticated;

/* Whether a recording is there and its days are not over. */
create function private.is_watchable(recording private.recordings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_watchable.recording).removed_at is null and (is_watchable.recording).expires_at > now();
$$;

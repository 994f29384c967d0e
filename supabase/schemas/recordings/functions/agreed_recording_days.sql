/*
 * For how many days a recording of a booking that began at an instant is kept: the fewer of what
 * its client and its coach agreed to. Null, which means that there must be none, unless both had
 * agreed by then and neither took it back. Nobody can once the session has started.
 *
 * Both, because the parties may be in any state, and some want the consent of all who are
 * recorded, such as California (Penal Code, section 632).
 */
create function private.agreed_recording_days(booking_id uuid, began_at timestamptz)
returns integer
language sql
stable
set search_path = ''
as $$
  select least(client.keep_days, coach.keep_days)
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral private.agreed_days(bookings.id, bookings.client_id, agreed_recording_days.began_at)
    as client (keep_days)
  cross join lateral private.agreed_days(bookings.id, coaches.profile_id, agreed_recording_days.began_at)
    as coach (keep_days)
  where bookings.id = agreed_recording_days.booking_id
    and client.keep_days is not null
    and coach.keep_days is not null;
$$;

/* The days that one party had agreed to by an instant, null if none. */
create function private.agreed_days(booking_id uuid, profile_id uuid, began_at timestamptz)
returns integer
language sql
stable
set search_path = ''
as $$
  select recording_terms.keep_days
  from private.recording_consents
  join private.recording_terms on recording_terms.version = recording_consents.terms_version
  where recording_consents.booking_id = agreed_days.booking_id
    and recording_consents.profile_id = agreed_days.profile_id
    -- Zoom knows no parts of a second.
    and date_trunc('second', recording_consents.agreed_at) <= agreed_days.began_at
    and recording_consents.revoked_at is null;
$$;

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION public.fail_outbox (
  outbox_id           bigint,
  error               text,
  is_permanent        boolean DEFAULT false,
  retry_after_seconds integer DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  update private.outbox
  set locked_until = null,
      attempts = outbox.attempts - (fail_outbox.retry_after_seconds is not null)::integer,
      last_error = left(fail_outbox.error, 500),
      status = case
        when fail_outbox.is_permanent then 'failed'
        when outbox.attempts >= 12 and fail_outbox.retry_after_seconds is null then 'failed'
        else 'pending'
      end::private.outbox_status,
      run_after = now() + make_interval(secs => coalesce(
        fail_outbox.retry_after_seconds,
        least(3600, 10 * power(2, least(outbox.attempts, 10) - 1))
      ))
  where outbox.id = fail_outbox.outbox_id
    and outbox.status = 'pending'
  returning * into v_row;

  -- A limit of a second is over in moments, that of a host's day at midnight (UTC). After an attempt
  -- that was cut off the host may have the meeting already, and keeps it.
  if v_row.topic = 'zoom.create_meeting' and v_row.attempts < 1 and fail_outbox.retry_after_seconds > 600 then
    if private.rest_host((v_row.payload ->> 'meeting_id')::uuid, fail_outbox.retry_after_seconds) then
      update private.outbox set run_after = now() where outbox.id = v_row.id;
    end if;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.revoke_recording (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
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
$function$;

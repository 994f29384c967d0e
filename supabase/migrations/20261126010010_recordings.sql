SET local check_function_bodies = off;

CREATE SEQUENCE "private"."recording_consents_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE TABLE "private"."recording_consents" (
  "id"            bigint                      NOT NULL DEFAULT nextval('private.recording_consents_id_seq'::regclass),
  "booking_id"    uuid                        NOT NULL,
  "profile_id"    uuid                        NOT NULL,
  "terms_version" integer                     NOT NULL,
  "agreed_at"     timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "revoked_at"    timestamp(6) with time zone,
  CONSTRAINT "recording_consents_end_after_start" CHECK ((revoked_at >= agreed_at)),
  CONSTRAINT "recording_consents_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."recording_consents"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."recording_terms" (
  "version"    integer                     NOT NULL,
  "words"      text                        NOT NULL,
  "keep_days"  integer                     NOT NULL,
  "created_at" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "recording_terms_kept_for_a_while" CHECK (((keep_days >= 1) AND (keep_days <= 365))),
  CONSTRAINT "recording_terms_pkey" PRIMARY KEY (VERSION)
);

ALTER TABLE "private"."recording_terms"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."recordings" (
  "id"               uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "meeting_id"       uuid                        NOT NULL,
  "zoom_uuid"        text                        NOT NULL,
  "recorded_at"      timestamp(6) with time zone NOT NULL,
  "duration_minutes" integer                     NOT NULL,
  "bytes"            bigint                      NOT NULL,
  "share_url"        text,
  "passcode"         text,
  "expires_at"       timestamp(6) with time zone,
  "removed_at"       timestamp(6) with time zone,
  "created_at"       timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "recordings_gone_or_to_be_watched" CHECK ((((removed_at IS NULL) = (share_url IS NOT NULL)) AND ((removed_at IS NULL) = (expires_at IS NOT NULL)))),
  CONSTRAINT "recordings_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."recordings"
  ENABLE ROW LEVEL SECURITY;

ALTER SEQUENCE "private"."recording_consents_id_seq" OWNED BY "private"."recording_consents"."id";

ALTER TABLE "public"."meetings"
  ADD COLUMN "recording_changes" integer NOT NULL DEFAULT 0;

CREATE OR REPLACE FUNCTION private.agreed_days (
  booking_id uuid,
  profile_id uuid,
  began_at   timestamp with time zone
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select recording_terms.keep_days
  from private.recording_consents
  join private.recording_terms on recording_terms.version = recording_consents.terms_version
  where recording_consents.booking_id = agreed_days.booking_id
    and recording_consents.profile_id = agreed_days.profile_id
    -- Zoom knows no parts of a second.
    and date_trunc('second', recording_consents.agreed_at) <= agreed_days.began_at
    and recording_consents.revoked_at is null;
$function$;

CREATE OR REPLACE FUNCTION private.agreed_recording_days (
  booking_id uuid,
  began_at   timestamp with time zone
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.create_meeting_work (
  meeting_id uuid
)
  RETURNS jsonb
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.current_recording_terms()
  RETURNS private.recording_terms
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select recording_terms.* from private.recording_terms order by recording_terms.version desc limit 1;
$function$;

CREATE OR REPLACE FUNCTION private.delete_at_zoom (
  recording_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'zoom.delete_recording', 'zoom.delete_recording:' || delete_at_zoom.recording_id,
    jsonb_build_object('recording_id', delete_at_zoom.recording_id)
  );
$function$;

CREATE OR REPLACE FUNCTION private.delete_recording_work (
  recording_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('zoom_uuid', recordings.zoom_uuid)
  from private.recordings
  where recordings.id = delete_recording_work.recording_id
    and recordings.removed_at is not null;
$function$;

CREATE OR REPLACE FUNCTION private.expire_recordings()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.remove_recording(due.id)
  from (
    select recordings.id
    from private.recordings
    where recordings.expires_at <= now()
      and recordings.removed_at is null
    order by recordings.expires_at
    limit 500
  ) as due;
$function$;

CREATE OR REPLACE FUNCTION private.forget_clerk_user (
  clerk_user_id text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid;
begin
  insert into public.profiles as existing (clerk_user_id, deleted_at)
  values (forget_clerk_user.clerk_user_id, now())
  on conflict (clerk_user_id) do update
  set first_name = '', last_name = '', company = '', home_state = null,
      deleted_at = coalesce(existing.deleted_at, now())
  returning existing.id into v_profile_id;

  perform private.leave_sessions(v_profile_id);
  perform private.forget_recordings(v_profile_id);

  delete from public.profile_contacts where profile_contacts.profile_id = v_profile_id;
  delete from public.slot_watches where slot_watches.client_id = v_profile_id;
  delete from public.calendar_feeds where calendar_feeds.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  update public.reviews set author_name = 'A former member' where reviews.author_id = v_profile_id;
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.forget_recordings (
  profile_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.remove_recording(recordings.id)
  from private.recordings
  join public.meetings on meetings.id = recordings.meeting_id
  join public.bookings on bookings.id = meetings.booking_id
  join public.coaches on coaches.id = bookings.coach_id
  where forget_recordings.profile_id in (bookings.client_id, coaches.profile_id);
$function$;

CREATE OR REPLACE FUNCTION private.is_recorded (
  booking_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.agreed_recording_days(is_recorded.booking_id, now()) is not null;
$function$;

CREATE OR REPLACE FUNCTION private.is_recording_open (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_recording_open.booking).status = 'confirmed' and (is_recording_open.booking).starts_at > now();
$function$;

CREATE OR REPLACE FUNCTION private.is_still_true (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case (is_still_true.notification).kind
    when 'booking_confirmed' then booking.status in ('confirmed', 'completed')
    when 'reminder_24h' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'reminder_15m' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'request_sent' then private.shown_status(booking) = 'requested'
    when 'request_received' then private.shown_status(booking) = 'requested'
    when 'booking_moved' then booking.status = 'confirmed'
      and (is_still_true.notification).version = booking.sequence + 1
    when 'attendance_decided' then booking.status in ('no_show_client', 'no_show_coach')
    when 'booking_cancelled' then booking.status = 'cancelled'
    when 'recording_ready' then exists (
      select from public.meetings
      join private.recordings on recordings.meeting_id = meetings.id
      where meetings.booking_id = booking.id and private.is_watchable(recordings)
    )
    when 'review_invitation' then booking.status = 'completed' and not exists (
      select from public.reviews where reviews.booking_id = booking.id
    )
    when 'slot_opened' then private.is_still_open((is_still_true.notification).subject_id)
    when 'message_received' then exists (
      select
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = (is_still_true.notification).recipient_id
      where conversations.id = (is_still_true.notification).subject_id
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    )
    else true
  end
  from (select) as one
  left join public.bookings as booking on booking.id = (is_still_true.notification).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.is_watchable (
  recording private.recordings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_watchable.recording).removed_at is null and (is_watchable.recording).expires_at > now();
$function$;

CREATE OR REPLACE FUNCTION private.lock_recordable (
  booking_id uuid
)
  RETURNS public.bookings
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.record_meeting (
  meeting_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_status public.meeting_status;
  v_starts_at timestamptz;
begin
  if record_meeting.result is null then
    return;
  end if;

  update public.meetings
  set zoom_meeting_id = record_meeting.result ->> 'zoom_meeting_id',
      join_url = record_meeting.result ->> 'join_url',
      status = case when meetings.status = 'cancelled' then 'cancelled' else 'ready' end::public.meeting_status
  where meetings.id = record_meeting.meeting_id
  returning meetings.status, meetings.starts_at into v_status, v_starts_at;

  if v_status = 'cancelled' then
    perform private.enqueue(
      'zoom.delete_meeting',
      'zoom.delete_meeting:' || record_meeting.meeting_id || ':' || (record_meeting.result ->> 'zoom_meeting_id'),
      jsonb_build_object('meeting_id', record_meeting.meeting_id)
    );
  -- Zoom knows no parts of a second.
  elsif date_trunc('second', v_starts_at) <> (record_meeting.result ->> 'starts_at')::timestamptz then
    perform private.tell_zoom_the_time(record_meeting.meeting_id);
  end if;

  perform private.record_recording_setting(record_meeting.meeting_id, record_meeting.result);
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_recording (
  meeting_id uuid,
  recording  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.record_recording_setting (
  meeting_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  select meetings.booking_id into v_booking_id
  from public.meetings
  where meetings.id = record_recording_setting.meeting_id
    and meetings.status = 'ready'
  for update;

  if found
    and record_recording_setting.result is not null
    and (record_recording_setting.result ->> 'is_recorded')::boolean is distinct from private.is_recorded(v_booking_id) then
    perform private.tell_zoom_to_record(v_booking_id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_removed_recording (
  meeting_id uuid,
  recording  jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into private.recordings (meeting_id, zoom_uuid, recorded_at, duration_minutes, bytes, removed_at)
  select meetings.id, record_removed_recording.recording ->> 'uuid',
    private.recording_began_at(record_removed_recording.recording),
    (record_removed_recording.recording ->> 'duration')::integer,
    (record_removed_recording.recording ->> 'total_size')::bigint, now()
  from public.meetings
  where meetings.id = record_removed_recording.meeting_id
  on conflict (zoom_uuid) do update
  set share_url = null, passcode = null, expires_at = null, removed_at = coalesce(recordings.removed_at, now());
$function$;

CREATE OR REPLACE FUNCTION private.recording_began_at (
  recording jsonb
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(
    (
      select min((file ->> 'recording_start')::timestamptz)
      from jsonb_array_elements(recording_began_at.recording -> 'recording_files') as file
    ),
    (recording_began_at.recording ->> 'start_time')::timestamptz
  );
$function$;

CREATE OR REPLACE FUNCTION private.remove_recording (
  recording_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.set_recording_work (
  meeting_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'zoom_meeting_id', meetings.zoom_meeting_id,
    'is_recorded', private.is_recorded(meetings.booking_id)
  )
  from public.meetings
  where meetings.id = set_recording_work.meeting_id
    and meetings.status = 'ready';
$function$;

CREATE OR REPLACE FUNCTION private.tell_zoom_to_record (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
begin
  update public.meetings
  set recording_changes = meetings.recording_changes + 1
  where meetings.booking_id = tell_zoom_to_record.booking_id
    and meetings.status <> 'cancelled'
  returning * into v_meeting;

  if v_meeting.status = 'ready' then
    perform private.enqueue(
      'zoom.set_recording', 'zoom.set_recording:' || v_meeting.id || ':' || v_meeting.recording_changes,
      jsonb_build_object('meeting_id', v_meeting.id)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.agree_to_recording (
  booking_id    uuid,
  terms_version integer
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
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
$function$;

REVOKE ALL ON FUNCTION "public"."agree_to_recording"(uuid, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.apply_zoom_event (
  event_id text,
  event    jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_type text := apply_zoom_event.event ->> 'event';
  v_object jsonb := apply_zoom_event.event -> 'payload' -> 'object';
  v_meeting_id uuid;
begin
  if not private.claim_webhook_event('zoom', apply_zoom_event.event_id, v_type, apply_zoom_event.event) then
    return false;
  end if;

  select meetings.id into v_meeting_id
  from public.meetings
  where meetings.zoom_meeting_id = v_object ->> 'id';

  case v_type
    when 'meeting.started' then
      update public.meetings
      set started_at = least(meetings.started_at, (v_object ->> 'start_time')::timestamptz)
      where meetings.id = v_meeting_id;
    when 'meeting.ended' then
      update public.meetings
      set ended_at = greatest(meetings.ended_at, (v_object ->> 'end_time')::timestamptz)
      where meetings.id = v_meeting_id;
    when 'meeting.participant_joined', 'meeting.participant_left' then
      perform private.record_participant(v_meeting_id, v_object -> 'participant');
    when 'recording.completed' then
      perform private.record_recording(v_meeting_id, v_object) where v_meeting_id is not null;
    when 'recording.trashed', 'recording.deleted' then
      perform private.record_removed_recording(v_meeting_id, v_object);
    else
      null; -- Noted, without effect: meeting.created, updated and deleted echo our own calls.
  end case;

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION public.complete_outbox (
  outbox_id bigint,
  result    jsonb  DEFAULT NULL::jsonb
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
  set status = 'done', done_at = now(), locked_until = null, last_error = null,
      result = complete_outbox.result
  where outbox.id = complete_outbox.outbox_id
    and outbox.status <> 'done'
  returning * into v_row;

  if not found then
    return;
  end if;

  case v_row.topic
    when 'mail' then
      perform private.record_mail((v_row.payload ->> 'notification_id')::uuid, complete_outbox.result);
    when 'zoom.create_meeting' then
      perform private.record_meeting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.move_meeting' then
      perform private.record_meeting_move((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.set_recording' then
      perform private.record_recording_setting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.read_attendance' then
      perform private.record_attendance((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.sweep' then
      perform private.record_sweep(v_row.payload ->> 'host_id', complete_outbox.result);
    when 'calendly.create_event' then
      perform private.record_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.cancel_event' then
      perform private.record_cancelled_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.check_hold' then
      perform private.record_hold_check((v_row.payload ->> 'booking_id')::uuid, complete_outbox.result);
    when 'calendly.revoke' then
      perform private.record_calendly_revoked(v_row.payload);
    when 'stripe.refund' then
      perform private.record_refund((v_row.payload ->> 'refund_id')::uuid, complete_outbox.result);
    when 'stripe.capture', 'stripe.cancel_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting or recording leaves nothing to write down.
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION public.outbox_work (
  outbox_id bigint
)
  RETURNS jsonb
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  select * into v_row from private.outbox where outbox.id = outbox_work.outbox_id;

  return case v_row.topic
    when 'mail' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
    when 'zoom.create_meeting' then private.create_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_meeting' then private.delete_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.move_meeting' then private.move_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.set_recording' then private.set_recording_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_recording' then private.delete_recording_work((v_row.payload ->> 'recording_id')::uuid)
    when 'zoom.read_attendance' then private.read_attendance_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.sweep' then private.sweep_work(v_row.payload ->> 'host_id', (v_row.payload ->> 'days')::integer)
    when 'zoom.delete_orphan' then
      private.delete_orphan_work(v_row.payload ->> 'host_id', v_row.payload ->> 'zoom_meeting_id')
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'calendly.sync' then private.calendly_sync_work((v_row.payload ->> 'coach_id')::uuid)
    when 'calendly.create_event' then private.create_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_event' then private.cancel_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.check_hold' then private.check_hold_work((v_row.payload ->> 'booking_id')::uuid)
    when 'calendly.revoke' then private.revoke_calendly_work(v_row.payload)
    when 'stripe.capture' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.cancel_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'released')
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

CREATE OR REPLACE FUNCTION public.recording_details (
  booking_id uuid
)
  RETURNS TABLE (
    terms_version          integer,
    terms                  text,
    keep_days              integer,
    agreed_at              timestamp with time zone,
    has_counterpart_agreed boolean,
    is_open                boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
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
$function$;

REVOKE ALL ON FUNCTION "public"."recording_details"(uuid) FROM PUBLIC, "anon", "service_role";

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
  update private.recording_consents
  set revoked_at = now()
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

REVOKE ALL ON FUNCTION "public"."revoke_recording"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.session_recordings (
  booking_id uuid
)
  RETURNS TABLE (
    recording_id     uuid,
    recorded_at      timestamp with time zone,
    duration_minutes integer,
    expires_at       timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select recordings.id, recordings.recorded_at, recordings.duration_minutes, recordings.expires_at
  from public.bookings
  join public.meetings on meetings.booking_id = bookings.id
  join private.recordings on recordings.meeting_id = meetings.id
  where bookings.id = session_recordings.booking_id
    and private.booking_party(bookings) is not null
    and private.is_watchable(recordings)
  order by recordings.recorded_at;
$function$;

REVOKE ALL ON FUNCTION "public"."session_recordings"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.watch_recording (
  recording_id uuid
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select recordings.share_url || coalesce('?pwd=' || recordings.passcode, '')
  from private.recordings
  join public.meetings on meetings.id = recordings.meeting_id
  join public.bookings on bookings.id = meetings.booking_id
  where recordings.id = watch_recording.recording_id
    and private.booking_party(bookings) is not null
    and private.is_watchable(recordings);
$function$;

REVOKE ALL ON FUNCTION "public"."watch_recording"(uuid) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "private"."recording_consents"
  ADD CONSTRAINT "recording_consents_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."recording_consents"
  ADD CONSTRAINT "recording_consents_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."recording_consents"
  ADD CONSTRAINT "recording_consents_terms_version_fkey" FOREIGN KEY (terms_version) REFERENCES private.recording_terms(VERSION) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."recordings"
  ADD CONSTRAINT "recordings_meeting_id_fkey" FOREIGN KEY (meeting_id) REFERENCES public.meetings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE INDEX recording_consents_booking_id_idx ON private.recording_consents USING btree (booking_id);

CREATE UNIQUE INDEX recording_consents_one_open_per_party ON private.recording_consents USING btree (booking_id, profile_id)
  WHERE (revoked_at IS NULL);

CREATE INDEX recording_consents_profile_id_idx ON private.recording_consents USING btree (profile_id);

CREATE INDEX recording_consents_terms_version_idx ON private.recording_consents USING btree (terms_version);

CREATE INDEX recordings_expires_at_idx ON private.recordings USING btree (expires_at)
  WHERE (removed_at IS NULL);

CREATE INDEX recordings_meeting_id_idx ON private.recordings USING btree (meeting_id);

CREATE UNIQUE INDEX recordings_one_per_run ON private.recordings USING btree (zoom_uuid);

CREATE POLICY "Nobody reads recording consents over the API" ON "private"."recording_consents"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads recording terms over the API" ON "private"."recording_terms"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads recordings over the API" ON "private"."recordings"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."recording_consents" IS 'Who agreed to the recording of a session, when, to which terms, and when they took it back.';

COMMENT ON TABLE "private"."recording_terms" IS 'What people agree to who let a session be recorded, version by version, and for how many days it is kept.';

COMMENT ON TABLE "private"."recordings" IS 'The recordings of our meetings at Zoom; without an address once they are gone, or when not both had agreed.';

REVOKE ALL ON FUNCTION "private"."agreed_days"(uuid, uuid, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."agreed_days"(uuid, uuid, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."agreed_days"(uuid, uuid, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."agreed_recording_days"(uuid, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."agreed_recording_days"(uuid, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."agreed_recording_days"(uuid, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."current_recording_terms"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."current_recording_terms"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."current_recording_terms"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."delete_at_zoom"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."delete_at_zoom"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."delete_at_zoom"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."delete_recording_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."delete_recording_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."delete_recording_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."expire_recordings"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."expire_recordings"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."expire_recordings"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."forget_recordings"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_recordings"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_recordings"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_recorded"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_recorded"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_recorded"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_recording_open"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_recording_open"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_recording_open"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_watchable"(private.recordings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_watchable"(private.recordings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_watchable"(private.recordings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_recordable"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_recordable"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_recordable"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_recording"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_recording"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_recording"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_recording_setting"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_recording_setting"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_recording_setting"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_removed_recording"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_removed_recording"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_removed_recording"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."recording_began_at"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."recording_began_at"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."recording_began_at"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."remove_recording"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."remove_recording"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."remove_recording"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."set_recording_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."set_recording_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."set_recording_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_zoom_to_record"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_zoom_to_record"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_zoom_to_record"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."agree_to_recording"(uuid, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."agree_to_recording"(uuid, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."agree_to_recording"(uuid, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."recording_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."recording_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."recording_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."revoke_recording"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."revoke_recording"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."revoke_recording"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_recordings"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_recordings"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_recordings"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."watch_recording"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."watch_recording"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."watch_recording"(uuid) TO "postgres";

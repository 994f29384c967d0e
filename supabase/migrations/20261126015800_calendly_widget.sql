SET local check_function_bodies = off;

ALTER TABLE "private"."calendly_events"
  ADD COLUMN "problem" text;

CREATE OR REPLACE FUNCTION private.is_still_true (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case (is_still_true.notification).kind
    when 'booking_confirmed' then exists (select from private.told_sessions(is_still_true.notification))
    when 'reminder_24h' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'reminder_15m' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'request_sent' then private.shown_status(booking) = 'requested'
    when 'request_received' then private.shown_status(booking) = 'requested'
    when 'booking_moved' then exists (select from private.told_sessions(is_still_true.notification))
    when 'attendance_decided' then booking.status in ('no_show_client', 'no_show_coach')
    when 'calendly_plan' then booking.status = 'confirmed'
    when 'calendly_location' then booking.status = 'confirmed'
    when 'payment_asked' then private.shown_status(booking) = 'held'
    when 'booking_unpaid' then booking.status = 'expired'
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

CREATE OR REPLACE FUNCTION private.record_calendly_event (
  event_id uuid,
  result   jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_problem text := record_calendly_event.result ->> 'problem';
  v_event private.calendly_events;
begin
  if record_calendly_event.result is null then
    return;
  end if;

  update private.calendly_events
  set event_uri = record_calendly_event.result ->> 'event_uri',
      invitee_uri = record_calendly_event.result ->> 'invitee_uri',
      problem = case when v_problem <> 'clash' then v_problem end,
      status = case
        when calendly_events.status <> 'pending' then calendly_events.status
        when v_problem is null then 'created'
        when v_problem = 'clash' then 'clash'
        else 'failed'
      end::public.calendly_event_status
  where calendly_events.id = record_calendly_event.event_id
  returning * into v_event;

  if v_event.status in ('cancelling', 'cancelled') and v_event.event_uri is not null then
    perform private.take_calendly_event_away(v_event);
  elsif v_event.status = 'clash' then
    perform private.notify_parties(v_event.booking_id, 'calendar_clash');
  elsif v_event.status = 'failed' then
    perform private.notify(
      coaches.profile_id, 'calendly_' || v_problem, bookings.id, bookings.id
    )
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    where bookings.id = v_event.booking_id;

    update private.calendly_connections set plan = 'free'
    from public.bookings
    where bookings.id = v_event.booking_id
      and calendly_connections.coach_id = bookings.coach_id
      and v_problem = 'plan';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.retry_calendly_events (
  coach_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_event_id uuid;
begin
  for v_event_id in
    update private.calendly_events
    set status = 'pending', event_type_uri = private.calendly_event_type_of(bookings)
    from public.bookings
    where bookings.id = calendly_events.booking_id
      and bookings.coach_id = retry_calendly_events.coach_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
      and calendly_events.status = 'failed'
      and private.calendly_event_type_of(bookings) is not null
    returning calendly_events.id
  loop
    perform private.enqueue(
      'calendly.create_event', 'calendly.create_event:' || v_event_id || ':' || clock_timestamp(),
      jsonb_build_object('event_id', v_event_id)
    );
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION public.calendly_links (
  coach_id uuid
)
  RETURNS TABLE (
    offer_id       uuid,
    lineage_id     uuid,
    scheduling_url text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select offers.id, offers.lineage_id, calendly_event_types.scheduling_url
  from private.calendly_connections
  join public.coaches on coaches.id = calendly_connections.coach_id and coaches.status = 'approved'
  join public.calendly_event_types on calendly_event_types.coach_id = coaches.id and calendly_event_types.is_active
  join public.calendly_offers on calendly_offers.event_type_id = calendly_event_types.id
  join public.offers
    on offers.lineage_id = calendly_offers.lineage_id
    and offers.archived_at is null
    and offers.is_instant
    and offers.kind <> 'group_session'
    and offers.duration_minutes = calendly_event_types.duration_minutes
  where calendly_connections.coach_id = calendly_links.coach_id
    and calendly_connections.intake = 'page'
    and calendly_connections.status = 'connected'
    and not private.is_calendly_closed(calendly_connections.coach_id);
$function$;

REVOKE ALL ON FUNCTION "public"."calendly_links"(uuid) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.calendly_unwritten()
  RETURNS TABLE (
    booking_id  uuid,
    problem     text,
    client_name text,
    offer_title text,
    starts_at   timestamp with time zone,
    ends_at     timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select bookings.id, calendly_events.problem, private.shown_name(client), offers.title,
    bookings.starts_at, bookings.ends_at
  from private.calendly_events
  join public.bookings on bookings.id = calendly_events.booking_id
  join public.offers on offers.id = bookings.offer_id
  join public.profiles as client on client.id = bookings.client_id
  where bookings.coach_id = private.current_coach_id()
    and bookings.status = 'confirmed'
    and bookings.starts_at > now()
    and calendly_events.status in ('pending', 'failed')
    and calendly_events.problem is not null
  order by bookings.starts_at
  limit 50;
$function$;

REVOKE ALL ON FUNCTION "public"."calendly_unwritten"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.record_calendly_sync (
  coach_id uuid,
  result   jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_read_at timestamptz := (record_calendly_sync.result ->> 'read_at')::timestamptz;
begin
  -- Two syncs of one coach wait for each other here; the older one then finds itself too late.
  update private.calendly_connections
  set last_ok_at = v_read_at, last_error = null,
      plan = (record_calendly_sync.result ->> 'plan')::public.calendly_plan,
      webhook_uri = record_calendly_sync.result ->> 'webhook_uri'
  where calendly_connections.coach_id = record_calendly_sync.coach_id
    and calendly_connections.user_uri = record_calendly_sync.result ->> 'user_uri'
    and v_read_at > coalesce(calendly_connections.last_ok_at, '-infinity');

  if not found then
    return false;
  end if;

  perform private.keep_calendly_event_types(record_calendly_sync.coach_id, record_calendly_sync.result -> 'event_types');

  -- Also when nothing else changed: they may have been closed until now.
  insert into private.calendar_changes (coach_id) values (record_calendly_sync.coach_id);

  perform private.keep_busy_times(record_calendly_sync.coach_id, record_calendly_sync.result -> 'busy_times');
  perform private.place_calendly_bookings(record_calendly_sync.coach_id);
  perform private.retry_calendly_events(record_calendly_sync.coach_id);

  return true;
end;
$function$;

REVOKE ALL ON FUNCTION "private"."retry_calendly_events"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."retry_calendly_events"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."retry_calendly_events"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_links"(uuid) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."calendly_links"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_links"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_unwritten"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."calendly_unwritten"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendly_unwritten"() TO "postgres";

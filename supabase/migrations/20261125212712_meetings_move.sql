SET local check_function_bodies = off;

DROP INDEX "public"."meetings_one_per_booking";

ALTER TABLE "public"."meetings"
  ADD COLUMN "moves" integer NOT NULL DEFAULT 0;

CREATE OR REPLACE FUNCTION private.assign_meeting_host (
  meeting_id uuid
)
  RETURNS text
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_host_id text;
begin
  perform private.lock_hosts();

  select * into v_meeting from public.meetings where meetings.id = assign_meeting_host.meeting_id for update;

  if v_meeting.host_id is not null then
    return v_meeting.host_id;
  end if;

  select meeting_hosts.zoom_user_id into v_host_id
  from private.meeting_hosts
  where meeting_hosts.is_active
    and private.is_host_free(meeting_hosts.zoom_user_id, v_meeting.starts_at, v_meeting.ends_at, v_meeting.id)
  order by meeting_hosts.zoom_user_id
  limit 1;

  update public.meetings set host_id = v_host_id where meetings.id = v_meeting.id;

  return v_host_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_host_free (
  zoom_user_id      text,
  starts_at         timestamp with time zone,
  ends_at           timestamp with time zone,
  except_meeting_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select not exists (
    select from public.meetings
    where meetings.host_id = is_host_free.zoom_user_id
      and meetings.id <> is_host_free.except_meeting_id
      and meetings.status in ('pending', 'ready')
      and tstzrange(meetings.starts_at, meetings.ends_at) && tstzrange(is_host_free.starts_at, is_host_free.ends_at)
  );
$function$;

CREATE OR REPLACE FUNCTION private.lock_hosts()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select pg_advisory_xact_lock(hashtext('private.assign_meeting_host'));
$function$;

CREATE OR REPLACE FUNCTION private.move_meeting (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_meeting public.meetings;
begin
  perform private.lock_hosts();

  select * into v_booking from public.bookings where bookings.id = move_meeting.booking_id;

  select * into v_meeting
  from public.meetings
  where meetings.booking_id = v_booking.id
    and meetings.status <> 'cancelled'
  for update;

  if not found or (v_meeting.starts_at, v_meeting.ends_at) = (v_booking.starts_at, v_booking.ends_at) then
    return;
  end if;

  -- Without a host yet, or with one who is busy then, it is planned like a new one.
  if v_meeting.host_id is null
    or not private.is_host_free(v_meeting.host_id, v_booking.starts_at, v_booking.ends_at, v_meeting.id) then
    perform private.replace_meeting(v_booking.id);
    return;
  end if;

  update public.meetings
  set starts_at = v_booking.starts_at, ends_at = v_booking.ends_at
  where meetings.id = v_meeting.id;

  if v_meeting.status = 'ready' then
    perform private.tell_zoom_the_time(v_meeting.id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.move_meeting_work (
  meeting_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'zoom_meeting_id', meetings.zoom_meeting_id,
    'starts_at', meetings.starts_at,
    'duration_minutes', (extract(epoch from meetings.ends_at - meetings.starts_at) / 60)::integer
  )
  from public.meetings
  where meetings.id = move_meeting_work.meeting_id
    and meetings.status = 'ready';
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
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_meeting_move (
  meeting_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
begin
  perform private.lock_hosts();

  select * into v_meeting
  from public.meetings
  where meetings.id = record_meeting_move.meeting_id
    and meetings.status = 'ready'
  for update;

  if not (record_meeting_move.result ->> 'is_there')::boolean then
    perform private.replace_meeting(v_meeting.booking_id) where v_meeting.id is not null;
  elsif v_meeting.starts_at <> (record_meeting_move.result ->> 'starts_at')::timestamptz then
    perform private.tell_zoom_the_time(v_meeting.id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.replace_meeting (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  perform private.cancel_meeting(replace_meeting.booking_id);
  perform private.plan_meeting(bookings.id)
  from public.bookings
  where bookings.id = replace_meeting.booking_id
    and bookings.status = 'confirmed'
    and bookings.ends_at > now();
end;
$function$;

CREATE OR REPLACE FUNCTION private.tell_zoom_the_time (
  meeting_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_moves integer;
begin
  update public.meetings
  set moves = meetings.moves + 1
  where meetings.id = tell_zoom_the_time.meeting_id
  returning meetings.moves into v_moves;

  perform private.enqueue(
    'zoom.move_meeting', 'zoom.move_meeting:' || tell_zoom_the_time.meeting_id || ':' || v_moves,
    jsonb_build_object('meeting_id', tell_zoom_the_time.meeting_id)
  );
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
    when 'stripe.refund' then
      perform private.record_refund((v_row.payload ->> 'refund_id')::uuid, complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting leaves nothing to write down.
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
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

CREATE OR REPLACE FUNCTION public.session_details (
  booking_id uuid
)
  RETURNS TABLE (
    party             public.booking_actor,
    status            public.booking_status,
    starts_at         timestamp with time zone,
    ends_at           timestamp with time zone,
    time_zone         text,
    hold_expires_at   timestamp with time zone,
    note              text,
    cancelled_by      public.booking_actor,
    cancel_reason     text,
    offer_title       text,
    offer_description text,
    duration_minutes  integer,
    counterpart_name  text,
    coach_id          uuid,
    coach_slug        text,
    conversation_id   uuid,
    amount_cents      integer,
    refunded_cents    integer,
    order_status      public.order_status,
    meeting_status    public.meeting_status,
    is_joinable       boolean,
    is_reviewable     boolean,
    is_cancellable    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select party.actor, private.shown_status(bookings), bookings.starts_at, bookings.ends_at,
    case party.actor when 'client' then client.time_zone else coaches.time_zone end,
    bookings.hold_expires_at, bookings.note, bookings.cancelled_by, bookings.cancel_reason,
    offers.title, offers.description, offers.duration_minutes,
    case party.actor
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.id, coaches.slug, conversations.id,
    orders.amount_cents,
    private.returned_cents(orders.id),
    orders.status, meetings.status,
    private.is_joinable(bookings),
    party.actor = 'client' and private.is_reviewable(bookings),
    bookings.status = 'confirmed' and bookings.starts_at > now()
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  left join public.meetings on meetings.booking_id = bookings.id and meetings.status <> 'cancelled'
  left join public.conversations
    on conversations.coach_id = bookings.coach_id and conversations.client_id = bookings.client_id
  where bookings.id = session_details.booking_id
    and party.actor is not null;
$function$;

CREATE INDEX meetings_booking_id_idx ON public.meetings USING btree (booking_id);

CREATE UNIQUE INDEX meetings_one_per_booking ON public.meetings USING btree (booking_id)
  WHERE (status <> 'cancelled'::public.meeting_status);

COMMENT ON TABLE "public"."meetings" IS 'The Zoom meeting of a booking, on a host who has no other at that time. One that is not cancelled per booking.';

REVOKE ALL ON FUNCTION "private"."is_host_free"(text, timestamp WITH time zone, timestamp WITH time zone, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_host_free"(text, timestamp WITH time zone, timestamp WITH time zone, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_host_free"(text, timestamp WITH time zone, timestamp WITH time zone, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_hosts"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_hosts"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_hosts"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."move_meeting"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."move_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."move_meeting_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_meeting_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."move_meeting_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_meeting_move"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_meeting_move"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_meeting_move"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."replace_meeting"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."replace_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."replace_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_zoom_the_time"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_zoom_the_time"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_zoom_the_time"(uuid) TO "postgres";

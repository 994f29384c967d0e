SET local check_function_bodies = off;

CREATE TABLE "public"."attendance_decisions" (
  "booking_id" uuid NOT NULL,
  CONSTRAINT "attendance_decisions_pkey" PRIMARY KEY (booking_id)
);

ALTER TABLE "public"."attendance_decisions"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."attendance_decisions" FROM "anon", "service_role";

CREATE TYPE "public"."attendance_outcome" AS ENUM (
  'held',
  'client_missing',
  'coach_missing',
  'unknown'
);

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "outcome" public.attendance_outcome NOT NULL;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "sentence" text NOT NULL;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "evidence" jsonb NOT NULL DEFAULT '{}'::jsonb;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "decided_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "objection_ends_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "objected_by" public.booking_actor;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "objection" text;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "objected_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "settled_outcome" public.attendance_outcome;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "settled_reason" text;

ALTER TABLE "public"."attendance_decisions"
  ADD COLUMN "settled_at" timestamp(6) WITH time zone;

ALTER TYPE "public"."refund_reason" ADD VALUE 'coach_no_show' BEFORE 'paid_too_late';

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION admin.coach_strikes()
  RETURNS TABLE (
    coach_id            uuid,
    slug                text,
    display_name        text,
    status              public.coach_status,
    late_cancellations  integer,
    no_shows            integer,
    unanswered_requests integer,
    strikes             integer,
    last_strike_at      timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  with
    late_cancellations as (
      select bookings.coach_id, booking_events.created_at as at
      from public.booking_events
      join public.bookings on bookings.id = booking_events.booking_id
      where booking_events.after = 'cancelled'
        and booking_events.actor = 'coach'
        and booking_events.created_at > bookings.starts_at - interval '24 hours'
    ),
    no_shows as (
      select bookings.coach_id, bookings.starts_at as at
      from public.bookings
      left join public.attendance_decisions as decisions on decisions.booking_id = bookings.id
      where bookings.status = 'no_show_coach'
        and (decisions.objected_at is null or decisions.settled_at is not null)
    ),
    unanswered_requests as (
      select bookings.coach_id, booking_events.created_at as at
      from public.booking_events
      join public.bookings on bookings.id = booking_events.booking_id
      where booking_events.before = 'requested'
        and booking_events.after = 'expired'
        and booking_events.actor = 'system'
    ),
    strikes as (
      select 'late_cancellation' as kind, coach_id, at from late_cancellations
      union all
      select 'no_show', coach_id, at from no_shows
      union all
      select 'unanswered_request', coach_id, at from unanswered_requests
    )
  select
    coaches.id as coach_id,
    coaches.slug,
    coaches.display_name,
    coaches.status,
    count(*) filter (where strikes.kind = 'late_cancellation')::integer as late_cancellations,
    count(*) filter (where strikes.kind = 'no_show')::integer as no_shows,
    count(*) filter (where strikes.kind = 'unanswered_request')::integer as unanswered_requests,
    count(*)::integer as strikes,
    max(strikes.at) as last_strike_at
  from strikes
  join public.coaches on coaches.id = strikes.coach_id
  where strikes.at > now() - interval '180 days'
  group by coaches.id;
$function$;

CREATE OR REPLACE FUNCTION admin.settle_attendance (
  booking_id uuid,
  outcome    public.attendance_outcome,
  reason     text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(settle_attendance.booking_id);
  v_decision public.attendance_decisions;
  v_status public.booking_status := private.status_of_outcome(settle_attendance.outcome);
begin
  select * into v_decision
  from public.attendance_decisions
  where attendance_decisions.booking_id = v_booking.id
  for update;

  if not found then
    raise exception 'Nothing was decided about session %.', settle_attendance.booking_id using errcode = 'MTNDC';
  elsif v_decision.settled_at is not null then
    raise exception 'Session % is settled already.', settle_attendance.booking_id using errcode = 'MTSTD';
  end if;

  update public.attendance_decisions
  set settled_at = now(), settled_outcome = settle_attendance.outcome, settled_reason = trim(settle_attendance.reason)
  where attendance_decisions.booking_id = v_booking.id;

  if v_status <> v_booking.status then
    perform private.move_booking(
      v_booking.id, array[v_booking.status], v_status, 'admin', jsonb_build_object('reason', trim(settle_attendance.reason))
    );
    perform private.refresh_listing(v_booking.coach_id);
  end if;

  if settle_attendance.outcome = 'coach_missing' then
    perform private.refund_missed_session(v_booking);
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, before, after)
  values (
    'attendance_decisions', v_booking.id::text, 'settled', session_user,
    jsonb_build_object('outcome', v_decision.outcome, 'objection', v_decision.objection),
    jsonb_build_object('outcome', settle_attendance.outcome, 'reason', trim(settle_attendance.reason))
  );
  perform private.notify_parties(v_booking.id, 'attendance_settled');
end;
$function$;

CREATE OR REPLACE FUNCTION private.close_attendance (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(close_attendance.booking_id);
  v_outcome public.attendance_outcome;
begin
  -- Looked at again under the lock: an objection of this very moment comes first.
  update public.attendance_decisions
  set settled_at = now(), settled_outcome = outcome
  where attendance_decisions.booking_id = v_booking.id
    and attendance_decisions.settled_at is null
    and attendance_decisions.objected_at is null
    and attendance_decisions.objection_ends_at <= now()
  returning outcome into v_outcome;

  if v_outcome = 'coach_missing' and v_booking.status = 'no_show_coach' then
    perform private.refund_missed_session(v_booking);
    perform private.notify_parties(v_booking.id, 'attendance_settled');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.decide_attendance (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(decide_attendance.booking_id);
  v_settings private.platform_settings := private.settings();
  v_seen record;
  v_outcome public.attendance_outcome;
begin
  if v_booking.status is distinct from 'completed' or exists (
    select from public.attendance_decisions where attendance_decisions.booking_id = v_booking.id
  ) then
    return;
  end if;

  select * into v_seen from private.attendance(v_booking.id);

  v_outcome := case
    when v_seen.client and v_seen.coach then 'held'
    when not v_seen.client and v_seen.coach_minutes >= v_settings.no_show_after_minutes then 'client_missing'
    when not v_seen.coach and v_seen.client_minutes >= v_settings.no_show_after_minutes then 'coach_missing'
    else 'unknown'
  end;

  insert into public.attendance_decisions (booking_id, outcome, sentence, evidence, objection_ends_at)
  values (
    v_booking.id, v_outcome,
    v_seen.sentence || case
      when v_outcome = 'unknown' and v_seen.client <> v_seen.coach
        then format(' A wait of less than %s decides nothing.', private.minutes_in_words(v_settings.no_show_after_minutes))
      else ''
    end,
    to_jsonb(v_seen) - 'sentence' || jsonb_build_object('visits', private.visits_as_json(v_booking.id)),
    now() + make_interval(mins => v_settings.objection_minutes)
  );

  if v_outcome in ('client_missing', 'coach_missing') then
    perform private.move_booking(
      v_booking.id, array['completed']::public.booking_status[], private.status_of_outcome(v_outcome), 'system',
      jsonb_build_object('sentence', v_seen.sentence)
    );
    perform private.refresh_listing(v_booking.coach_id);
    perform private.notify_parties(v_booking.id, 'attendance_decided');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.decide_attendances()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  for v_booking_id in
    select bookings.id
    from public.bookings
    where bookings.status = 'completed'
      and bookings.ends_at between now() - interval '3 days' and now() - interval '1 day'
      and not exists (select from public.attendance_decisions where attendance_decisions.booking_id = bookings.id)
    order by bookings.ends_at
    limit 500
  loop
    perform private.decide_attendance(v_booking_id);
  end loop;

  for v_booking_id in
    select attendance_decisions.booking_id
    from public.attendance_decisions
    where attendance_decisions.settled_at is null
      and attendance_decisions.objected_at is null
      and attendance_decisions.objection_ends_at <= now()
    order by attendance_decisions.objection_ends_at
    limit 500
  loop
    perform private.close_attendance(v_booking_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_concerned (
  outcome public.attendance_outcome,
  party   public.booking_actor
)
  RETURNS boolean
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case is_concerned.outcome
    when 'client_missing' then is_concerned.party = 'client'
    when 'coach_missing' then is_concerned.party = 'coach'
    when 'unknown' then is_concerned.party in ('client', 'coach')
    else false
  end;
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
    when 'booking_moved' then booking.status = 'confirmed'
      and (is_still_true.notification).version = booking.sequence + 1
    when 'attendance_decided' then booking.status in ('no_show_client', 'no_show_coach')
    when 'booking_cancelled' then booking.status = 'cancelled'
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

CREATE OR REPLACE FUNCTION private.mail_attendance (
  booking_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'outcome', decisions.outcome,
    'sentence', decisions.sentence,
    'objection_ends_at', decisions.objection_ends_at,
    'objected_by', decisions.objected_by,
    'objection', decisions.objection,
    'settled_outcome', decisions.settled_outcome,
    'settled_reason', decisions.settled_reason
  )
  from public.attendance_decisions as decisions
  where decisions.booking_id = mail_attendance.booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_booking (
  booking_id   uuid,
  recipient_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'booking_id', bookings.id,
    'sequence', bookings.sequence,
    'party', case when bookings.client_id = mail_booking.recipient_id then 'client' else 'coach' end,
    'time_zone', case when bookings.client_id = mail_booking.recipient_id then bookings.client_time_zone else coaches.time_zone end,
    'starts_at', bookings.starts_at,
    'ends_at', bookings.ends_at,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'paid_cents', orders.amount_cents,
    'refund_cents', private.returned_cents(orders.id),
    'cancelled_by', bookings.cancelled_by,
    'cancel_reason', bookings.cancel_reason,
    'moved_by', bookings.moved_by,
    'moved_from', last_move.detail ->> 'from',
    'move_reason', last_move.detail ->> 'reason',
    'attendance', private.mail_attendance(bookings.id),
    'full_refund_until', deadlines.full_until
  )
  from public.bookings
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  cross join lateral private.refund_deadlines(bookings) as deadlines
  left join lateral (
    select booking_events.detail
    from public.booking_events
    where booking_events.booking_id = bookings.id and booking_events.before = booking_events.after
    order by booking_events.id desc
    limit 1
  ) as last_move on true
  where bookings.id = mail_booking.booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.may_object (
  decision public.attendance_decisions,
  party    public.booking_actor
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (may_object.decision).objected_at is null
    and (may_object.decision).settled_at is null
    and now() < (may_object.decision).objection_ends_at
    and private.is_concerned((may_object.decision).outcome, may_object.party);
$function$;

CREATE OR REPLACE FUNCTION private.record_attendance (
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
  if record_attendance.result is null then
    return;
  end if;

  -- The order and the booking first: the decision may move both.
  select meetings.booking_id into v_booking_id from public.meetings where meetings.id = record_attendance.meeting_id;
  perform private.lock_booking(v_booking_id);

  perform private.record_participant(record_attendance.meeting_id, visit)
  from jsonb_array_elements(record_attendance.result -> 'visits') as visit;

  update public.meetings
  set attendance_read_at = now()
  where meetings.id = record_attendance.meeting_id
    and meetings.attendance_read_at is null;

  perform private.decide_attendance(v_booking_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.refund_missed_session (
  booking public.bookings
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.request_refund(
    orders.id, orders.amount_cents - private.returned_cents(orders.id), 'coach_no_show'
  )
  from public.orders
  where orders.id = (refund_missed_session.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.status_of_outcome (
  outcome public.attendance_outcome
)
  RETURNS public.booking_status
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case status_of_outcome.outcome
    when 'client_missing' then 'no_show_client'
    when 'coach_missing' then 'no_show_coach'
    else 'completed'
  end::public.booking_status;
$function$;

CREATE OR REPLACE FUNCTION private.visits_as_json (
  booking_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(
    jsonb_agg(
      jsonb_build_object('party', visits.party, 'from', lower(visits.during), 'to', upper(visits.during))
      order by lower(visits.during)
    ),
    '[]'
  )
  from private.visits(visits_as_json.booking_id) as visits;
$function$;

CREATE OR REPLACE FUNCTION public.attendance_details (
  booking_id uuid
)
  RETURNS TABLE (
    outcome           public.attendance_outcome,
    sentence          text,
    objection_ends_at timestamp with time zone,
    objected_by       public.booking_actor,
    objection         text,
    objected_at       timestamp with time zone,
    settled_outcome   public.attendance_outcome,
    settled_reason    text,
    settled_at        timestamp with time zone,
    may_object        boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select decisions.outcome, decisions.sentence, decisions.objection_ends_at,
    decisions.objected_by, decisions.objection, decisions.objected_at,
    decisions.settled_outcome, decisions.settled_reason, decisions.settled_at,
    private.may_object(decisions, private.booking_party(bookings))
  from public.bookings
  join public.attendance_decisions as decisions on decisions.booking_id = bookings.id
  where bookings.id = attendance_details.booking_id
    and private.booking_party(bookings) is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."attendance_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.object_to_attendance (
  booking_id uuid,
  words      text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(object_to_attendance.booking_id);
  v_party public.booking_actor := private.booking_party(v_booking);
  v_decision public.attendance_decisions;
begin
  if v_party is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  select * into v_decision
  from public.attendance_decisions
  where attendance_decisions.booking_id = v_booking.id
  for update;

  if not found then
    raise exception 'Nothing has been decided about this session yet.' using errcode = 'MTNDC';
  elsif not private.is_concerned(v_decision.outcome, v_party) then
    raise exception 'Only the one who is said to have been missing can object.' using errcode = 'MTNOB';
  elsif v_decision.objected_at is not null and v_decision.settled_at is null then
    raise exception 'An objection has been made already. We are looking at it.' using errcode = 'MTTWO';
  elsif not private.may_object(v_decision, v_party) then
    raise exception 'The time to object is over.' using errcode = 'MTLAT';
  elsif char_length(trim(object_to_attendance.words)) not between 10 and 2000 then
    raise exception 'Say what happened, in 10 to 2,000 characters.' using errcode = 'MTWRD';
  end if;

  update public.attendance_decisions
  set objected_at = now(), objected_by = v_party, objection = trim(object_to_attendance.words)
  where attendance_decisions.booking_id = v_booking.id;

  perform private.notify_parties(v_booking.id, 'attendance_objected');
end;
$function$;

REVOKE ALL ON FUNCTION "public"."object_to_attendance"(uuid, text) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "public"."attendance_decisions"
  ADD CONSTRAINT "attendance_decisions_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."attendance_decisions"
  ADD CONSTRAINT "attendance_decisions_objection_is_whole" CHECK ((((objected_at IS NULL) = (objection IS NULL)) AND ((objected_at IS NULL) = (objected_by IS NULL))));

ALTER TABLE "public"."attendance_decisions"
  ADD CONSTRAINT "attendance_decisions_settled_says_how" CHECK (((settled_at IS NULL) = (settled_outcome IS NULL)));

CREATE INDEX attendance_decisions_open_idx ON public.attendance_decisions USING btree (objection_ends_at)
  WHERE ((settled_at IS NULL) AND (objected_at IS NULL));

CREATE POLICY "Client and coach can view what was decided about their bookings" ON "public"."attendance_decisions"
  FOR SELECT
  TO "authenticated"
  USING ((booking_id IN ( SELECT bookings.id
   FROM public.bookings)));

COMMENT ON TABLE "public"."attendance_decisions" IS 'What was decided about who came to a session, on what evidence, who objected, and what became of it.';

REVOKE ALL ON FUNCTION "admin"."coach_strikes"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."coach_strikes"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."coach_strikes"() TO "postgres";

REVOKE ALL ON FUNCTION "admin"."settle_attendance"(uuid, public.attendance_outcome, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."settle_attendance"(uuid, public.attendance_outcome, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."settle_attendance"(uuid, public.attendance_outcome, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."close_attendance"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."close_attendance"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."close_attendance"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."decide_attendance"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."decide_attendance"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."decide_attendance"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."decide_attendances"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."decide_attendances"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."decide_attendances"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_concerned"(public.attendance_outcome, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_concerned"(public.attendance_outcome, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_concerned"(public.attendance_outcome, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_attendance"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_attendance"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_attendance"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_object"(public.attendance_decisions, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."may_object"(public.attendance_decisions, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_object"(public.attendance_decisions, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refund_missed_session"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refund_missed_session"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refund_missed_session"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."status_of_outcome"(public.attendance_outcome) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."status_of_outcome"(public.attendance_outcome) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."status_of_outcome"(public.attendance_outcome) TO "postgres";

REVOKE ALL ON FUNCTION "private"."visits_as_json"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."visits_as_json"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."visits_as_json"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."attendance_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."attendance_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."attendance_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."object_to_attendance"(uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."object_to_attendance"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."object_to_attendance"(uuid, text) TO "postgres";

REVOKE ALL ON TABLE "public"."attendance_decisions" FROM "authenticated";

GRANT SELECT ON TABLE "public"."attendance_decisions" TO "authenticated";

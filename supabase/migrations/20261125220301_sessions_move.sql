SET local check_function_bodies = off;

DROP FUNCTION "private"."notify_parties"(uuid, text);

DROP FUNCTION "public"."platform_terms"();

DROP FUNCTION "public"."session_details"(uuid);

ALTER TABLE "public"."bookings"
  ADD COLUMN "moved_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."bookings"
  ADD COLUMN "moved_by" public.booking_actor;

ALTER TABLE "public"."bookings"
  ADD COLUMN "refund_cap_cents" integer;

ALTER TABLE "public"."cancellation_policies"
  ADD COLUMN "client_move_minutes" integer NOT NULL DEFAULT 1440;

ALTER TABLE "public"."cancellation_policies"
  ADD COLUMN "client_moves" integer NOT NULL DEFAULT 2;

ALTER TABLE "public"."cancellation_policies"
  ADD COLUMN "coach_move_minutes" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."orders"
  ADD COLUMN "client_move_minutes" integer NOT NULL DEFAULT 1440;

ALTER TABLE "public"."orders"
  ADD COLUMN "client_moves" integer NOT NULL DEFAULT 2;

ALTER TABLE "public"."orders"
  ADD COLUMN "coach_move_minutes" integer NOT NULL DEFAULT 0;

CREATE OR REPLACE FUNCTION admin.reschedule_booking (
  booking_id uuid,
  starts_at  timestamp with time zone,
  reason     text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.move_session(
    private.lock_booking(reschedule_booking.booking_id), 'admin', reschedule_booking.starts_at, reschedule_booking.reason
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.agreed_refund_cents (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (agreed_refund_cents.booking).moved_by in ('coach', 'admin') then orders.amount_cents
    else least(
      private.refund_cents(
        orders.amount_cents, orders.full_refund_minutes, orders.partial_refund_minutes,
        orders.partial_refund_percent, (agreed_refund_cents.booking).starts_at, agreed_refund_cents.actor, now()
      ),
      case when agreed_refund_cents.actor = 'client' then (agreed_refund_cents.booking).refund_cap_cents end
    )
  end
  from public.orders
  where orders.id = (agreed_refund_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.create_order (
  offer     public.offers,
  client_id uuid
)
  RETURNS uuid
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.orders (
    client_id, coach_id, offer_id, amount_cents, fee_cents, currency,
    full_refund_minutes, partial_refund_minutes, partial_refund_percent,
    client_move_minutes, client_moves, coach_move_minutes
  )
  select create_order.client_id, (create_order.offer).coach_id, (create_order.offer).id,
    (create_order.offer).price_cents,
    round((create_order.offer).price_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
    (create_order.offer).currency,
    cancellation_policies.full_refund_minutes,
    cancellation_policies.partial_refund_minutes,
    cancellation_policies.partial_refund_percent,
    cancellation_policies.client_move_minutes,
    cancellation_policies.client_moves,
    cancellation_policies.coach_move_minutes
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  where coaches.id = (create_order.offer).coach_id
  returning orders.id;
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
    when 'booking_cancelled' then booking.status = 'cancelled'
    when 'review_invitation' then booking.status = 'completed' and not exists (
      select from public.reviews where reviews.booking_id = booking.id
    )
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

CREATE OR REPLACE FUNCTION private.move_booking (
  booking_id uuid,
  expected   public.booking_status[],
  target     public.booking_status,
  actor      public.booking_actor,
  detail     jsonb                   DEFAULT '{}'::jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_before public.booking_status;
begin
  select bookings.status into v_before
  from public.bookings
  where bookings.id = move_booking.booking_id
  for update;

  if not (v_before = any (move_booking.expected)) then
    return false;
  end if;

  perform private.require_transition(v_before, move_booking.target, move_booking.actor);

  update public.bookings
  set status = move_booking.target,
      hold_expires_at = case when move_booking.target = 'held' then hold_expires_at end,
      confirmed_at = case when move_booking.target = 'confirmed' then now() else confirmed_at end,
      completed_at = case when move_booking.target = 'completed' then now() else completed_at end,
      sequence = bookings.sequence + (move_booking.target = 'cancelled')::integer,
      cancelled_at = case when move_booking.target = 'cancelled' then now() end,
      cancelled_by = case when move_booking.target = 'cancelled' then move_booking.actor end,
      cancel_reason = case when move_booking.target = 'cancelled' then move_booking.detail ->> 'reason' end
  where bookings.id = move_booking.booking_id;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    move_booking.booking_id,
    move_booking.actor,
    case when move_booking.actor in ('client', 'coach') then private.current_profile_id() end,
    v_before,
    move_booking.target,
    move_booking.detail
  );

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.move_refusal (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (move_refusal.booking).status <> 'confirmed' or (move_refusal.booking).starts_at <= now()
      then 'This session can no longer be moved.'
    when terms.move_until < now()
      then 'It is too close to the start to move this session. You can still cancel it, or write to each other.'
    when terms.moves_left <= 0
      then 'You have moved this session as often as you can. You can still cancel it, or ask your coach to move it.'
  end
  from private.terms_of_move(move_refusal.booking, move_refusal.actor) as terms;
$function$;

CREATE OR REPLACE FUNCTION private.move_session (
  booking   public.bookings,
  actor     public.booking_actor,
  starts_at timestamp with time zone,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_ends_at timestamptz := move_session.starts_at + ((move_session.booking).ends_at - (move_session.booking).starts_at);
  v_refusal text := private.move_refusal(move_session.booking, move_session.actor);
  v_sequence integer := (move_session.booking).sequence + 1;
begin
  if (move_session.booking).id is null or v_refusal is not null then
    raise exception '%', coalesce(v_refusal, 'There is no such session.') using errcode = 'OBNMV';
  end if;

  perform private.require_transition('confirmed', 'confirmed', move_session.actor);
  perform from public.coaches where coaches.id = (move_session.booking).coach_id for no key update;
  perform private.lock_calendar((move_session.booking).coach_id);
  perform private.require_free_move(move_session.booking, move_session.starts_at);

  begin
    update public.bookings
    set starts_at = move_session.starts_at,
        ends_at = v_ends_at,
        sequence = v_sequence,
        moved_at = now(),
        moved_by = move_session.actor,
        refund_cap_cents = case
          when move_session.actor = 'client' then private.agreed_refund_cents(move_session.booking, 'client')
        end
    where bookings.id = (move_session.booking).id;
  exception when exclusion_violation then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    (move_session.booking).id, move_session.actor,
    case when move_session.actor in ('client', 'coach') then private.current_profile_id() end,
    'confirmed', 'confirmed',
    jsonb_build_object(
      'from', (move_session.booking).starts_at, 'to', move_session.starts_at,
      'sequence', v_sequence, 'reason', left(trim(move_session.reason), 500)
    )
  );
  perform private.move_meeting((move_session.booking).id);
  perform private.notify_parties((move_session.booking).id, 'booking_moved', v_sequence + 1);
end;
$function$;

CREATE OR REPLACE FUNCTION private.notify_parties (
  booking_id uuid,
  kind       text,
  version    integer DEFAULT 1
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(party.profile_id, notify_parties.kind, bookings.id, bookings.id, notify_parties.version)
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (values (bookings.client_id), (coaches.profile_id)) as party (profile_id)
  where bookings.id = notify_parties.booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.refund_deadlines (
  booking public.bookings
)
  RETURNS TABLE (
    full_until    timestamp with time zone,
    partial_until timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select
    case
      when (refund_deadlines.booking).moved_by in ('coach', 'admin') then (refund_deadlines.booking).starts_at
      when (refund_deadlines.booking).refund_cap_cents < orders.amount_cents then (refund_deadlines.booking).moved_at
      else (refund_deadlines.booking).starts_at - make_interval(mins => orders.full_refund_minutes)
    end,
    case
      when (refund_deadlines.booking).moved_by in ('coach', 'admin') then (refund_deadlines.booking).starts_at
      when (refund_deadlines.booking).refund_cap_cents = 0 then (refund_deadlines.booking).moved_at
      else (refund_deadlines.booking).starts_at - make_interval(mins => orders.partial_refund_minutes)
    end
  from public.orders
  where orders.id = (refund_deadlines.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.refundable_cents (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least(
    private.agreed_refund_cents(refundable_cents.booking, refundable_cents.actor),
    greatest(0, orders.amount_cents - private.returned_cents(orders.id))
  )
  from public.orders
  where orders.id = (refundable_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.require_free_move (
  booking   public.bookings,
  starts_at timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_during tstzrange := tstzrange(
    require_free_move.starts_at,
    require_free_move.starts_at + ((require_free_move.booking).ends_at - (require_free_move.booking).starts_at)
  );
  v_offer public.offers;
begin
  if require_free_move.starts_at = (require_free_move.booking).starts_at then
    raise exception 'This is the time the session has already. Choose another one.' using errcode = 'OBTIM';
  end if;

  select * into v_offer from public.offers where offers.id = (require_free_move.booking).offer_id;
  perform private.expire_lapsed_holds((require_free_move.booking).coach_id, v_during);

  if not private.is_free(v_offer, require_free_move.starts_at, (require_free_move.booking).id) then
    if private.is_offered(v_offer, require_free_move.starts_at)
      and v_during && private.booked_times(v_offer.coach_id, v_during, (require_free_move.booking).id) then
      raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
    end if;
    raise exception 'This time is not open for booking. Choose another one.' using errcode = 'OBTIM';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_transition (
  before public.booking_status,
  after  public.booking_status,
  actor  public.booking_actor
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
begin
  if not exists (
    select from private.booking_transitions
    where booking_transitions.before = require_transition.before
      and booking_transitions.after = require_transition.after
      and require_transition.actor = any (booking_transitions.actors)
  ) then
    raise exception 'A booking that is % cannot be made % by the %.',
      require_transition.before, require_transition.after, require_transition.actor using errcode = 'OBMOV';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.send_reminders()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify_parties(bookings.id, notification_kinds.kind, bookings.sequence + 1)
  from private.reminder_leads() as notification_kinds
  join public.bookings
    on bookings.status = 'confirmed'
    and bookings.starts_at > now() + notification_kinds.lead / 2
    and bookings.starts_at <= now() + notification_kinds.lead
    and greatest(bookings.confirmed_at, bookings.moved_at) <= bookings.starts_at - notification_kinds.lead
  where not exists (
    select from public.notifications
    where notifications.subject_id = bookings.id
      and notifications.kind = notification_kinds.kind
      and notifications.version = bookings.sequence + 1
  );
$function$;

CREATE OR REPLACE FUNCTION private.terms_of_move (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS TABLE (
    move_until timestamp with time zone,
    moves_left integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (terms_of_move.booking).starts_at - make_interval(mins => case terms_of_move.actor
      when 'client' then orders.client_move_minutes
      when 'coach' then orders.coach_move_minutes
      else 0
    end),
    case when terms_of_move.actor = 'client' then orders.client_moves - (
      select count(*)::integer
      from public.booking_events
      where booking_events.booking_id = (terms_of_move.booking).id
        and booking_events.before = 'confirmed'
        and booking_events.after = 'confirmed'
        and booking_events.actor = 'client'
    ) end
  from public.orders
  where orders.id = (terms_of_move.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION public.move_slots (
  booking_id uuid,
  from_at    timestamp with time zone,
  to_at      timestamp with time zone
)
  RETURNS TABLE (
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select slot.starts_at, slot.ends_at
  from public.bookings as moved
  join public.offers on offers.id = moved.offer_id
  cross join lateral private.free_slots(
    moved.coach_id,
    offers.duration_minutes,
    tstzrange(
      move_slots.from_at,
      least(greatest(move_slots.to_at, move_slots.from_at), move_slots.from_at + interval '62 days')
    ),
    moved.id
  ) as slot
  where moved.id = move_slots.booking_id
    and private.booking_party(moved) is not null
    and slot.starts_at <> moved.starts_at
  order by slot.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."move_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.move_terms (
  booking_id uuid,
  starts_at  timestamp with time zone DEFAULT NULL::timestamp WITH time zone
)
  RETURNS TABLE (
    refusal    text,
    move_until timestamp with time zone,
    moves_left integer,
    full_until timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.move_refusal(bookings, party.actor), terms.move_until, terms.moves_left,
    case
      when party.actor = 'coach' then move_terms.starts_at
      when private.agreed_refund_cents(bookings, 'client') >= orders.amount_cents
        then move_terms.starts_at - make_interval(mins => orders.full_refund_minutes)
    end
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.terms_of_move(bookings, party.actor) as terms
  where bookings.id = move_terms.booking_id
    and party.actor is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."move_terms"(uuid, timestamp WITH time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.platform_terms()
  RETURNS TABLE (
    fee_basis_points       integer,
    hold_minutes           integer,
    join_opens_minutes     integer,
    review_window_days     integer,
    release_after_minutes  integer,
    full_refund_minutes    integer,
    partial_refund_minutes integer,
    partial_refund_percent integer,
    client_move_minutes    integer,
    client_moves           integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select settings.fee_basis_points, settings.hold_minutes, settings.join_opens_minutes,
    settings.review_window_days, settings.release_after_minutes,
    policy.full_refund_minutes, policy.partial_refund_minutes, policy.partial_refund_percent,
    policy.client_move_minutes, policy.client_moves
  from private.settings() as settings
  cross join public.cancellation_policies as policy
  where policy.is_default;
$function$;

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.refund_quote (
  booking_id uuid
)
  RETURNS TABLE (
    paid_cents             integer,
    refund_cents           integer,
    full_until             timestamp with time zone,
    partial_until          timestamp with time zone,
    partial_refund_percent integer,
    actor                  public.booking_actor
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.amount_cents,
    private.refundable_cents(bookings, party.actor),
    deadlines.full_until,
    deadlines.partial_until,
    orders.partial_refund_percent,
    party.actor
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  cross join lateral private.refund_deadlines(bookings) as deadlines
  where bookings.id = refund_quote.booking_id
    and party.actor is not null;
$function$;

CREATE OR REPLACE FUNCTION public.reschedule_booking (
  booking_id uuid,
  starts_at  timestamp with time zone,
  reason     text                     DEFAULT ''::text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_booking public.bookings := private.lock_booking(reschedule_booking.booking_id);
  v_actor public.booking_actor := private.booking_party(v_booking);
begin
  if v_actor is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  perform private.move_session(v_booking, v_actor, reschedule_booking.starts_at, reschedule_booking.reason);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."reschedule_booking"(uuid, timestamp WITH time zone, text) FROM PUBLIC, "anon", "service_role";

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
    is_cancellable    boolean,
    is_movable        boolean
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
    bookings.status = 'confirmed' and bookings.starts_at > now(),
    private.move_refusal(bookings, party.actor) is null
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

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_moved_say_by_whom" CHECK (((moved_at IS NULL) = (moved_by IS NULL)));

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_refund_cap" CHECK ((refund_cap_cents >= 0));

ALTER TABLE "public"."cancellation_policies"
  ADD CONSTRAINT "cancellation_policies_moves" CHECK (((client_move_minutes >= 0) AND (coach_move_minutes >= 0) AND (client_moves >= 0)));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_moves" CHECK (((client_move_minutes >= 0) AND (coach_move_minutes >= 0) AND (client_moves >= 0)));

COMMENT ON TABLE "public"."cancellation_policies" IS 'How much comes back when a client cancels, and who may move a session until when. Copied onto the order at sale.';

REVOKE ALL ON FUNCTION "admin"."reschedule_booking"(uuid, timestamp WITH time zone, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."reschedule_booking"(uuid, timestamp WITH time zone, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."reschedule_booking"(uuid, timestamp WITH time zone, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."agreed_refund_cents"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."agreed_refund_cents"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."agreed_refund_cents"(public.bookings, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."move_refusal"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_refusal"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."move_refusal"(public.bookings, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."move_session"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_session"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."move_session"(public.bookings, public.booking_actor, timestamp WITH time zone, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."notify_parties"(uuid, text, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."notify_parties"(uuid, text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."notify_parties"(uuid, text, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refund_deadlines"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refund_deadlines"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refund_deadlines"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_free_move"(public.bookings, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_free_move"(public.bookings, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_free_move"(public.bookings, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_transition"(public.booking_status, public.booking_status, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_transition"(public.booking_status, public.booking_status, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_transition"(public.booking_status, public.booking_status, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."terms_of_move"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."terms_of_move"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."terms_of_move"(public.bookings, public.booking_actor) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."move_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."move_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."move_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."move_terms"(uuid, timestamp WITH time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."move_terms"(uuid, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."move_terms"(uuid, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."reschedule_booking"(uuid, timestamp WITH time zone, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."reschedule_booking"(uuid, timestamp WITH time zone, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."reschedule_booking"(uuid, timestamp WITH time zone, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "postgres";

REVOKE ALL ("client_move_minutes") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("client_move_minutes") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("client_moves") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("client_moves") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("coach_move_minutes") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("coach_move_minutes") ON TABLE "public"."orders" TO "authenticated";

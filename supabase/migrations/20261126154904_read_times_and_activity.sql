SET local check_function_bodies = off;

DROP POLICY "Client and coach can view how far each has read" ON "public"."conversation_reads";

DROP FUNCTION "public"."conversation_details"(uuid);

ALTER TABLE "public"."conversation_reads"
  ALTER COLUMN "read_at" DROP DEFAULT;

ALTER TABLE "public"."conversation_reads"
  ALTER COLUMN "read_at" DROP NOT NULL;

CREATE OR REPLACE FUNCTION private.is_told_between (
  conversation_id uuid,
  profile_id      uuid,
  after_seq       bigint,
  until_seq       bigint
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.messages
    where messages.conversation_id = is_told_between.conversation_id
      and messages.seq > is_told_between.after_seq
      and messages.seq <= is_told_between.until_seq
      and messages.sender_id <> is_told_between.profile_id
      and messages.deleted_at is null
      and messages.removed_at is null
  );
$function$;

CREATE OR REPLACE FUNCTION private.note_read (
  conversation_id uuid,
  profile_id      uuid,
  seq             bigint
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.conversation_reads as known (conversation_id, profile_id, last_read_seq, read_at)
  values (
    note_read.conversation_id, note_read.profile_id, note_read.seq,
    case when private.is_told_between(note_read.conversation_id, note_read.profile_id, 0, note_read.seq) then now() end
  )
  on conflict (conversation_id, profile_id) do update
  set last_read_seq = excluded.last_read_seq,
    read_at = case
      when private.is_told_between(known.conversation_id, known.profile_id, known.last_read_seq, excluded.last_read_seq) then now()
      else known.read_at
    end
  where known.last_read_seq < excluded.last_read_seq;
$function$;

CREATE OR REPLACE FUNCTION private.session_activity (
  event public.booking_events
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case
    when (session_activity.event).before is distinct from 'confirmed' and (session_activity.event).after = 'confirmed' then 'booked'
    when (session_activity.event).before = 'confirmed' and (session_activity.event).detail ? 'from' then 'moved'
    when (session_activity.event).before = 'confirmed' and (session_activity.event).after = 'cancelled' then 'cancelled'
  end;
$function$;

CREATE OR REPLACE FUNCTION private.tell_activity (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_conversation_id uuid;
  v_told text := coalesce(current_setting('walkthrough.told_threads', true), '');
begin
  select conversations.id into v_conversation_id
  from public.orders
  join public.conversations on conversations.coach_id = orders.coach_id and conversations.client_id = orders.client_id
  where orders.id = tell_activity.order_id;

  if v_conversation_id is not null and position(v_conversation_id::text in v_told) = 0 then
    perform set_config('walkthrough.told_threads', v_told || v_conversation_id, true);
    perform realtime.send('{}', 'activity', 'conversation:' || v_conversation_id, true);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_conversation_reads__broadcast()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  if new.read_at is distinct from old.read_at
    and not exists (select from private.conversation_blocks where conversation_blocks.conversation_id = new.conversation_id)
  then
    perform realtime.send(
      jsonb_build_object('seq', new.last_read_seq), 'read', 'conversation:' || new.conversation_id, true
    );
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_threads__tell_activity()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_order_id uuid;
begin
  case tg_table_name
    when 'booking_events' then
      if private.session_activity(new) is not null then
        select bookings.order_id into v_order_id from public.bookings where bookings.id = new.booking_id;
      end if;
    when 'orders' then
      if new.paid_at is not null and old.paid_at is null and new.amount_cents > 0 then
        v_order_id := new.id;
      end if;
    when 'refunds' then
      if new.status = 'succeeded' and new.settled_at is not null and not coalesce(old.status = 'succeeded' and old.settled_at is not null, false) then
        v_order_id := new.order_id;
      end if;
    when 'reviews' then
      if (new.published_at is not null and new.removed_at is null) <> (old.published_at is not null and old.removed_at is null) then
        select bookings.order_id into v_order_id from public.bookings where bookings.id = new.booking_id;
      end if;
  end case;

  perform private.tell_activity(v_order_id);
  return null;
exception
  when others then
    raise warning 'tg_threads__tell_activity: %', sqlerrm;
    return null;
end;
$function$;

CREATE OR REPLACE FUNCTION public.conversation_details (
  conversation_id uuid
)
  RETURNS TABLE (
    party                text,
    counterpart_name     text,
    coach_id             uuid,
    coach_slug           text,
    last_seq             bigint,
    last_read_seq        bigint,
    counterpart_read_seq bigint,
    counterpart_read_at  timestamp with time zone,
    unread_count         integer,
    closed_because       text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.conversation_party(conversations), private.counterpart_name(conversations),
    coaches.id, coaches.slug, conversations.last_seq,
    coalesce(own.last_read_seq, 0), coalesce(theirs.last_read_seq, 0), theirs.read_at,
    private.unread_messages(conversations, private.current_profile_id()), private.closed_because(conversations)
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  left join public.conversation_reads as own
    on own.conversation_id = conversations.id and own.profile_id = private.current_profile_id()
  left join public.conversation_reads as theirs
    on theirs.conversation_id = conversations.id and theirs.profile_id <> private.current_profile_id()
    and not private.is_blocked(conversations)
  where conversations.id = conversation_details.conversation_id
    and private.conversation_party(conversations) is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."conversation_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.conversation_events (
  conversation_id uuid,
  first_seq       bigint DEFAULT NULL::bigint,
  last_seq        bigint DEFAULT NULL::bigint
)
  RETURNS TABLE (
    event_id      text,
    kind          text,
    actor         public.booking_actor,
    happened_at   timestamp with time zone,
    booking_id    uuid,
    offer_title   text,
    starts_at     timestamp with time zone,
    from_at       timestamp with time zone,
    session_count integer,
    amount_cents  integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with thread as (
    select conversations.*,
      coalesce((
        select messages.created_at from public.messages
        where messages.conversation_id = conversations.id and messages.seq = conversation_events.first_seq - 1
      ), '-infinity') as after_at,
      coalesce((
        select messages.created_at from public.messages
        where messages.conversation_id = conversations.id and messages.seq = conversation_events.last_seq
      ), 'infinity') as until_at
    from public.conversations
    where conversations.id = conversation_events.conversation_id
      and private.conversation_party(conversations) is not null
  ),
  steps as (
    select booking_events.id, bookings.id as booking_id, bookings.order_id, booking_events.created_at, booking_events.actor,
      private.session_activity(booking_events) as kind,
      coalesce((booking_events.detail ->> 'to')::timestamptz, (
        select (moves.detail ->> 'from')::timestamptz
        from public.booking_events as moves
        where moves.booking_id = bookings.id and moves.id > booking_events.id and moves.detail ? 'from'
        order by moves.id
        limit 1
      ), bookings.starts_at) as starts_at,
      (booking_events.detail ->> 'from')::timestamptz as from_at
    from thread
    join public.bookings on bookings.client_id = thread.client_id and bookings.coach_id = thread.coach_id
    join public.booking_events on booking_events.booking_id = bookings.id
  ),
  events as (
    select 'booking:' || min(steps.id) as event_id, steps.kind, steps.actor, steps.created_at as happened_at,
      (array_agg(steps.booking_id order by steps.starts_at))[1] as booking_id, steps.order_id,
      min(steps.starts_at) as starts_at, min(steps.from_at) as from_at, count(*)::integer as session_count,
      null::integer as amount_cents
    from steps
    where steps.kind is not null
    group by steps.kind, steps.actor, steps.order_id, steps.created_at
    union all
    select 'order:' || orders.id, 'paid', 'client', orders.paid_at, null, orders.id, null, null, orders.session_count, orders.amount_cents
    from thread
    join public.orders on orders.client_id = thread.client_id and orders.coach_id = thread.coach_id
    where orders.paid_at is not null and orders.amount_cents > 0
    union all
    select 'refund:' || refunds.id, 'refunded', 'system', refunds.settled_at, refunds.booking_id, orders.id, null, null, 1, refunds.amount_cents
    from thread
    join public.orders on orders.client_id = thread.client_id and orders.coach_id = thread.coach_id
    join public.refunds on refunds.order_id = orders.id
    where refunds.status = 'succeeded' and refunds.settled_at is not null
    union all
    select 'review:' || reviews.id, 'reviewed', reviews.author_party, reviews.published_at, reviews.booking_id, bookings.order_id,
      null, null, 1, null
    from thread
    join public.reviews on reviews.client_id = thread.client_id and reviews.coach_id = thread.coach_id
    join public.bookings on bookings.id = reviews.booking_id
    where reviews.published_at is not null and private.review_voided_by(reviews) is null
  )
  select events.event_id, events.kind, events.actor, events.happened_at, events.booking_id, offers.title,
    events.starts_at, events.from_at, events.session_count, events.amount_cents
  from events
  cross join thread
  join public.orders on orders.id = events.order_id
  join public.offers on offers.id = orders.offer_id
  where events.happened_at > thread.after_at
    and events.happened_at <= thread.until_at
  order by events.happened_at desc, events.event_id
  limit 200;
$function$;

CREATE TRIGGER booking_events__tell_activity
  AFTER INSERT ON public.booking_events
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_threads__tell_activity();

CREATE TRIGGER conversation_reads__broadcast
  AFTER INSERT OR UPDATE OF read_at ON public.conversation_reads
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_conversation_reads__broadcast();

CREATE TRIGGER orders__tell_activity
  AFTER INSERT OR UPDATE OF paid_at ON public.orders
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_threads__tell_activity();

CREATE TRIGGER refunds__tell_activity
  AFTER INSERT OR UPDATE OF status, settled_at ON public.refunds
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_threads__tell_activity();

CREATE TRIGGER reviews__tell_activity
  AFTER INSERT OR UPDATE OF published_at, removed_at ON public.reviews
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_threads__tell_activity();

CREATE POLICY "Client and coach can view how far they have read" ON "public"."conversation_reads"
  FOR SELECT
  TO "authenticated"
  USING ((profile_id = ( SELECT private.current_profile_id() AS current_profile_id)));

COMMENT ON COLUMN "public"."conversation_reads"."read_at" IS 'When they read the last of what the other wrote until there; null when there was nothing of it.';

REVOKE ALL ON FUNCTION "private"."is_told_between"(uuid, uuid, bigint, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_told_between"(uuid, uuid, bigint, bigint) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_told_between"(uuid, uuid, bigint, bigint) TO "postgres";

REVOKE ALL ON FUNCTION "private"."session_activity"(public.booking_events) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."session_activity"(public.booking_events) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."session_activity"(public.booking_events) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_activity"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_activity"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_activity"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_conversation_reads__broadcast"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_conversation_reads__broadcast"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_conversation_reads__broadcast"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_threads__tell_activity"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_threads__tell_activity"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_threads__tell_activity"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."conversation_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."conversation_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."conversation_details"(uuid) TO "postgres";

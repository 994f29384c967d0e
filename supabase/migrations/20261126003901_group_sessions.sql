SET local check_function_bodies = off;

DROP POLICY "Client and coach can view the meetings of their bookings" ON "public"."meetings";

DROP TRIGGER "bookings__check_calendly" ON "public"."bookings";

DROP INDEX "public"."meetings_one_per_booking";

ALTER TABLE "public"."bookings"
  DROP CONSTRAINT "bookings_never_overlap";

ALTER TABLE "public"."meetings"
  DROP CONSTRAINT "meetings_booking_id_fkey";

ALTER TABLE "public"."offers"
  DROP CONSTRAINT "offers_price";

DROP FUNCTION "private"."calendar_entries"(uuid, uuid);

DROP FUNCTION "private"."cancel_meeting"(uuid);

DROP FUNCTION "private"."plan_meeting"(uuid);

DROP FUNCTION "private"."replace_meeting"(uuid);

DROP FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind);

DROP FUNCTION "private"."set_time"(public.bookings, public.booking_actor, timestamp WITH time zone, text);

DROP FUNCTION "private"."write_move"(public.bookings, public.booking_actor, timestamp WITH time zone, text);

DROP FUNCTION "public"."calendar_entry"(uuid);

DROP FUNCTION "public"."calendar_feed"(text);

DROP FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean);

DROP FUNCTION "public"."session_details"(uuid);

DROP FUNCTION "public"."session_list"(public.booking_actor, boolean, integer);

CREATE TABLE "public"."group_dates" (
  "id"              uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "offer_id"        uuid                        NOT NULL,
  "coach_id"        uuid                        NOT NULL,
  "starts_at"       timestamp(6) with time zone NOT NULL,
  "ends_at"         timestamp(6) with time zone NOT NULL,
  "seats"           integer                     NOT NULL,
  "called_off_at"   timestamp(6) with time zone,
  "call_off_reason" text                        NOT NULL DEFAULT ''::text,
  "created_at"      timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "during"          tstzrange                   GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED NOT NULL,
  CONSTRAINT "group_dates_end_after_start" CHECK ((ends_at > starts_at)),
  CONSTRAINT "group_dates_pkey" PRIMARY KEY (id),
  CONSTRAINT "group_dates_seats" CHECK (((seats >= 2) AND (seats <= 50)))
);

ALTER TABLE "public"."group_dates"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."group_dates" FROM "anon", "service_role";

ALTER TABLE "public"."bookings"
  ADD COLUMN "group_date_id" uuid;

ALTER TABLE "public"."bookings"
  ADD COLUMN "is_name_shown" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."bookings"
  ADD COLUMN "occasion_id" uuid GENERATED ALWAYS AS (COALESCE(group_date_id, id)) STORED NOT NULL;

ALTER TABLE "public"."meetings"
  ADD COLUMN "group_date_id" uuid;

ALTER TABLE "public"."offers"
  ADD COLUMN "seats" integer;

ALTER TABLE "public"."meetings"
  ALTER COLUMN "booking_id" DROP NOT NULL;

ALTER TABLE "public"."meetings"
  ADD COLUMN "occasion_id" uuid GENERATED ALWAYS AS (COALESCE(group_date_id, booking_id)) STORED NOT NULL;

ALTER TYPE "public"."offer_kind" ADD VALUE 'group_session' AFTER 'intro_call';

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
      select bookings.coach_id, max(booking_events.created_at) as at
      from public.booking_events
      join public.bookings on bookings.id = booking_events.booking_id
      where booking_events.after = 'cancelled'
        and booking_events.actor = 'coach'
        and booking_events.created_at > bookings.starts_at - interval '24 hours'
      group by bookings.coach_id, bookings.occasion_id
    ),
    no_shows as (
      select distinct bookings.coach_id, bookings.occasion_id, bookings.starts_at as at
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
        and bookings.position = 1 -- A series is asked for and answered once.
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

CREATE OR REPLACE FUNCTION private.attendance (
  booking_id uuid
)
  RETURNS TABLE (
    client           boolean,
    coach            boolean,
    client_minutes   integer,
    coach_minutes    integer,
    minutes_together integer,
    sentence         text
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  with seen as (
    select range_agg(visits.during) filter (where visits.party = 'client') as client,
      range_agg(visits.during) filter (where visits.party = 'coach') as coach,
      coalesce(bool_or(visits.party is null), false) as has_nameless
    from private.visits(attendance.booking_id) as visits
  ),
  told as (
    select seen.*, not seen.has_nameless and exists (
      select from public.meetings
      join public.bookings on bookings.occasion_id = meetings.occasion_id
      where bookings.id = attendance.booking_id
        and meetings.attendance_read_at is not null
    ) as is_complete
    from seen
  ),
  counted as (
    select
      case when told.client is not null then true when told.is_complete then false end as client,
      case when told.coach is not null then true when told.is_complete then false end as coach,
      private.minutes_of(told.client) as client_minutes,
      private.minutes_of(told.coach) as coach_minutes,
      private.minutes_of(told.client * told.coach) as minutes_together
    from told
  )
  select counted.*, private.attendance_sentence(
    private.shown_name(profiles), coaches.display_name, counted.client, counted.coach,
    counted.client_minutes, counted.coach_minutes, counted.minutes_together
  )
  from counted
  join public.bookings on bookings.id = attendance.booking_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles on profiles.id = bookings.client_id;
$function$;

CREATE OR REPLACE FUNCTION private.booked_times (
  coach_id           uuid,
  time_window        tstzrange,
  except_booking_ids uuid[]    DEFAULT '{}'::uuid[]
)
  RETURNS tstzmultirange
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return (
      with reach as (
        select make_interval(mins => greatest(buffer_before_minutes, buffer_after_minutes)) as gap
        from public.availability_settings
        where availability_settings.coach_id = booked_times.coach_id
      ),
      taken as (
        select bookings.during
        from reach
        join public.bookings
          on bookings.coach_id = booked_times.coach_id
          and bookings.during && tstzrange(
            lower(booked_times.time_window) - reach.gap, upper(booked_times.time_window) + reach.gap
          )
          and bookings.status in ('held', 'requested', 'confirmed')
        where private.shown_status(bookings) <> 'expired'
          and bookings.id <> all (booked_times.except_booking_ids)
        union all
        select group_dates.during
        from reach
        join public.group_dates
          on group_dates.coach_id = booked_times.coach_id
          and group_dates.during && tstzrange(
            lower(booked_times.time_window) - reach.gap, upper(booked_times.time_window) + reach.gap
          )
          and group_dates.called_off_at is null
      )
      select coalesce(range_agg(tstzrange(lower(taken.during) - reach.gap, upper(taken.during) + reach.gap)), '{}')
      from taken
      cross join reach
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.calendar_entries (
  profile_id uuid,
  booking_id uuid DEFAULT NULL::uuid
)
  RETURNS TABLE (
    id               uuid,
    party            public.booking_actor,
    status           public.booking_status,
    sequence         integer,
    changed_at       timestamp with time zone,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    is_group_date    boolean
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select entry.*
  from (
    select bookings.id, party.actor, bookings.status, bookings.sequence,
      (select max(booking_events.created_at) from public.booking_events where booking_events.booking_id = bookings.id),
      bookings.starts_at, bookings.ends_at, offers.title,
      case party.actor when 'client' then coaches.display_name else private.shown_name(client) end,
      false
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    join public.offers on offers.id = bookings.offer_id
    join public.profiles as client on client.id = bookings.client_id
    cross join lateral (
      select case when bookings.client_id = calendar_entries.profile_id then 'client' else 'coach' end::public.booking_actor as actor
    ) as party
    where (
        bookings.client_id = calendar_entries.profile_id
        or bookings.group_date_id is null
          and bookings.coach_id = (select own.id from public.coaches as own where own.profile_id = calendar_entries.profile_id)
      )
      and (bookings.confirmed_at is not null or bookings.status = 'requested')
    union all
    select group_dates.id, 'coach', private.date_status(group_dates), (group_dates.called_off_at is not null)::integer,
      coalesce(group_dates.called_off_at, group_dates.created_at),
      group_dates.starts_at, group_dates.ends_at, offers.title, 'a group', true
    from public.group_dates
    join public.offers on offers.id = group_dates.offer_id
    join public.coaches on coaches.id = group_dates.coach_id and coaches.profile_id = calendar_entries.profile_id
  ) as entry
  where entry.id = calendar_entries.booking_id
    or calendar_entries.booking_id is null and entry.starts_at > now() - interval '90 days'
  order by entry.starts_at desc
  limit 1000;
$function$;

CREATE OR REPLACE FUNCTION private.calendly_event_type_of (
  booking public.bookings
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select calendly_event_types.uri
  from public.offers
  join public.calendly_offers on calendly_offers.lineage_id = offers.lineage_id
  join public.calendly_event_types on calendly_event_types.id = calendly_offers.event_type_id
  join private.calendly_connections on calendly_connections.coach_id = offers.coach_id
  where offers.id = (calendly_event_type_of.booking).offer_id
    and (calendly_event_type_of.booking).group_date_id is null
    and calendly_connections.plan = 'paid'
    and calendly_connections.status = 'connected'
    and calendly_event_types.is_active
    and make_interval(mins => calendly_event_types.duration_minutes)
      = (calendly_event_type_of.booking).ends_at - (calendly_event_type_of.booking).starts_at;
$function$;

CREATE OR REPLACE FUNCTION private.call_off (
  booking      public.bookings,
  actor        public.booking_actor,
  refund_cents integer,
  reason       text
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if not private.cancel_session(call_off.booking, call_off.actor, call_off.refund_cents, call_off.reason) then
    return false;
  end if;

  perform private.tell_of_call_off(call_off.booking);
  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.call_off_following (
  booking public.bookings,
  actor   public.booking_actor,
  reason  text
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_cents integer;
begin
  -- All are counted before the first is cancelled: afterwards there is less left of the order.
  with quotes as materialized (
    select bookings, private.refundable_cents(bookings, call_off_following.actor) as refund_cents
    from private.this_and_following(call_off_following.booking) as bookings
  )
  select sum(quotes.refund_cents) filter (
    where private.cancel_session(
      quotes.bookings, call_off_following.actor, quotes.refund_cents, call_off_following.reason
    )
  ) into v_refund_cents
  from quotes;

  if v_refund_cents is not null then
    perform private.tell_of_call_off(call_off_following.booking);
  end if;
  return v_refund_cents;
end;
$function$;

CREATE OR REPLACE FUNCTION private.cancel_meeting (
  occasion_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting_id uuid;
begin
  update public.meetings
  set status = 'cancelled'
  where meetings.occasion_id = cancel_meeting.occasion_id
    and meetings.status <> 'cancelled'
  returning meetings.id into v_meeting_id;

  if v_meeting_id is not null then
    perform private.enqueue(
      'zoom.delete_meeting', 'zoom.delete_meeting:' || v_meeting_id, jsonb_build_object('meeting_id', v_meeting_id)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.cancel_session (
  booking      public.bookings,
  actor        public.booking_actor,
  refund_cents integer,
  reason       text
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if (cancel_session.booking).starts_at <= now() or not private.move_booking(
    (cancel_session.booking).id, array['confirmed']::public.booking_status[], 'cancelled', cancel_session.actor,
    jsonb_build_object('reason', left(trim(cancel_session.reason), 500), 'refund_cents', cancel_session.refund_cents)
  ) then
    return false;
  end if;

  if cancel_session.refund_cents > 0 then
    perform private.request_refund(
      cancel_session.booking, cancel_session.refund_cents,
      (cancel_session.actor || '_cancelled')::public.refund_reason
    );
  end if;
  perform private.leave_meeting(cancel_session.booking);

  return true;
end;
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
      'duration_minutes', (extract(epoch from v_meeting.ends_at - v_meeting.starts_at) / 60)::integer
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

CREATE OR REPLACE FUNCTION private.date_span (
  coach     public.coaches,
  offer     public.offers,
  day       date,
  starts_at time without time zone
)
  RETURNS tstzrange
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
declare
  v_starts_at timestamptz := (date_span.day + date_span.starts_at)
    at time zone private.zone_on((date_span.coach).id, date_span.day);
begin
  if v_starts_at is null or v_starts_at not between now() and now() + interval '366 days' then
    raise exception 'Choose a time that is still to come, at most a year ahead.' using errcode = 'OGDAY';
  end if;

  return tstzrange(v_starts_at, v_starts_at + make_interval(mins => (date_span.offer).duration_minutes));
end;
$function$;

CREATE OR REPLACE FUNCTION private.date_status (
  group_date public.group_dates
)
  RETURNS public.booking_status
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (date_status.group_date).called_off_at is not null then 'cancelled'
    when (date_status.group_date).ends_at <= now() then 'completed'
    else 'confirmed'
  end::public.booking_status;
$function$;

CREATE OR REPLACE FUNCTION private.empty_date (
  group_date_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.group_date_id = empty_date.group_date_id
      and bookings.status in ('held', 'confirmed')
    order by bookings.id
    for update of orders, bookings skip locked
  loop
    perform private.lapse_hold(v_booking.order_id, 'coach');
    perform private.call_off(
      v_booking, 'coach', private.refundable_cents(v_booking, 'coach'), group_dates.call_off_reason
    )
    from public.group_dates
    where group_dates.id = v_booking.group_date_id;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.empty_dates()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_date_id uuid;
begin
  for v_date_id in
    select group_dates.id
    from public.group_dates
    where group_dates.called_off_at is not null
      and group_dates.starts_at > now()
      and exists (
        select from public.bookings
        where bookings.group_date_id = group_dates.id and bookings.status in ('held', 'confirmed')
      )
    for update of group_dates skip locked
  loop
    perform private.empty_date(v_date_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.full_times (
  coach_id           uuid,
  time_window        tstzrange,
  except_booking_ids uuid[]    DEFAULT '{}'::uuid[]
)
  RETURNS tstzmultirange
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return (
      with limits as (
        select unit, most, make_interval(days => case unit when 'day' then 1 else 7 end) as length
        from public.availability_settings
        cross join lateral (values ('day', max_sessions_per_day), ('week', max_sessions_per_week)) as rule (unit, most)
        where availability_settings.coach_id = full_times.coach_id
          and most is not null
      ),
      spans as (
        select span.during, span.time_zone
        from private.zone_spans(full_times.coach_id, full_times.time_window) as span
        where exists (select from limits)
      ),
      sessions as (
        select starts.starts_at, span.time_zone
        from private.zone_spans(
          full_times.coach_id,
          tstzrange(lower(full_times.time_window) - interval '9 days', upper(full_times.time_window) + interval '9 days')
        ) as span
        join (
          select bookings.starts_at
          from public.bookings
          where bookings.coach_id = full_times.coach_id
            and bookings.starts_at between lower(full_times.time_window) - interval '9 days' and upper(full_times.time_window) + interval '9 days'
            and private.shown_status(bookings) not in ('cancelled', 'declined', 'expired')
            and bookings.id <> all (full_times.except_booking_ids)
          union -- Without doubles: seats at one date, and the date itself.
          select group_dates.starts_at
          from public.group_dates
          where group_dates.coach_id = full_times.coach_id
            and group_dates.starts_at between lower(full_times.time_window) - interval '9 days' and upper(full_times.time_window) + interval '9 days'
            and group_dates.called_off_at is null
        ) as starts on span.during @> starts.starts_at
        where exists (select from limits)
      ),
      full_units as (
        select date_trunc(limits.unit, sessions.starts_at at time zone sessions.time_zone) as first, limits.length
        from sessions
        cross join limits
        group by 1, 2, limits.most
        having count(*) >= limits.most
      )
      select coalesce(
        range_agg(
          spans.during * tstzrange(
            full_units.first at time zone spans.time_zone,
            (full_units.first + full_units.length) at time zone spans.time_zone
          )
        ),
        '{}'
      )
      from full_units
      cross join spans
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.hold_times (
  offer_id  uuid,
  starts    timestamp with time zone[],
  time_zone text,
  note      text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers;
  v_order_id uuid;
  v_booking_id uuid;
  v_first_id uuid;
  v_gone timestamptz[] := '{}';
begin
  if not private.is_time_zone(hold_times.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(hold_times.offer_id, v_client.id);

  perform private.require_few_holds(v_client.id);
  perform private.require_first_intro_call(v_offer, v_client.id);
  perform private.lock_calendar(v_offer.coach_id);

  v_order_id := private.create_order(v_offer, v_client.id, cardinality(hold_times.starts));

  for v_position in 1 .. cardinality(hold_times.starts) loop
    v_booking_id := private.hold_time(
      v_offer, v_order_id, v_position, hold_times.starts[v_position], hold_times.time_zone, hold_times.note
    );
    v_first_id := coalesce(v_first_id, v_booking_id);

    if v_booking_id is null then
      v_gone := v_gone || hold_times.starts[v_position];
    end if;
  end loop;

  if cardinality(v_gone) > 0 then
    if cardinality(hold_times.starts) = 1 then
      perform private.refuse_time(v_offer, v_gone[1]);
    end if;
    raise exception 'Nothing is booked, because not every date is free any more: %.',
      private.date_list(v_gone, hold_times.time_zone) using errcode = 'OBDAT';
  end if;

  if v_offer.price_cents = 0 then
    -- Nothing is to be paid, so nothing is waited for.
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order_id;
    perform private.confirm_booking(v_order_id);
  end if;

  return v_first_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_awaited (
  meeting public.meetings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.bookings
    where bookings.occasion_id = (is_awaited.meeting).occasion_id
      and bookings.status = 'confirmed'
      and bookings.ends_at > now()
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_free (
  offer              public.offers,
  starts_at          timestamp with time zone,
  except_booking_ids uuid[]                   DEFAULT '{}'::uuid[]
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_free.offer).kind <> 'group_session' and exists (
    select
    from private.free_slots(
      (is_free.offer).coach_id,
      (is_free.offer).duration_minutes,
      tstzrange(is_free.starts_at, is_free.starts_at + interval '1 second'),
      is_free.except_booking_ids
    ) as slot
    where slot.starts_at = is_free.starts_at
      and (is_free.except_booking_ids <> '{}' or slot.starts_at >= private.bookable_from(is_free.offer))
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_neighbor (
  booking      public.bookings,
  profile_id   uuid,
  customer_key text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.bookings as other
    where other.group_date_id = (is_neighbor.booking).group_date_id
      and other.client_id <> (is_neighbor.booking).client_id
      and (other.client_id = is_neighbor.profile_id or private.customer_key(other.client_id) = is_neighbor.customer_key)
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_offered (
  offer     public.offers,
  starts_at timestamp with time zone
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_offered.offer).kind <> 'group_session' and exists (
    select
    from private.offered_slots(
      (is_offered.offer).coach_id,
      (is_offered.offer).duration_minutes,
      tstzrange(is_offered.starts_at, is_offered.starts_at + interval '1 second')
    ) as slot
    where slot.starts_at = is_offered.starts_at
  );
$function$;

CREATE OR REPLACE FUNCTION private.leave_dates (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach_id uuid := (select coaches.id from public.coaches where coaches.profile_id = leave_dates.profile_id);
  v_booking_ids uuid[] := array(
    select bookings.id from public.bookings
    where (bookings.client_id = leave_dates.profile_id or bookings.coach_id = v_coach_id)
      and bookings.status in ('held', 'requested', 'confirmed')
  );
begin
  perform from public.orders
  where orders.id in (select bookings.order_id from public.bookings where bookings.id = any (v_booking_ids))
  order by orders.id
  for update;

  perform from public.bookings where bookings.id = any (v_booking_ids) order by bookings.id for update;

  perform from public.group_dates
  where group_dates.coach_id = v_coach_id
    or group_dates.id in (select bookings.group_date_id from public.bookings where bookings.id = any (v_booking_ids))
  order by group_dates.id
  for update;

  update public.group_dates
  set called_off_at = now(), call_off_reason = 'The account was closed.'
  where group_dates.coach_id = v_coach_id
    and group_dates.called_off_at is null
    and group_dates.starts_at > now();
end;
$function$;

CREATE OR REPLACE FUNCTION private.leave_meeting (
  booking public.bookings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform from public.group_dates where group_dates.id = (leave_meeting.booking).group_date_id for update;

  if not exists (
    select from public.bookings
    where bookings.group_date_id = (leave_meeting.booking).group_date_id
      and bookings.status = 'confirmed'
  ) then
    perform private.cancel_meeting((leave_meeting.booking).occasion_id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.leave_sessions (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_left record;
  v_first public.bookings;
begin
  perform private.leave_dates(leave_sessions.profile_id);

  for v_left in
    select bookings.order_id,
      case when bookings.client_id = leave_sessions.profile_id then 'client' else 'coach' end::public.booking_actor as actor
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    where leave_sessions.profile_id in (bookings.client_id, coaches.profile_id)
      and bookings.status in ('held', 'requested', 'confirmed')
    group by bookings.order_id, actor
    order by bookings.order_id
  loop
    perform private.lapse_hold(v_left.order_id, v_left.actor); -- Locks the order.
    perform private.end_request(
      v_left.order_id,
      case v_left.actor when 'client' then 'cancelled' else 'declined' end::public.booking_status,
      v_left.actor, 'The account was closed.'
    );

    select * into v_first
    from public.bookings
    where bookings.order_id = v_left.order_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
    order by bookings.starts_at
    limit 1;
    perform private.call_off_following(v_first, v_left.actor, 'The account was closed.');
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.listed_dates()
  RETURNS TABLE (
    booking_id       uuid,
    status           public.booking_status,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    hold_expires_at  timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    coach_slug       text,
    amount_cents     integer,
    is_joinable      boolean,
    is_reviewable    boolean,
    session_position integer,
    session_count    integer,
    group_date_id    uuid,
    seats            integer,
    seats_taken      integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select null::uuid, private.date_status(group_dates), group_dates.starts_at, group_dates.ends_at, null::timestamptz,
    offers.title, null::text, coaches.slug, null::integer, false, false, 1, 1,
    group_dates.id, group_dates.seats, private.seats_taken(group_dates.id)
  from public.group_dates
  join public.offers on offers.id = group_dates.offer_id
  join public.coaches on coaches.id = group_dates.coach_id
  where group_dates.coach_id = private.current_coach_id()
    and (
      group_dates.called_off_at is null
      or exists (
        select from public.bookings
        where bookings.group_date_id = group_dates.id and bookings.confirmed_at is not null
      )
    );
$function$;

CREATE OR REPLACE FUNCTION private.lock_bookings_of_meeting (
  meeting_id uuid
)
  RETURNS uuid[]
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_ids uuid[] := array(
    select bookings.id
    from public.meetings
    join public.bookings on bookings.occasion_id = meetings.occasion_id
    where meetings.id = lock_bookings_of_meeting.meeting_id
    order by bookings.id
  );
begin
  perform from public.orders
  where orders.id in (select bookings.order_id from public.bookings where bookings.id = any (v_booking_ids))
  order by orders.id
  for update;
  perform from public.bookings where bookings.id = any (v_booking_ids) order by bookings.id for update;

  return v_booking_ids;
end;
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
    'is_charged', orders.paid_at is not null,
    'answer_by', bookings.answer_by,
    'note', bookings.note,
    'refund_cents', private.returned_cents(orders.id),
    'cancelled_by', bookings.cancelled_by,
    'cancel_reason', bookings.cancel_reason,
    'moved_by', bookings.moved_by,
    'moved_from', last_move.detail ->> 'from',
    'move_reason', last_move.detail ->> 'reason',
    'attendance', private.mail_attendance(bookings.id),
    'seats', private.mail_seats(bookings.group_date_id),
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

CREATE OR REPLACE FUNCTION private.mail_seats (
  group_date_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('taken', private.seats_taken(group_dates.id), 'total', group_dates.seats)
  from public.group_dates
  where group_dates.id = mail_seats.group_date_id;
$function$;

CREATE OR REPLACE FUNCTION private.missing_in_practice (
  coach public.coaches
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (missing_in_practice.coach).headline = '' or (missing_in_practice.coach).bio = ''
      or cardinality((missing_in_practice.coach).states) = 0
      or cardinality((missing_in_practice.coach).specialties) = 0 then 'profile'
    when not exists (
      select from public.weekly_hours where weekly_hours.coach_id = (missing_in_practice.coach).id
    ) then 'hours'
    when not exists (
      select from public.offers
      where offers.coach_id = (missing_in_practice.coach).id and offers.archived_at is null and offers.kind = 'session'
    ) then 'offers'
  end;
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
  where meetings.occasion_id = v_booking.occasion_id
    and meetings.status <> 'cancelled'
  for update;

  if not found or (v_meeting.starts_at, v_meeting.ends_at) = (v_booking.starts_at, v_booking.ends_at) then
    return;
  end if;

  -- Without a host yet, or with one who is busy then, it is planned like a new one.
  if v_meeting.host_id is null
    or not private.is_host_free(v_meeting.host_id, v_booking.starts_at, v_booking.ends_at, v_meeting.id) then
    perform private.replace_meeting(v_booking.occasion_id);
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
    when (move_refusal.booking).group_date_id is not null and move_refusal.actor = 'coach'
      then 'Only whoever has the seat can move it to another date. You can call the date off.'
    when terms.move_until < now()
      then 'It is too close to the start to move this session. You can still cancel it, or write to each other.'
    when terms.moves_left <= 0
      then 'You have moved this session as often as you can. You can still cancel it, or ask your coach to move it.'
  end
  from private.terms_of_move(move_refusal.booking, move_refusal.actor) as terms;
$function$;

CREATE OR REPLACE FUNCTION private.move_seat (
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
  v_date public.group_dates;
begin
  select * into v_date
  from private.other_dates(move_seat.booking) as dates
  where dates.starts_at = move_seat.starts_at;

  if not found then
    raise exception 'A seat moves to another date of the same session. Choose one of them.' using errcode = 'OBTIM';
  end if;

  -- Both dates, in one order: two seats that change places would each wait for the other.
  perform from public.group_dates
  where group_dates.id in ((move_seat.booking).group_date_id, v_date.id)
  order by group_dates.id
  for update;

  perform private.expire_lapsed_holds(v_date.coach_id, v_date.during);
  perform private.require_no_seat(v_date.id, (move_seat.booking).client_id);
  perform private.write_move(move_seat.booking, move_seat.actor, v_date.starts_at, move_seat.reason, v_date.id);

  perform private.plan_meeting(v_date.id);
  perform private.leave_meeting(move_seat.booking);
end;
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
  v_refusal text := private.move_refusal(move_session.booking, move_session.actor);
begin
  if (move_session.booking).id is null or v_refusal is not null then
    raise exception '%', coalesce(v_refusal, 'There is no such session.') using errcode = 'OBNMV';
  end if;

  perform private.require_transition('confirmed', 'confirmed', move_session.actor);
  perform from public.coaches where coaches.id = (move_session.booking).coach_id for no key update;

  if (move_session.booking).group_date_id is not null then
    perform private.move_seat(
      move_session.booking, move_session.actor, move_session.starts_at, move_session.reason
    );
    return;
  end if;

  perform private.lock_calendar((move_session.booking).coach_id);
  perform private.require_free_move(
    move_session.booking, move_session.starts_at, array[(move_session.booking).id]
  );

  perform private.write_move(move_session.booking, move_session.actor, move_session.starts_at, move_session.reason);
end;
$function$;

CREATE OR REPLACE FUNCTION private.offer_of_date (
  group_date_id uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_lineage_id uuid;
begin
  select offers.lineage_id into v_lineage_id
  from public.group_dates
  join public.offers on offers.id = group_dates.offer_id
  where group_dates.id = offer_of_date.group_date_id;

  if not found then
    raise exception 'There is no such date.' using errcode = 'OGNFD';
  end if;

  return (select offers.id from public.offers where offers.lineage_id = v_lineage_id and offers.archived_at is null);
end;
$function$;

CREATE OR REPLACE FUNCTION private.open_meeting (
  booking_id uuid
)
  RETURNS public.meetings
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_meeting public.meetings;
begin
  select * into v_booking from public.bookings where bookings.id = open_meeting.booking_id;

  if private.booking_party(v_booking) is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.ends_at <= now() then
    raise exception 'This session is over or was called off.' using errcode = 'MTOVR';
  end if;

  if now() < v_booking.starts_at - make_interval(mins => (private.settings()).join_opens_minutes) then
    raise exception 'The meeting opens % minutes before the session.', (private.settings()).join_opens_minutes
      using errcode = 'MTEAR';
  end if;

  select * into v_meeting
  from public.meetings
  where meetings.occasion_id = v_booking.occasion_id
    and meetings.status = 'ready';

  if not found then
    raise exception 'The meeting room is being prepared. Try again in a minute.' using errcode = 'MTPRE';
  end if;

  return v_meeting;
end;
$function$;

CREATE OR REPLACE FUNCTION private.other_dates (
  booking public.bookings
)
  RETURNS SETOF public.group_dates
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select group_dates.*
  from public.offers as sold
  join public.offers as version on version.lineage_id = sold.lineage_id
  join public.group_dates on group_dates.offer_id = version.id
  where sold.id = (other_dates.booking).offer_id
    and group_dates.id <> (other_dates.booking).group_date_id
    and group_dates.called_off_at is null
    and group_dates.starts_at > now();
$function$;

CREATE OR REPLACE FUNCTION private.plan_attendance (
  booking public.bookings
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'zoom.read_attendance', 'zoom.read_attendance:' || meetings.id, jsonb_build_object('meeting_id', meetings.id),
    (plan_attendance.booking).ends_at + make_interval(mins => (private.settings()).no_show_grace_minutes)
  )
  from public.meetings
  where meetings.occasion_id = (plan_attendance.booking).occasion_id
    and meetings.status = 'ready';
$function$;

CREATE OR REPLACE FUNCTION private.plan_meeting (
  occasion_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting_id uuid;
begin
  insert into public.meetings (booking_id, group_date_id, starts_at, ends_at)
  select case when bookings.group_date_id is null then bookings.id end, bookings.group_date_id,
    bookings.starts_at, bookings.ends_at
  from public.bookings
  where bookings.occasion_id = plan_meeting.occasion_id
    and (bookings.group_date_id is null or not exists (
      select from public.meetings
      where meetings.occasion_id = plan_meeting.occasion_id and meetings.status <> 'cancelled'
    ))
  limit 1
  returning meetings.id into v_meeting_id;

  if v_meeting_id is null then
    return;
  end if;

  perform private.assign_meeting_host(v_meeting_id);

  perform private.enqueue(
    'zoom.create_meeting', 'zoom.create_meeting:' || v_meeting_id, jsonb_build_object('meeting_id', v_meeting_id)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.plan_missing_meetings()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_ids uuid[];
  v_found record;
begin
  -- All bookings before the hosts; who holds one is about to change it.
  select array_agg(locked.id) into v_booking_ids
  from (
    select bookings.id
    from public.bookings
    where bookings.status = 'confirmed'
      and bookings.ends_at > now()
    order by bookings.id
    for update skip locked
  ) as locked;
  perform from public.group_dates
  where group_dates.id in (select bookings.group_date_id from public.bookings where bookings.id = any (v_booking_ids))
  order by group_dates.id
  for update;
  perform private.lock_hosts();

  for v_found in
    -- One row for all seats at a date: they are in one meeting.
    select distinct on (booking.occasion_id) booking.id as booking_id, booking.occasion_id, meetings.id as meeting_id, meetings.zoom_meeting_id, meetings.host_id,
      outbox.status = 'failed' as is_given_up,
      (meetings.starts_at, meetings.ends_at) <> (booking.starts_at, booking.ends_at) as is_at_another_time
    from public.bookings as booking
    left join public.meetings on meetings.occasion_id = booking.occasion_id and meetings.status <> 'cancelled'
    left join private.outbox
      on outbox.dedupe_key = 'zoom.create_meeting:' || meetings.id and meetings.status = 'pending'
    where booking.id = any (v_booking_ids)
      and (
        meetings.id is null
        or outbox.status = 'failed'
        or (meetings.starts_at, meetings.ends_at) <> (booking.starts_at, booking.ends_at)
      )
  loop
    if v_found.meeting_id is null or v_found.is_given_up then
      perform private.replace_meeting(v_found.occasion_id);
    else
      perform private.move_meeting(v_found.booking_id);
    end if;

    insert into private.meeting_repairs (kind, booking_id, meeting_id, zoom_meeting_id, host_id)
    values (
      case when v_found.is_at_another_time then 'other_time' else 'not_planned' end::private.meeting_repair,
      v_found.booking_id, v_found.meeting_id, v_found.zoom_meeting_id, v_found.host_id
    );
  end loop;
end;
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
  v_booking_ids uuid[];
begin
  if record_attendance.result is null then
    return;
  end if;

  -- Orders and bookings first: the decision may move both.
  v_booking_ids := private.lock_bookings_of_meeting(record_attendance.meeting_id);

  perform private.record_participant(record_attendance.meeting_id, visit)
  from jsonb_array_elements(record_attendance.result -> 'visits') as visit;

  update public.meetings
  set attendance_read_at = now()
  where meetings.id = record_attendance.meeting_id
    and meetings.attendance_read_at is null;

  perform private.decide_attendance(booking_id) from unnest(v_booking_ids) as booking_id;
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
  -- The booking or date first: who cancels it meanwhile must find the meeting that takes its place.
  perform from public.bookings
  where bookings.id = (select meetings.booking_id from public.meetings where meetings.id = record_meeting_move.meeting_id)
  for update;
  perform from public.group_dates
  where group_dates.id = (select meetings.group_date_id from public.meetings where meetings.id = record_meeting_move.meeting_id)
  for update;
  perform private.lock_hosts();

  select * into v_meeting
  from public.meetings
  where meetings.id = record_meeting_move.meeting_id
    and meetings.status = 'ready'
  for update;

  if not (record_meeting_move.result ->> 'is_there')::boolean then
    perform private.replace_meeting(v_meeting.occasion_id) where v_meeting.id is not null;
  elsif v_meeting.starts_at <> (record_meeting_move.result ->> 'starts_at')::timestamptz then
    perform private.tell_zoom_the_time(v_meeting.id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refresh_listing (
  coach_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  -- Two refreshes of one coach wait for each other, so that the later sees all.
  perform from public.coaches where coaches.id = refresh_listing.coach_id for no key update;

  delete from public.coach_listings
  using public.coaches
  where coach_listings.coach_id = refresh_listing.coach_id
    and coaches.id = coach_listings.coach_id
    and coaches.status <> 'approved';

  insert into public.coach_listings as listing (
    coach_id, document, states, specialties, languages, from_price_cents,
    rating_average, review_count, rating_score, sessions_held, listed_at
  )
  select coaches.id, private.coach_document(coaches), coaches.states, coaches.specialties, coaches.languages,
    (
      select min(offers.price_cents) from public.offers
      where offers.coach_id = coaches.id and offers.archived_at is null and offers.kind = 'session'
    ),
    ratings.average, ratings.amount, (coalesce(ratings.total, 0) + 4.3 * 5) / (ratings.amount + 5),
    (
      select count(distinct bookings.occasion_id) from public.bookings
      where bookings.coach_id = coaches.id and bookings.status = 'completed'
    ),
    coalesce(coaches.approved_at, now())
  from public.coaches
  cross join lateral (
    select avg(reviews.rating) as average, count(*) as amount, sum(reviews.rating) as total
    from public.reviews
    where reviews.coach_id = coaches.id
  ) as ratings
  where coaches.id = refresh_listing.coach_id
    and coaches.status = 'approved'
  on conflict (coach_id) do update
  set document = excluded.document,
      states = excluded.states,
      specialties = excluded.specialties,
      languages = excluded.languages,
      from_price_cents = excluded.from_price_cents,
      rating_average = excluded.rating_average,
      review_count = excluded.review_count,
      rating_score = excluded.rating_score,
      sessions_held = excluded.sessions_held,
      listed_at = excluded.listed_at;
end;
$function$;

CREATE OR REPLACE FUNCTION private.replace_meeting (
  occasion_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  perform private.cancel_meeting(replace_meeting.occasion_id);
  perform private.plan_meeting(bookings.occasion_id)
  from public.bookings
  where bookings.occasion_id = replace_meeting.occasion_id
    and bookings.status = 'confirmed'
    and bookings.ends_at > now()
  limit 1;
end;
$function$;

CREATE OR REPLACE FUNCTION private.replace_missing_meetings (
  host_id          text,
  zoom_meeting_ids text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
begin
  -- Bookings and dates first: who cancels one meanwhile must find the meeting that takes its place.
  perform from public.bookings
  where bookings.id in (
    select meetings.booking_id from public.meetings
    where meetings.zoom_meeting_id = any (replace_missing_meetings.zoom_meeting_ids)
  )
  order by bookings.id
  for update;
  perform from public.group_dates
  where group_dates.id in (
    select meetings.group_date_id from public.meetings
    where meetings.zoom_meeting_id = any (replace_missing_meetings.zoom_meeting_ids)
  )
  order by group_dates.id
  for update;
  perform private.lock_hosts();

  for v_meeting in
    select meetings.*
    from public.meetings
    where private.is_awaited(meetings)
      and meetings.zoom_meeting_id = any (replace_missing_meetings.zoom_meeting_ids)
      and meetings.host_id = replace_missing_meetings.host_id
      and meetings.status = 'ready'
    for update of meetings
  loop
    perform private.replace_meeting(v_meeting.occasion_id);

    insert into private.meeting_repairs (kind, booking_id, meeting_id, zoom_meeting_id, host_id)
    values ('gone_at_zoom', v_meeting.booking_id, v_meeting.id, v_meeting.zoom_meeting_id, v_meeting.host_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_few_holds (
  client_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  perform from public.profiles where profiles.id = require_few_holds.client_id for no key update;

  if (
    select count(*) from public.bookings
    where bookings.client_id = require_few_holds.client_id
      and bookings.status = 'held'
      and bookings.hold_expires_at > now()
  ) >= 3 then
    raise exception 'You are holding three times already. Pay for one or let it go first.' using errcode = 'OBMNY';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_no_seat (
  group_date_id uuid,
  client_id     uuid
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if exists (
    select from public.bookings
    where bookings.group_date_id = require_no_seat.group_date_id
      and bookings.client_id = require_no_seat.client_id
      and bookings.status in ('held', 'requested', 'confirmed')
  ) then
    raise exception 'You have a seat at this date already.' using errcode = 'OGTWO';
  end if;
end;
$function$;

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.require_valid_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  kind             public.offer_kind DEFAULT 'session'::public.offer_kind,
  seats            integer           DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE plpgsql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
begin
  if char_length(trim(require_valid_offer.title)) not between 3 and 80 then
    raise exception 'Name the session in 3 to 80 characters.' using errcode = 'OFTIT';
  end if;
  if char_length(trim(require_valid_offer.description)) > 600 then
    raise exception 'Describe the session in at most 600 characters.' using errcode = 'OFDES';
  end if;
  if require_valid_offer.duration_minutes not between 15 and 240 or require_valid_offer.duration_minutes % 5 <> 0 then
    raise exception 'A session lasts 15 to 240 minutes, in steps of 5.' using errcode = 'OFLEN';
  end if;
  if require_valid_offer.kind <> 'intro_call' and require_valid_offer.price_cents not between 500 and 500000 then
    raise exception 'A session costs $5 to $5,000.' using errcode = 'OFPRI';
  end if;
  if require_valid_offer.kind = 'group_session' and coalesce(require_valid_offer.seats not between 2 and 50, true) then
    raise exception 'A group session has 2 to 50 seats.' using errcode = 'OFSEA';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.seats_taken (
  group_date_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select count(*)::integer
  from public.bookings
  where bookings.group_date_id = seats_taken.group_date_id
    and private.shown_status(bookings) not in ('cancelled', 'declined', 'expired');
$function$;

CREATE OR REPLACE FUNCTION private.send_reminders()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(
    party.profile_id, notification_kinds.kind, party.subject_id, bookings.id, bookings.sequence + 1
  )
  from private.reminder_leads() as notification_kinds
  join public.bookings
    on bookings.status = 'confirmed'
    and bookings.starts_at > now() + notification_kinds.lead / 2
    and bookings.starts_at <= now() + notification_kinds.lead
    and greatest(bookings.confirmed_at, bookings.moved_at) <= bookings.starts_at - notification_kinds.lead
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (
    values (bookings.client_id, bookings.id), (coaches.profile_id, bookings.occasion_id)
  ) as party (profile_id, subject_id)
  where not exists (
    select from public.notifications
    where notifications.subject_id = party.subject_id
      and notifications.recipient_id = party.profile_id
      and notifications.kind = notification_kinds.kind
      and (notifications.version = bookings.sequence + 1 or party.subject_id = bookings.group_date_id)
  );
$function$;

CREATE OR REPLACE FUNCTION private.set_time (
  booking       public.bookings,
  actor         public.booking_actor,
  starts_at     timestamp with time zone,
  reason        text,
  group_date_id uuid                     DEFAULT NULL::uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_ends_at timestamptz := set_time.starts_at + ((set_time.booking).ends_at - (set_time.booking).starts_at);
  v_sequence integer := (set_time.booking).sequence + 1;
begin
  begin
    update public.bookings
    set group_date_id = set_time.group_date_id,
        starts_at = set_time.starts_at,
        ends_at = v_ends_at,
        sequence = v_sequence,
        moved_at = now(),
        moved_by = set_time.actor,
        refund_cap_cents = case
          when set_time.actor = 'client' then private.agreed_refund_cents(set_time.booking, 'client')
        end
    where bookings.id = (set_time.booking).id;
  exception when exclusion_violation then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    (set_time.booking).id, set_time.actor,
    case when set_time.actor in ('client', 'coach') then private.current_profile_id() end,
    'confirmed', 'confirmed',
    jsonb_build_object(
      'from', (set_time.booking).starts_at, 'to', set_time.starts_at,
      'sequence', v_sequence, 'reason', left(trim(set_time.reason), 500)
    )
  );
  perform private.move_meeting((set_time.booking).id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.start_watch (
  client_id  uuid,
  coach_id   uuid,
  offer_id   uuid,
  booking_id uuid,
  before_at  timestamp with time zone,
  time_zone  text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_watch public.slot_watches;
begin
  if exists (select from public.offers where offers.id = start_watch.offer_id and offers.kind = 'group_session') then
    raise exception 'A group session has dates. Look for another one of them.' using errcode = 'WTDAT';
  end if;

  perform from public.profiles where profiles.id = start_watch.client_id for no key update;

  update public.slot_watches
  set before_at = start_watch.before_at, time_zone = start_watch.time_zone
  where slot_watches.client_id = start_watch.client_id
    and slot_watches.offer_id = start_watch.offer_id
    and slot_watches.booking_id is not distinct from start_watch.booking_id
    and slot_watches.ended_at is null
  returning * into v_watch;

  if not found then
    if (
      select count(*) from public.slot_watches
      where slot_watches.client_id = start_watch.client_id and slot_watches.ended_at is null and slot_watches.before_at > now()
    ) >= 10 then
      raise exception 'You wait for ten times already. Stop waiting for one of them first.' using errcode = 'WTMNY';
    end if;

    insert into public.slot_watches (client_id, coach_id, offer_id, booking_id, before_at, time_zone)
    values (
      start_watch.client_id, start_watch.coach_id, start_watch.offer_id, start_watch.booking_id,
      start_watch.before_at, start_watch.time_zone
    )
    returning * into v_watch;
  end if;

  update public.slot_watches
  set known_starts = private.watched_starts(v_watch), check_at = null
  where slot_watches.id = v_watch.id;

  return v_watch.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sweep_work (
  host_id text,
  days    integer
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'host_id', sweep_work.host_id,
    'mark', private.meeting_mark(),
    'from', case when sweep_work.days is not null then current_date end,
    'to', current_date + sweep_work.days,
    'expected', coalesce(jsonb_agg(meetings.zoom_meeting_id), '[]')
  )
  from public.meetings
  where meetings.host_id = sweep_work.host_id
    and meetings.status = 'ready'
    and private.is_awaited(meetings)
    and (sweep_work.days is null or meetings.starts_at < now() + make_interval(days => sweep_work.days));
$function$;

CREATE OR REPLACE FUNCTION private.take_paid_time (
  booking_id uuid,
  target     public.booking_status
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking from public.bookings where bookings.id = take_paid_time.booking_id for update;

  if v_booking.starts_at <= now() or not (v_booking.status = 'held' or exists (
    select
    from public.coaches
    join public.profiles as client on client.id = v_booking.client_id and client.deleted_at is null
    where coaches.id = v_booking.coach_id
      and coaches.status = 'approved'
  )) then
    return false;
  end if;

  if v_booking.status = 'expired' then
    -- A change of a taken time, not an insert: it waits its turn, as in move_session.
    perform from public.coaches where coaches.id = v_booking.coach_id for no key update;
    perform private.expire_lapsed_holds(v_booking.coach_id, v_booking.during);
  end if;

  if v_booking.group_date_id is not null then
    perform from public.group_dates
    where group_dates.id = v_booking.group_date_id
      and group_dates.called_off_at is null
    for update;

    if not found then
      return false;
    end if;
  end if;

  return private.move_booking(
    v_booking.id, array['held', 'expired']::public.booking_status[], take_paid_time.target, 'system'
  );
exception when exclusion_violation or unique_violation or sqlstate 'OGFUL' then
  return false; -- The time or seat went to somebody else meanwhile, or the client took another seat.
end;
$function$;

CREATE OR REPLACE FUNCTION private.tell_of_call_off (
  booking public.bookings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_id uuid := (tell_of_call_off.booking).id;
begin
  if exists (
    select from public.group_dates
    where group_dates.id = (tell_of_call_off.booking).group_date_id
      and group_dates.called_off_at is not null
  ) then
    perform private.notify((tell_of_call_off.booking).client_id, 'booking_cancelled', v_id, v_id);
  else
    perform private.notify_parties(v_id, 'booking_cancelled');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_bookings__keep_to_dates()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_date public.group_dates;
begin
  if tg_op = 'UPDATE'
    and old.status in ('held', 'requested', 'confirmed')
    and (old.coach_id, old.starts_at, old.ends_at, old.group_date_id)
      is not distinct from (new.coach_id, new.starts_at, new.ends_at, new.group_date_id) then
    return new;
  end if;

  if new.group_date_id is null then
    perform from public.coaches where coaches.id = new.coach_id for share;

    if exists (
      select from public.group_dates
      where group_dates.coach_id = new.coach_id
        and group_dates.during && tstzrange(new.starts_at, new.ends_at)
        and group_dates.called_off_at is null
    ) then
      raise exception 'There is a group session at this time.' using errcode = 'exclusion_violation';
    end if;

    return new;
  end if;

  select * into v_date from public.group_dates where group_dates.id = new.group_date_id for update;

  if v_date.called_off_at is not null then
    raise exception 'This date was called off. Choose another one.' using errcode = 'OGOVR';
  end if;

  if (
    select count(*) from public.bookings
    where bookings.group_date_id = v_date.id
      and bookings.status in ('held', 'requested', 'confirmed')
      and bookings.id <> new.id
  ) >= v_date.seats then
    raise exception 'Every seat of this date is taken. Choose another date.' using errcode = 'OGFUL';
  end if;

  -- Whatever else is written: a seat is at the time of its date.
  new.coach_id := v_date.coach_id;
  new.starts_at := v_date.starts_at;
  new.ends_at := v_date.ends_at;

  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_group_dates__keep_off_sessions()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform from public.coaches where coaches.id = new.coach_id for no key update;

  if exists (
    select from public.bookings
    where bookings.coach_id = new.coach_id
      and bookings.during && tstzrange(new.starts_at, new.ends_at)
      and bookings.status in ('held', 'requested', 'confirmed')
      and bookings.group_date_id is distinct from new.id
  ) then
    raise exception 'There is a session at the time of this date.' using errcode = 'exclusion_violation';
  end if;

  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.visits (
  booking_id uuid
)
  RETURNS TABLE (
    party  public.booking_actor,
    during tstzrange
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select visit.party, tstzrange(
    greatest(visit.came_at, visit.opens_at), least(visit.went_at, visit.ends_at), '[]'
  )
  from (
    select
      bookings.ends_at,
      bookings.starts_at - make_interval(mins => (private.settings()).join_opens_minutes) as opens_at,
      coalesce(seen.joined_at, seen.left_at) as came_at,
      greatest(coalesce(seen.left_at, meetings.ended_at, bookings.ends_at), seen.joined_at) as went_at,
      case
        when registrants.profile_id = bookings.client_id
          or seen.customer_key = private.customer_key(bookings.client_id) then 'client'
        when registrants.profile_id = coaches.profile_id
          or seen.customer_key = private.customer_key(coaches.profile_id)
          or seen.zoom_user_id = meetings.host_id then 'coach'
      end::public.booking_actor as party
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    join public.meetings on meetings.occasion_id = bookings.occasion_id
    join private.meeting_participants as seen on seen.meeting_id = meetings.id
    left join private.meeting_registrants as registrants
      on registrants.meeting_id = meetings.id
      and registrants.registrant_id = seen.registrant_id
    where bookings.id = visits.booking_id
      and not private.is_neighbor(bookings, registrants.profile_id, seen.customer_key)
  ) as visit
  where visit.came_at <= visit.ends_at
    and visit.went_at >= visit.opens_at;
$function$;

CREATE OR REPLACE FUNCTION private.welcome_sessions (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_first public.bookings;
begin
  select * into v_first
  from public.bookings
  where bookings.order_id = welcome_sessions.order_id and bookings.status = 'confirmed'
  order by bookings.starts_at
  limit 1;

  if not found then
    return;
  end if;

  perform private.plan_meeting(bookings.occasion_id)
  from public.bookings
  where bookings.order_id = welcome_sessions.order_id and bookings.status = 'confirmed'
  order by bookings.starts_at;

  perform private.open_conversation(v_first.coach_id, v_first.client_id);
  perform private.notify_parties(v_first.id, 'booking_confirmed');
end;
$function$;

CREATE OR REPLACE FUNCTION private.write_move (
  booking       public.bookings,
  actor         public.booking_actor,
  starts_at     timestamp with time zone,
  reason        text,
  group_date_id uuid                     DEFAULT NULL::uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.set_time(
    write_move.booking, write_move.actor, write_move.starts_at, write_move.reason, write_move.group_date_id
  );
  perform private.notify_parties((write_move.booking).id, 'booking_moved', (write_move.booking).sequence + 2);
end;
$function$;

CREATE OR REPLACE FUNCTION public.archive_offer (
  offer_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: nobody is taking a seat.
  v_offer public.offers;
begin
  v_offer := private.archive_own_offer(v_coach.id, archive_offer.offer_id);

  if v_coach.status = 'approved' and private.missing_in_practice(v_coach) is not null then
    raise exception 'This is your last offer. Add another one before you take it off sale.' using errcode = 'OFLST';
  end if;

  update public.group_dates
  set called_off_at = now()
  from public.offers
  where offers.id = group_dates.offer_id
    and offers.lineage_id = v_offer.lineage_id
    and group_dates.called_off_at is null
    and group_dates.starts_at > now()
    and private.seats_taken(group_dates.id) = 0;
end;
$function$;

CREATE OR REPLACE FUNCTION public.availability_preview()
  RETURNS TABLE (
    day              date,
    time_zone        text,
    duration_minutes integer,
    has_override     boolean,
    is_away          boolean,
    free_starts      timestamp with time zone[]
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with days as (
    select coaches.id as coach_id, dates.day, zone.time_zone,
      dates.day::timestamp at time zone zone.time_zone as begins_at,
      (dates.day + 1)::timestamp at time zone zone.time_zone as ends_at,
      coalesce(
        (
          select min(offers.duration_minutes) from public.offers
          where offers.coach_id = coaches.id and offers.archived_at is null and offers.kind <> 'group_session'
        ),
        60
      ) as duration_minutes
    from public.coaches
    cross join generate_series(0, 13) as number
    cross join lateral (select (now() at time zone private.zone_on(coaches.id, now()::date))::date + number as day) as dates
    cross join lateral (select private.zone_on(coaches.id, dates.day) as time_zone) as zone
    where coaches.id = private.current_coach_id()
  )
  select days.day, days.time_zone, days.duration_minutes,
    exists (select from public.date_overrides where date_overrides.coach_id = days.coach_id and date_overrides.day = days.day),
    tstzrange(days.begins_at, days.ends_at) && private.away_times(days.coach_id),
    array(
      select slot.starts_at
      from private.free_slots(
        days.coach_id,
        days.duration_minutes,
        tstzrange(days.begins_at, days.ends_at)
      ) as slot
      order by slot.starts_at
    )
  from days
  order by days.day;
$function$;

CREATE OR REPLACE FUNCTION public.available_slots (
  offer_id uuid,
  from_at  timestamp with time zone,
  to_at    timestamp with time zone
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
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral (
    select greatest(available_slots.from_at, private.bookable_from(offers)) as from_at
  ) as reach
  cross join lateral private.free_slots(
    offers.coach_id,
    offers.duration_minutes,
    tstzrange(
      reach.from_at,
      greatest(reach.from_at, least(available_slots.to_at, available_slots.from_at + interval '62 days'))
    )
  ) as slot
  where offers.id = available_slots.offer_id
    and offers.archived_at is null
    and offers.kind <> 'group_session'
  order by slot.starts_at;
$function$;

CREATE OR REPLACE FUNCTION public.calendar_entry (
  booking_id uuid
)
  RETURNS TABLE (
    id               uuid,
    party            public.booking_actor,
    status           public.booking_status,
    sequence         integer,
    changed_at       timestamp with time zone,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    is_group_date    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select *
  from private.calendar_entries(private.current_profile_id(), calendar_entry.booking_id) as entry
  where calendar_entry.booking_id is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."calendar_entry"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.calendar_feed (
  token text
)
  RETURNS TABLE (
    id               uuid,
    party            public.booking_actor,
    status           public.booking_status,
    sequence         integer,
    changed_at       timestamp with time zone,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    is_group_date    boolean
  )
  LANGUAGE plpgsql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid;
begin
  select profiles.id into v_profile_id
  from public.calendar_feeds
  join public.profiles on profiles.id = calendar_feeds.profile_id
  where calendar_feeds.token_hash = private.calendar_token_hash(calendar_feed.token)
    and profiles.deleted_at is null;

  if not found then
    raise exception 'This calendar address does not exist.' using errcode = 'UCNFD';
  end if;

  return query select * from private.calendar_entries(v_profile_id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."calendar_feed"(text) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.call_off_date (
  group_date_id uuid,
  reason        text DEFAULT ''::text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_date public.group_dates;
begin
  select * into v_date
  from public.group_dates
  where group_dates.id = call_off_date.group_date_id
    and group_dates.coach_id = v_coach.id
  for update;

  if not found then
    raise exception 'There is no such date.' using errcode = 'OGNFD';
  end if;

  if v_date.starts_at <= now() then
    raise exception 'This date has begun, and can no longer be called off.' using errcode = 'OGOVR';
  end if;

  update public.group_dates
  set called_off_at = now(), call_off_reason = left(trim(call_off_date.reason), 500)
  where group_dates.id = v_date.id and group_dates.called_off_at is null;

  perform private.empty_date(v_date.id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."call_off_date"(uuid, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.change_offer (
  offer_id         uuid,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  is_instant       boolean DEFAULT true,
  seats            integer DEFAULT NULL::integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_previous public.offers;
  v_offer_id uuid;
begin
  v_previous := private.archive_own_offer(v_coach.id, change_offer.offer_id);

  perform private.require_valid_offer(
    change_offer.title, change_offer.description, change_offer.duration_minutes, change_offer.price_cents, v_previous.kind,
    change_offer.seats
  );

  insert into public.offers (lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents, is_instant, seats)
  values (
    v_previous.lineage_id, v_previous.version + 1, v_previous.coach_id, v_previous.kind, trim(change_offer.title),
    trim(change_offer.description), change_offer.duration_minutes,
    case v_previous.kind when 'intro_call' then 0 else change_offer.price_cents end,
    v_previous.kind <> 'session' or change_offer.is_instant,
    case v_previous.kind when 'group_session' then change_offer.seats end
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.coach_dates (
  from_at timestamp with time zone,
  to_at   timestamp with time zone
)
  RETURNS TABLE (
    group_date_id uuid,
    status        public.booking_status,
    starts_at     timestamp with time zone,
    ends_at       timestamp with time zone,
    offer_title   text,
    seats         integer,
    seats_taken   integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select dates.group_date_id, dates.status, dates.starts_at, dates.ends_at, dates.offer_title, dates.seats, dates.seats_taken
  from private.listed_dates() as dates
  where dates.starts_at >= coach_dates.from_at
    and dates.starts_at < coach_dates.to_at
    and dates.status <> 'cancelled'
  order by dates.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."coach_dates"(timestamp WITH time zone, timestamp WITH time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.coming_dates (
  offer_id uuid
)
  RETURNS TABLE (
    group_date_id uuid,
    starts_at     timestamp with time zone,
    ends_at       timestamp with time zone,
    seats         integer,
    seats_left    integer,
    is_mine       boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select group_dates.id, group_dates.starts_at, group_dates.ends_at, group_dates.seats,
    greatest(0, group_dates.seats - private.seats_taken(group_dates.id)),
    exists (
      select from public.bookings
      where bookings.group_date_id = group_dates.id
        and bookings.client_id = private.current_profile_id()
        and private.shown_status(bookings) in ('held', 'confirmed')
    )
  from public.offers as current
  join public.coaches
    on coaches.id = current.coach_id
    and (coaches.status = 'approved' or coaches.id = private.current_coach_id())
  join public.offers as version on version.lineage_id = current.lineage_id
  join public.group_dates on group_dates.offer_id = version.id
  where current.id = coming_dates.offer_id
    and current.archived_at is null
    and group_dates.called_off_at is null
    and group_dates.starts_at > now()
  order by group_dates.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."coming_dates"(uuid) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.date_seats (
  group_date_id uuid
)
  RETURNS TABLE (
    booking_id    uuid,
    client_name   text,
    status        public.booking_status,
    is_name_shown boolean,
    note          text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select bookings.id, private.shown_name(client), private.shown_status(bookings), bookings.is_name_shown, bookings.note
  from public.bookings
  join public.profiles as client on client.id = bookings.client_id
  where bookings.group_date_id = date_seats.group_date_id
    and bookings.coach_id = private.current_coach_id()
    and private.shown_status(bookings) not in ('held', 'expired')
  order by bookings.status = 'cancelled', bookings.created_at;
$function$;

REVOKE ALL ON FUNCTION "public"."date_seats"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.group_date_details (
  group_date_id uuid
)
  RETURNS TABLE (
    offer_id        uuid,
    offer_title     text,
    starts_at       timestamp with time zone,
    ends_at         timestamp with time zone,
    time_zone       text,
    seats           integer,
    seats_taken     integer,
    called_off_at   timestamp with time zone,
    call_off_reason text,
    door_booking_id uuid,
    is_joinable     boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select current.id, sold.title, group_dates.starts_at, group_dates.ends_at, coaches.time_zone, group_dates.seats,
    private.seats_taken(group_dates.id), group_dates.called_off_at, group_dates.call_off_reason,
    door.id, coalesce(private.is_joinable(door), false)
  from public.group_dates
  join public.coaches on coaches.id = group_dates.coach_id
  join public.offers as sold on sold.id = group_dates.offer_id
  left join public.offers as current on current.lineage_id = sold.lineage_id and current.archived_at is null
  left join lateral (
    select bookings.* from public.bookings
    where bookings.group_date_id = group_dates.id and bookings.status = 'confirmed'
    order by bookings.created_at
    limit 1
  ) as door on true
  where group_dates.id = group_date_details.group_date_id
    and group_dates.coach_id = private.current_coach_id();
$function$;

REVOKE ALL ON FUNCTION "public"."group_date_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.host_meeting (
  booking_id uuid
)
  RETURNS text
  LANGUAGE plpgsql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_meeting public.meetings := private.open_meeting(host_meeting.booking_id);
begin
  if not exists (
    select from public.bookings
    where bookings.id = host_meeting.booking_id
      and private.booking_party(bookings) = 'coach'
  ) then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  return v_meeting.zoom_meeting_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.join_meeting (
  booking_id uuid
)
  RETURNS TABLE (
    meeting_id      uuid,
    profile_id      uuid,
    zoom_meeting_id text,
    join_url        text,
    first_name      text,
    last_name       text,
    customer_key    text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select meetings.id, profiles.id, meetings.zoom_meeting_id, meeting_registrants.join_url,
    case when naming.is_guest then 'Guest' else profiles.first_name end,
    case when naming.is_guest then '' else profiles.last_name end,
    private.customer_key(profiles.id)
  from private.open_meeting(join_meeting.booking_id) as meetings
  join public.profiles on profiles.id = private.current_profile_id()
  cross join lateral (
    select exists (
      select from public.bookings
      where bookings.id = join_meeting.booking_id
        and bookings.client_id = profiles.id
        and bookings.group_date_id is not null
        and not bookings.is_name_shown
    ) as is_guest
  ) as naming
  left join private.meeting_registrants
    on meeting_registrants.meeting_id = meetings.id
    and meeting_registrants.profile_id = profiles.id;
$function$;

CREATE OR REPLACE FUNCTION public.make_group_session (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  seats            integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: the count below holds.
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    make_group_session.title, make_group_session.description, make_group_session.duration_minutes,
    make_group_session.price_cents, 'group_session', make_group_session.seats
  );
  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (coach_id, kind, title, description, duration_minutes, price_cents, seats)
  values (
    v_coach.id, 'group_session', trim(make_group_session.title), trim(make_group_session.description),
    make_group_session.duration_minutes, make_group_session.price_cents, make_group_session.seats
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_group_session"(text, text, integer, integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.move_slots (
  booking_id    uuid,
  from_at       timestamp with time zone,
  to_at         timestamp with time zone,
  and_following boolean                  DEFAULT false
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
    case
      when move_slots.and_following then array(select following.id from private.this_and_following(moved) as following)
      else array[moved.id]
    end
  ) as slot
  where moved.id = move_slots.booking_id
    and moved.group_date_id is null
    and private.booking_party(moved) is not null
    and slot.starts_at <> moved.starts_at
  union all
  select dates.starts_at, dates.ends_at
  from public.bookings as seat
  cross join lateral private.other_dates(seat) as dates
  where seat.id = move_slots.booking_id
    and seat.group_date_id is not null
    and private.booking_party(seat) is not null
    and dates.starts_at >= move_slots.from_at
    and dates.starts_at < move_slots.to_at
    and private.seats_taken(dates.id) < dates.seats
  order by 1;
$function$;

CREATE OR REPLACE FUNCTION public.schedule_date (
  offer_id  uuid,
  day       date,
  starts_at time without time zone
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: nobody is booking meanwhile.
  v_offer public.offers;
  v_during tstzrange;
  v_date_id uuid;
begin
  select * into v_offer
  from public.offers
  where offers.id = schedule_date.offer_id
    and offers.coach_id = v_coach.id
    and offers.kind = 'group_session'
    and offers.archived_at is null;

  if not found then
    raise exception 'This session is no longer offered.' using errcode = 'OFGON';
  end if;

  v_during := private.date_span(v_coach, v_offer, schedule_date.day, schedule_date.starts_at);

  if (
    select count(*) from public.group_dates
    where group_dates.coach_id = v_coach.id
      and group_dates.called_off_at is null
      and group_dates.starts_at > now()
  ) >= 50 then
    raise exception 'You have 50 dates to come. Hold or call off one of them first.' using errcode = 'OGMNY';
  end if;

  perform private.expire_lapsed_holds(v_coach.id, v_during);

  begin
    insert into public.group_dates (offer_id, coach_id, starts_at, ends_at, seats)
    values (v_offer.id, v_coach.id, lower(v_during), upper(v_during), v_offer.seats)
    returning group_dates.id into v_date_id;
  exception when exclusion_violation then
    raise exception 'You have something else in your calendar at this time. Choose another one.' using errcode = 'OGCLH';
  end;

  return v_date_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."schedule_date"(uuid, date, time WITHOUT time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.seat_neighbors (
  booking_id uuid
)
  RETURNS TABLE (
    name text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.shown_name(client)
  from public.bookings as own
  join public.bookings as other on other.group_date_id = own.group_date_id and other.id <> own.id
  join public.profiles as client on client.id = other.client_id
  where own.id = seat_neighbors.booking_id
    and own.client_id = private.current_profile_id()
    and own.is_name_shown
    and own.status in ('confirmed', 'completed')
    and other.is_name_shown
    and other.status in ('confirmed', 'completed')
  order by other.created_at;
$function$;

REVOKE ALL ON FUNCTION "public"."seat_neighbors"(uuid) FROM PUBLIC, "anon", "service_role";

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
    is_movable        boolean,
    answer_by         timestamp with time zone,
    is_charged        boolean,
    order_id          uuid,
    session_position  integer,
    session_count     integer,
    group_date_id     uuid,
    is_name_shown     boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select party.actor, private.shown_status(bookings), bookings.starts_at, bookings.ends_at,
    private.party_zone(bookings, party.actor),
    bookings.hold_expires_at, bookings.note, bookings.cancelled_by, bookings.cancel_reason,
    offers.title, offers.description, offers.duration_minutes,
    case party.actor
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.id, coaches.slug, conversations.id,
    private.session_cents(bookings),
    private.session_returned_cents(bookings),
    orders.status, meetings.status,
    private.is_joinable(bookings),
    party.actor = 'client' and private.is_reviewable(bookings),
    bookings.status = 'confirmed' and bookings.starts_at > now(),
    private.move_refusal(bookings, party.actor) is null,
    bookings.answer_by,
    orders.paid_at is not null,
    orders.id, bookings.position, orders.session_count,
    bookings.group_date_id, bookings.is_name_shown
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  left join public.meetings on meetings.occasion_id = bookings.occasion_id and meetings.status <> 'cancelled'
  left join public.conversations
    on conversations.coach_id = bookings.coach_id and conversations.client_id = bookings.client_id
  where bookings.id = session_details.booking_id
    and party.actor is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.session_list (
  party       public.booking_actor,
  is_past     boolean              DEFAULT false,
  page_number integer              DEFAULT 1
)
  RETURNS TABLE (
    booking_id       uuid,
    status           public.booking_status,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    hold_expires_at  timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    coach_slug       text,
    amount_cents     integer,
    is_joinable      boolean,
    is_reviewable    boolean,
    session_position integer,
    session_count    integer,
    group_date_id    uuid,
    seats            integer,
    seats_taken      integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select listed.*
  from (
    select bookings.id,
      private.shown_status(bookings) as status,
      bookings.starts_at, bookings.ends_at, bookings.hold_expires_at, offers.title,
      case session_list.party
        when 'client' then coaches.display_name
        else private.shown_name(client)
      end,
      coaches.slug, private.session_cents(bookings),
      private.is_joinable(bookings),
      session_list.party = 'client' and private.is_reviewable(bookings),
      bookings.position, orders.session_count,
      bookings.group_date_id, null::integer, null::integer
    from public.bookings
    join public.offers on offers.id = bookings.offer_id
    join public.coaches on coaches.id = bookings.coach_id
    join public.profiles as client on client.id = bookings.client_id
    join public.orders on orders.id = bookings.order_id
    where case session_list.party
        when 'client' then bookings.client_id = private.current_profile_id()
        when 'coach' then bookings.coach_id = private.current_coach_id()
          and bookings.group_date_id is null
          and bookings.status not in ('held', 'expired') -- A checkout left open is not a session.
        else false
      end
    union all
    select dates.* from private.listed_dates() as dates where session_list.party = 'coach'
  ) as listed
  where session_list.is_past = not (
    listed.status in ('held', 'requested', 'confirmed') and listed.ends_at > now()
  )
  order by
    case when session_list.is_past then listed.starts_at end desc,
    listed.starts_at
  limit 21 offset (greatest(session_list.page_number, 1) - 1) * 20;
$function$;

REVOKE ALL ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.show_name (
  booking_id uuid,
  is_shown   boolean
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update public.bookings
  set is_name_shown = show_name.is_shown
  where bookings.id = show_name.booking_id
    and bookings.client_id = private.current_profile_id()
    and bookings.group_date_id is not null;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."show_name"(uuid, boolean) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.take_seat (
  group_date_id uuid,
  time_zone     text,
  note          text    DEFAULT ''::text,
  is_name_shown boolean DEFAULT false
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers;
  v_date public.group_dates;
  v_booking_id uuid;
begin
  if not private.is_time_zone(take_seat.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(private.offer_of_date(take_seat.group_date_id), v_client.id);
  perform private.require_few_holds(v_client.id);

  select * into v_date from public.group_dates where group_dates.id = take_seat.group_date_id for update;

  if v_date.called_off_at is not null or v_date.starts_at <= now() then
    raise exception 'This date has begun or was called off. Choose another one.' using errcode = 'OGOVR';
  end if;

  perform private.expire_lapsed_holds(v_date.coach_id, v_date.during);
  perform private.require_no_seat(v_date.id, v_client.id);

  insert into public.bookings (
    order_id, offer_id, coach_id, client_id, group_date_id, starts_at, ends_at, client_time_zone, note,
    is_name_shown, hold_expires_at
  )
  values (
    private.create_order(v_offer, v_client.id), v_offer.id, v_date.coach_id, v_client.id, v_date.id,
    v_date.starts_at, v_date.ends_at, take_seat.time_zone, left(trim(take_seat.note), 1000),
    take_seat.is_name_shown, now() + make_interval(mins => (private.settings()).hold_minutes)
  )
  returning bookings.id into v_booking_id;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  values (v_booking_id, 'client', v_client.id, 'held');

  return v_booking_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."take_seat"(uuid, text, text, boolean) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_name_is_shown_of_seats" CHECK (((group_date_id IS NOT NULL) OR (NOT is_name_shown)));

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_never_overlap" EXCLUDE USING gist (coach_id WITH =, during WITH &&, occasion_id WITH <>)
    WHERE ((status = ANY (ARRAY['held'::public.booking_status, 'requested'::public.booking_status, 'confirmed'::public.booking_status])));

ALTER TABLE "public"."group_dates"
  ADD CONSTRAINT "group_dates_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."group_dates"
  ADD CONSTRAINT "group_dates_never_overlap" EXCLUDE USING gist (coach_id WITH =, during WITH &&) WHERE ((called_off_at IS NULL));

ALTER TABLE "public"."group_dates"
  ADD CONSTRAINT "group_dates_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_group_date_id_fkey" FOREIGN KEY (group_date_id) REFERENCES public.group_dates(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "public"."meetings"
  ADD CONSTRAINT "meetings_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "public"."meetings"
  ADD CONSTRAINT "meetings_group_date_id_fkey" FOREIGN KEY (group_date_id) REFERENCES public.group_dates(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "public"."meetings"
  ADD CONSTRAINT "meetings_of_one_thing" CHECK ((num_nonnulls(booking_id, group_date_id) = 1));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_price" CHECK ((((price_cents >= 500) AND (price_cents <= 500000)) OR ((price_cents = 0) AND (kind = 'intro_call'::public.offer_kind))));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_seats_of_groups" CHECK (((seats IS NULL) = (kind = ANY (ARRAY['session'::public.offer_kind, 'intro_call'::public.offer_kind]))));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_seats" CHECK (((seats >= 2) AND (seats <= 50)));

CREATE INDEX bookings_group_date_id_idx ON public.bookings USING btree (group_date_id);

CREATE INDEX bookings_occasion_id_idx ON public.bookings USING btree (occasion_id);

CREATE UNIQUE INDEX bookings_one_seat_per_client_and_date ON public.bookings USING btree (group_date_id, client_id)
  WHERE ((group_date_id IS NOT NULL) AND (status = ANY (ARRAY['held'::public.booking_status, 'requested'::public.booking_status, 'confirmed'::public.booking_status])));

CREATE INDEX group_dates_coach_id_starts_at_idx ON public.group_dates USING btree (coach_id, starts_at);

CREATE INDEX group_dates_offer_id_idx ON public.group_dates USING btree (offer_id);

CREATE INDEX meetings_group_date_id_idx ON public.meetings USING btree (group_date_id);

CREATE INDEX meetings_occasion_id_idx ON public.meetings USING btree (occasion_id);

CREATE UNIQUE INDEX meetings_one_per_occasion ON public.meetings USING btree (occasion_id)
  WHERE (status <> 'cancelled'::public.meeting_status);

CREATE TRIGGER bookings__check_calendly
  AFTER INSERT ON public.bookings
  FOR EACH ROW
  WHEN (((new.status = 'held'::public.booking_status) AND (new.group_date_id IS NULL)))
  EXECUTE FUNCTION private.tg_bookings__check_calendly();

CREATE TRIGGER bookings__keep_to_dates
  BEFORE INSERT OR UPDATE OF coach_id, status, starts_at, ends_at, group_date_id ON public.bookings
  FOR EACH ROW
  WHEN ((new.status = ANY (ARRAY['held'::public.booking_status, 'requested'::public.booking_status, 'confirmed'::public.booking_status])))
  EXECUTE FUNCTION private.tg_bookings__keep_to_dates();

CREATE TRIGGER group_dates__keep_off_sessions
  BEFORE INSERT OR UPDATE OF coach_id, starts_at, ends_at, called_off_at ON public.group_dates
  FOR EACH ROW
  WHEN ((new.called_off_at IS NULL))
  EXECUTE FUNCTION private.tg_group_dates__keep_off_sessions();

CREATE TRIGGER group_dates__note_calendar_change
  AFTER INSERT OR DELETE OR UPDATE ON public.group_dates
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

CREATE POLICY "People can view the dates they hold and those they have a seat " ON "public"."group_dates"
  FOR SELECT
  TO "authenticated"
  USING (((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)) OR (id IN ( SELECT bookings.group_date_id
   FROM public.bookings
  WHERE (bookings.client_id = ( SELECT private.current_profile_id() AS current_profile_id))))));

CREATE POLICY "Client and coach can view the meetings of their bookings" ON "public"."meetings"
  FOR SELECT
  TO "authenticated"
  USING ((occasion_id IN ( SELECT bookings.occasion_id
   FROM public.bookings)));

COMMENT ON TABLE "public"."group_dates" IS 'A time at which a coach holds a group session, with so many seats. It takes its time with or without anybody on a seat.';

COMMENT ON TABLE "public"."meetings" IS 'The Zoom meeting of a booking, or of a date of a group session, on a host who has no other at that time. Each has one that is not cancelled.';

REVOKE ALL ON FUNCTION "private"."calendar_entries"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."calendar_entries"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."calendar_entries"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."cancel_meeting"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."cancel_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."cancel_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."date_span"(public.coaches, public.offers, date, time WITHOUT time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."date_span"(public.coaches, public.offers, date, time WITHOUT time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."date_span"(public.coaches, public.offers, date, time WITHOUT time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."date_status"(public.group_dates) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."date_status"(public.group_dates) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."date_status"(public.group_dates) TO "postgres";

REVOKE ALL ON FUNCTION "private"."empty_date"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."empty_date"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."empty_date"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."empty_dates"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."empty_dates"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."empty_dates"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_awaited"(public.meetings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_awaited"(public.meetings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_awaited"(public.meetings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_neighbor"(public.bookings, uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_neighbor"(public.bookings, uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_neighbor"(public.bookings, uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."leave_dates"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_dates"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."leave_dates"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."leave_meeting"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_meeting"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."leave_meeting"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."listed_dates"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."listed_dates"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."listed_dates"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_bookings_of_meeting"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_bookings_of_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_bookings_of_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_seats"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_seats"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_seats"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."move_seat"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_seat"(public.bookings, public.booking_actor, timestamp WITH time zone, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."move_seat"(public.bookings, public.booking_actor, timestamp WITH time zone, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."offer_of_date"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."offer_of_date"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."offer_of_date"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."other_dates"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."other_dates"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."other_dates"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plan_meeting"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plan_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plan_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."replace_meeting"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."replace_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."replace_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_few_holds"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_few_holds"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_few_holds"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_no_seat"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_no_seat"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_no_seat"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."seats_taken"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."seats_taken"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."seats_taken"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."set_time"(public.bookings, public.booking_actor, timestamp WITH time zone, text, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."set_time"(public.bookings, public.booking_actor, timestamp WITH time zone, text, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."set_time"(public.bookings, public.booking_actor, timestamp WITH time zone, text, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_of_call_off"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_of_call_off"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_of_call_off"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_bookings__keep_to_dates"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_bookings__keep_to_dates"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_bookings__keep_to_dates"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_group_dates__keep_off_sessions"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_group_dates__keep_off_sessions"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_group_dates__keep_off_sessions"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."write_move"(public.bookings, public.booking_actor, timestamp WITH time zone, text, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_move"(public.bookings, public.booking_actor, timestamp WITH time zone, text, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."write_move"(public.bookings, public.booking_actor, timestamp WITH time zone, text, uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_entry"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."calendar_entry"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_entry"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_feed"(text) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."calendar_feed"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_feed"(text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."call_off_date"(uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."call_off_date"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."call_off_date"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_dates"(timestamp WITH time zone, timestamp WITH time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."coach_dates"(timestamp WITH time zone, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_dates"(timestamp WITH time zone, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coming_dates"(uuid) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."coming_dates"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coming_dates"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."date_seats"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."date_seats"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."date_seats"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."group_date_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."group_date_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."group_date_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_group_session"(text, text, integer, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_group_session"(text, text, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_group_session"(text, text, integer, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."schedule_date"(uuid, date, time WITHOUT time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."schedule_date"(uuid, date, time WITHOUT time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."schedule_date"(uuid, date, time WITHOUT time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."seat_neighbors"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."seat_neighbors"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."seat_neighbors"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."show_name"(uuid, boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."show_name"(uuid, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."show_name"(uuid, boolean) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."take_seat"(uuid, text, text, boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."take_seat"(uuid, text, text, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."take_seat"(uuid, text, text, boolean) TO "postgres";

REVOKE ALL ON TABLE "public"."group_dates" FROM "authenticated";

GRANT SELECT ON TABLE "public"."group_dates" TO "authenticated";

REVOKE ALL ("group_date_id") ON TABLE "public"."meetings" FROM "authenticated";

GRANT SELECT ("group_date_id") ON TABLE "public"."meetings" TO "authenticated";

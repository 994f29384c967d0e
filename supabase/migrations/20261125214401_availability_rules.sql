SET local check_function_bodies = off;

DROP FUNCTION "private"."is_busy_elsewhere"(uuid, tstzrange);

DROP FUNCTION "private"."offered_slots"(uuid, integer, tstzrange);

CREATE TABLE "public"."date_overrides" (
  "id"        uuid                      NOT NULL DEFAULT gen_random_uuid(),
  "coach_id"  uuid                      NOT NULL,
  "day"       date                      NOT NULL,
  "starts_at" time(0) without time zone,
  "ends_at"   time(0) without time zone,
  CONSTRAINT "date_overrides_both_times_or_none" CHECK (((starts_at IS NULL) = (ends_at IS NULL))),
  CONSTRAINT "date_overrides_end_after_start" CHECK ((ends_at > starts_at)),
  CONSTRAINT "date_overrides_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."date_overrides"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."date_overrides" FROM "anon", "service_role";

CREATE TABLE "public"."out_of_office" (
  "id"        uuid                      NOT NULL DEFAULT gen_random_uuid(),
  "coach_id"  uuid                      NOT NULL,
  "first_day" date                      NOT NULL,
  "starts_at" time(0) without time zone NOT NULL,
  "last_day"  date                      NOT NULL,
  "ends_at"   time(0) without time zone NOT NULL,
  "note"      text                      NOT NULL DEFAULT ''::text,
  CONSTRAINT "out_of_office_end_after_start" CHECK (((last_day + ends_at) > (first_day + starts_at))),
  CONSTRAINT "out_of_office_is_not_for_ever" CHECK (((last_day - first_day) <= 366)),
  CONSTRAINT "out_of_office_note_is_short" CHECK ((char_length(note) <= 200)),
  CONSTRAINT "out_of_office_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."out_of_office"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."out_of_office" FROM "anon", "service_role";

CREATE TABLE "public"."travel_zones" (
  "id"        uuid NOT NULL DEFAULT gen_random_uuid(),
  "coach_id"  uuid NOT NULL,
  "first_day" date NOT NULL,
  "last_day"  date NOT NULL,
  "time_zone" text NOT NULL,
  CONSTRAINT "travel_zones_end_after_start" CHECK ((last_day >= first_day)),
  CONSTRAINT "travel_zones_is_not_for_ever" CHECK (((last_day - first_day) <= 366)),
  CONSTRAINT "travel_zones_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."travel_zones"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."travel_zones" FROM "anon", "service_role";

ALTER TABLE "public"."availability_settings"
  ADD COLUMN "buffer_before_minutes" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."availability_settings"
  ADD COLUMN "buffer_after_minutes" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."availability_settings"
  ADD COLUMN "max_sessions_per_day" integer;

ALTER TABLE "public"."availability_settings"
  ADD COLUMN "max_sessions_per_week" integer;

CREATE OR REPLACE FUNCTION private.away_spans (
  coach_id uuid
)
  RETURNS TABLE (
    id        uuid,
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone,
    note      text
  )
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return query
    select away.id,
      case
        -- As in open_hours: the first reading of a time that is shown twice or skipped.
        when start.turned_back > interval '0' and (start.later - start.turned_back) at time zone start.time_zone = start.wall_time
          then start.later - start.turned_back
        else start.later - (start.later at time zone start.time_zone - start.wall_time)
      end,
      (away.last_day + away.ends_at) at time zone private.zone_on(away.coach_id, away.last_day),
      away.note
    from public.out_of_office as away
    cross join lateral (
      select reading.time_zone, reading.wall_time, reading.instant as later,
        (reading.instant - interval '3 hours') at time zone reading.time_zone
          - reading.instant at time zone reading.time_zone + interval '3 hours' as turned_back
      from (
        select zone.time_zone, away.first_day + away.starts_at as wall_time,
          (away.first_day + away.starts_at) at time zone zone.time_zone as instant
        from (select private.zone_on(away.coach_id, away.first_day) as time_zone) as zone
      ) as reading
    ) as start
    where away.coach_id = away_spans.coach_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.away_times (
  coach_id uuid
)
  RETURNS tstzmultirange
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return (
      select coalesce(range_agg(tstzrange(away.starts_at, away.ends_at)), '{}')
      from private.away_spans(away_times.coach_id) as away
      where away.starts_at < away.ends_at
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.booked_times (
  coach_id          uuid,
  time_window       tstzrange,
  except_booking_id uuid      DEFAULT NULL::uuid
)
  RETURNS tstzmultirange
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return (
      select coalesce(range_agg(tstzrange(bookings.starts_at - settings.gap, bookings.ends_at + settings.gap)), '{}')
      from (
        select make_interval(mins => greatest(buffer_before_minutes, buffer_after_minutes)) as gap
        from public.availability_settings
        where availability_settings.coach_id = booked_times.coach_id
      ) as settings
      join public.bookings
        on bookings.coach_id = booked_times.coach_id
        and bookings.during && tstzrange(
          lower(booked_times.time_window) - settings.gap,
          upper(booked_times.time_window) + settings.gap
        )
        and bookings.status in ('held', 'requested', 'confirmed')
      where not (bookings.status = 'held' and bookings.hold_expires_at <= now())
        and bookings.id is distinct from booked_times.except_booking_id
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.busy_elsewhere (
  coach_id    uuid,
  time_window tstzrange
)
  RETURNS tstzmultirange
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return (
      select coalesce(range_agg(tstzrange(busy_times.starts_at - settings.after, busy_times.ends_at + settings.before)), '{}')
      from (
        select make_interval(mins => buffer_before_minutes) as before, make_interval(mins => buffer_after_minutes) as after
        from public.availability_settings
        where availability_settings.coach_id = busy_elsewhere.coach_id
      ) as settings
      join public.busy_times
        on busy_times.coach_id = busy_elsewhere.coach_id
        and busy_times.during && tstzrange(
          lower(busy_elsewhere.time_window) - settings.before,
          upper(busy_elsewhere.time_window) + settings.after
        )
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.free_slots (
  coach_id          uuid,
  duration_minutes  integer,
  time_window       tstzrange,
  except_booking_id uuid      DEFAULT NULL::uuid
)
  RETURNS TABLE (
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone
  )
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return query
    with closed as materialized (
      select private.booked_times(free_slots.coach_id, reach.time_window, free_slots.except_booking_id)
          + private.busy_elsewhere(free_slots.coach_id, reach.time_window) as times,
        private.full_times(free_slots.coach_id, reach.time_window, free_slots.except_booking_id) as full_times
      from (
        -- The last session begins before the window's end, and ends after it.
        select tstzrange(
          lower(free_slots.time_window),
          upper(free_slots.time_window) + make_interval(mins => free_slots.duration_minutes)
        ) as time_window
      ) as reach
      where not isempty(free_slots.time_window)
    )
    select slot.starts_at, slot.ends_at
    from private.offered_slots(free_slots.coach_id, free_slots.duration_minutes, free_slots.time_window) as slot
    cross join closed
    where not tstzrange(slot.starts_at, slot.ends_at) && closed.times
      and not slot.starts_at <@ closed.full_times;
end;
$function$;

CREATE OR REPLACE FUNCTION private.full_times (
  coach_id          uuid,
  time_window       tstzrange,
  except_booking_id uuid      DEFAULT NULL::uuid
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
        select distinct bookings.starts_at, span.time_zone
        from private.zone_spans(
          full_times.coach_id,
          tstzrange(lower(full_times.time_window) - interval '9 days', upper(full_times.time_window) + interval '9 days')
        ) as span
        join public.bookings
          on bookings.coach_id = full_times.coach_id
          and bookings.starts_at between lower(full_times.time_window) - interval '9 days' and upper(full_times.time_window) + interval '9 days'
          and span.during @> bookings.starts_at
        where exists (select from limits)
          and bookings.status not in ('cancelled', 'declined', 'expired')
          and not (bookings.status = 'held' and bookings.hold_expires_at <= now())
          and bookings.id is distinct from full_times.except_booking_id
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

CREATE OR REPLACE FUNCTION private.is_free (
  offer             public.offers,
  starts_at         timestamp with time zone,
  except_booking_id uuid                     DEFAULT NULL::uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from private.free_slots(
      (is_free.offer).coach_id,
      (is_free.offer).duration_minutes,
      tstzrange(is_free.starts_at, is_free.starts_at + interval '1 second'),
      is_free.except_booking_id
    ) as slot
    where slot.starts_at = is_free.starts_at
  );
$function$;

CREATE OR REPLACE FUNCTION private.lock_calendar (
  coach_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  perform from public.availability_settings
  where availability_settings.coach_id = lock_calendar.coach_id
    and (
      buffer_before_minutes > 0 or buffer_after_minutes > 0
      or max_sessions_per_day is not null or max_sessions_per_week is not null
    )
  for no key update;
end;
$function$;

CREATE OR REPLACE FUNCTION private.offered_slots (
  coach_id         uuid,
  duration_minutes integer,
  time_window      tstzrange
)
  RETURNS TABLE (
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone
  )
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return query
    with practice as (
      select availability_settings.coach_id as id,
        make_interval(mins => availability_settings.slot_step_minutes) as step,
        make_interval(mins => offered_slots.duration_minutes) as duration,
        greatest(
          lower(offered_slots.time_window),
          now() + make_interval(mins => availability_settings.minimum_notice_minutes)
        ) as earliest,
        least(
          upper(offered_slots.time_window),
          now() + make_interval(days => availability_settings.horizon_days)
        ) as latest
      from public.availability_settings
      where availability_settings.coach_id = offered_slots.coach_id
        and not isempty(offered_slots.time_window) -- It has no bounds to be within.
    )
    -- Distinct: blocks of two dates in different zones may share a time.
    select distinct slot, slot + practice.duration
    from practice
    cross join lateral private.open_hours(
      practice.id,
      tstzrange(practice.earliest, greatest(practice.earliest, practice.latest))
    ) as open
    cross join lateral generate_series(open.opens_at, open.closes_at - practice.duration, practice.step) as slot
    where practice.earliest < practice.latest
      and slot >= practice.earliest
      and slot < practice.latest
      and not (
        tstzrange(slot, slot + practice.duration) && (select private.away_times(offered_slots.coach_id))
      );
end;
$function$;

CREATE OR REPLACE FUNCTION private.open_hours (
  coach_id    uuid,
  time_window tstzrange
)
  RETURNS TABLE (
    opens_at  timestamp with time zone,
    closes_at timestamp with time zone
  )
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return query
    with days as (
      select dates.day, coalesce(travel_zones.time_zone, coaches.time_zone) as time_zone
      from public.coaches
      cross join lateral (
        -- A day before and after: a date differs from UTC's by up to one.
        select (lower(open_hours.time_window) at time zone 'UTC')::date - 1 + number as day
        from generate_series(
          0,
          (upper(open_hours.time_window) at time zone 'UTC')::date - (lower(open_hours.time_window) at time zone 'UTC')::date + 2
        ) as number
      ) as dates
      left join public.travel_zones
        on travel_zones.coach_id = coaches.id
        and dates.day between travel_zones.first_day and travel_zones.last_day
      where coaches.id = open_hours.coach_id
    ),
    blocks as (
      select days.time_zone, days.day + weekly_hours.starts_at as opens, days.day + weekly_hours.ends_at as closes
      from days
      join public.weekly_hours
        on weekly_hours.coach_id = open_hours.coach_id
        and weekly_hours.weekday = extract(isodow from days.day)
      where not exists (
        select from public.date_overrides
        where date_overrides.coach_id = open_hours.coach_id and date_overrides.day = days.day
      )
      union all
      select days.time_zone, days.day + date_overrides.starts_at, days.day + date_overrides.ends_at
      from days
      join public.date_overrides
        on date_overrides.coach_id = open_hours.coach_id
        and date_overrides.day = days.day
        and date_overrides.starts_at is not null
    )
    select blocks.opens at time zone blocks.time_zone, -- Postgres reads the later one.
      case
        -- Shown twice: Postgres reads the second, we mean the first.
        when closing.turned_back > interval '0' and (closing.later - closing.turned_back) at time zone blocks.time_zone = blocks.closes
          then closing.later - closing.turned_back
        -- Skipped: Postgres moves on by what is skipped. Zero on any other day.
        else closing.later - (closing.later at time zone blocks.time_zone - blocks.closes)
      end
    from blocks
    cross join lateral (
      select instant as later,
        -- By how much clocks went back in the three hours before; half an hour on Lord Howe.
        (instant - interval '3 hours') at time zone blocks.time_zone - instant at time zone blocks.time_zone + interval '3 hours' as turned_back
      from (select blocks.closes at time zone blocks.time_zone) as reading (instant)
    ) as closing;
end;
$function$;

CREATE OR REPLACE FUNCTION private.zone_on (
  coach_id uuid,
  day      date
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(
    (
      select travel_zones.time_zone
      from public.travel_zones
      where travel_zones.coach_id = coaches.id
        and zone_on.day between travel_zones.first_day and travel_zones.last_day
    ),
    coaches.time_zone
  )
  from public.coaches
  where coaches.id = zone_on.coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.zone_spans (
  coach_id    uuid,
  time_window tstzrange
)
  RETURNS TABLE (
    during    tstzrange,
    time_zone text
  )
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  return query
    with trips as (
      select trip.arrives_at, trip.time_zone,
        least(trip.leaves_at, lead(trip.arrives_at) over (order by trip.arrives_at)) as leaves_at
      from (
        select travel_zones.time_zone,
          travel_zones.first_day::timestamp at time zone travel_zones.time_zone as arrives_at,
          (travel_zones.last_day + 1)::timestamp at time zone travel_zones.time_zone as leaves_at
        from public.travel_zones
        where travel_zones.coach_id = zone_spans.coach_id
      ) as trip
    ),
    spans as (
      select tstzrange(trips.arrives_at, trips.leaves_at) as during, trips.time_zone
      from trips
      union all
      select home.during, coaches.time_zone
      from public.coaches
      cross join lateral unnest(
        tstzmultirange(tstzrange('-infinity', 'infinity'))
          - coalesce((select range_agg(tstzrange(trips.arrives_at, trips.leaves_at)) from trips), '{}')
      ) as home (during)
      where coaches.id = zone_spans.coach_id
    )
    select spans.during, spans.time_zone
    from spans
    where spans.during && zone_spans.time_window;
end;
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
  cross join lateral private.free_slots(
    offers.coach_id,
    offers.duration_minutes,
    tstzrange(
      available_slots.from_at,
      least(greatest(available_slots.to_at, available_slots.from_at), available_slots.from_at + interval '62 days')
    )
  ) as slot
  where offers.id = available_slots.offer_id
    and offers.archived_at is null
  order by slot.starts_at;
$function$;

CREATE OR REPLACE FUNCTION public.request_booking (
  offer_id  uuid,
  starts_at timestamp with time zone,
  time_zone text,
  note      text                     DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_settings private.platform_settings := private.settings();
  v_offer public.offers;
  v_during tstzrange;
  v_order_id uuid;
  v_booking_id uuid;
begin
  if not private.is_time_zone(request_booking.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(request_booking.offer_id, v_client.id);
  v_during := tstzrange(
    request_booking.starts_at,
    request_booking.starts_at + make_interval(mins => v_offer.duration_minutes)
  );

  -- Two requests of one client wait for each other here, so that the count holds.
  perform from public.profiles where profiles.id = v_client.id for no key update;

  if (
    select count(*) from public.bookings
    where bookings.client_id = v_client.id
      and bookings.status = 'held'
      and bookings.hold_expires_at > now()
  ) >= 3 then
    raise exception 'You are holding three times already. Pay for one or let it go first.' using errcode = 'OBMNY';
  end if;

  perform private.lock_calendar(v_offer.coach_id);

  if not private.is_free(v_offer, request_booking.starts_at) then
    if private.is_offered(v_offer, request_booking.starts_at)
      and v_during && private.booked_times(v_offer.coach_id, v_during) then
      raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
    end if;
    raise exception 'This time is not open for booking. Choose another one.' using errcode = 'OBTIM';
  end if;

  perform private.expire_lapsed_holds(v_offer.coach_id, v_during);

  v_order_id := private.create_order(v_offer, v_client.id);

  insert into public.bookings (order_id, offer_id, coach_id, client_id, starts_at, ends_at, client_time_zone, note, hold_expires_at)
  values (
    v_order_id, v_offer.id, v_offer.coach_id, v_client.id, lower(v_during), upper(v_during),
    request_booking.time_zone, left(trim(request_booking.note), 1000),
    now() + make_interval(mins => v_settings.hold_minutes)
  )
  on conflict do nothing
  returning bookings.id into v_booking_id;

  if v_booking_id is null then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end if;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  values (v_booking_id, 'client', v_client.id, 'held');

  return v_booking_id;
end;
$function$;

ALTER TABLE "public"."availability_settings"
  ADD CONSTRAINT "availability_settings_buffer_after" CHECK (((buffer_after_minutes >= 0) AND (buffer_after_minutes <= 120)));

ALTER TABLE "public"."availability_settings"
  ADD CONSTRAINT "availability_settings_buffer_before" CHECK (((buffer_before_minutes >= 0) AND (buffer_before_minutes <= 120)));

ALTER TABLE "public"."availability_settings"
  ADD CONSTRAINT "availability_settings_day_limit" CHECK (((max_sessions_per_day >= 1) AND (max_sessions_per_day <= 24)));

ALTER TABLE "public"."availability_settings"
  ADD CONSTRAINT "availability_settings_week_limit" CHECK (((max_sessions_per_week >= 1) AND (max_sessions_per_week <= 100)));

ALTER TABLE "public"."date_overrides"
  ADD CONSTRAINT "date_overrides_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."date_overrides"
  ADD CONSTRAINT "date_overrides_never_overlap" EXCLUDE USING gist (coach_id WITH =, day
    WITH =, int4range(COALESCE((EXTRACT(epoch FROM starts_at))::integer, 0), COALESCE((EXTRACT(epoch FROM ends_at))::integer, 86400)) WITH &&);

ALTER TABLE "public"."out_of_office"
  ADD CONSTRAINT "out_of_office_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."travel_zones"
  ADD CONSTRAINT "travel_zones_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."travel_zones"
  ADD CONSTRAINT "travel_zones_never_overlap" EXCLUDE USING gist (coach_id WITH =, daterange(first_day, last_day, '[]'::text) WITH &&);

CREATE INDEX date_overrides_coach_id_day_idx ON public.date_overrides USING btree (coach_id, day);

CREATE INDEX out_of_office_coach_id_first_day_idx ON public.out_of_office USING btree (coach_id, first_day);

CREATE INDEX travel_zones_coach_id_first_day_idx ON public.travel_zones USING btree (coach_id, first_day);

CREATE POLICY "Coaches can view their own overrides" ON "public"."date_overrides"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

CREATE POLICY "Coaches can view when they are out of office" ON "public"."out_of_office"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

CREATE POLICY "Coaches can view their own travel zones" ON "public"."travel_zones"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

COMMENT ON TABLE "public"."availability_settings" IS 'How bookable the weekly hours are: notice, step, horizon, buffers and limits.';

COMMENT ON TABLE "public"."date_overrides" IS 'A date with hours of its own in place of its weekday''s, in the coach''s wall time; one row without times is closed.';

COMMENT ON TABLE "public"."out_of_office" IS 'When a coach is away, in their wall time, with a note that clients read; nothing is offered then.';

COMMENT ON TABLE "public"."travel_zones" IS 'Where a coach is for some days: on these dates their hours are wall time there.';

REVOKE ALL ON FUNCTION "private"."away_spans"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."away_spans"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."away_spans"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."away_times"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."away_times"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."away_times"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."booked_times"(uuid, tstzrange, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."booked_times"(uuid, tstzrange, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."booked_times"(uuid, tstzrange, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."busy_elsewhere"(uuid, tstzrange) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."busy_elsewhere"(uuid, tstzrange) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."busy_elsewhere"(uuid, tstzrange) TO "postgres";

REVOKE ALL ON FUNCTION "private"."free_slots"(uuid, integer, tstzrange, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."free_slots"(uuid, integer, tstzrange, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."free_slots"(uuid, integer, tstzrange, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."full_times"(uuid, tstzrange, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."full_times"(uuid, tstzrange, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."full_times"(uuid, tstzrange, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_free"(public.offers, timestamp WITH time zone, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_free"(public.offers, timestamp WITH time zone, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_free"(public.offers, timestamp WITH time zone, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_calendar"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_calendar"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_calendar"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."offered_slots"(uuid, integer, tstzrange) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."offered_slots"(uuid, integer, tstzrange) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."offered_slots"(uuid, integer, tstzrange) TO "postgres";

REVOKE ALL ON FUNCTION "private"."open_hours"(uuid, tstzrange) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."open_hours"(uuid, tstzrange) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."open_hours"(uuid, tstzrange) TO "postgres";

REVOKE ALL ON FUNCTION "private"."zone_on"(uuid, date) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."zone_on"(uuid, date) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."zone_on"(uuid, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."zone_spans"(uuid, tstzrange) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."zone_spans"(uuid, tstzrange) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."zone_spans"(uuid, tstzrange) TO "postgres";

REVOKE ALL ON TABLE "public"."date_overrides" FROM "authenticated";

GRANT SELECT ON TABLE "public"."date_overrides" TO "authenticated";

REVOKE ALL ON TABLE "public"."out_of_office" FROM "authenticated";

GRANT SELECT ON TABLE "public"."out_of_office" TO "authenticated";

REVOKE ALL ON TABLE "public"."travel_zones" FROM "authenticated";

GRANT SELECT ON TABLE "public"."travel_zones" TO "authenticated";

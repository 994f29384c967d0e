SET local check_function_bodies = off;

DROP FUNCTION "private"."is_time_zone"(text);

DROP FUNCTION "public"."save_availability_settings"(integer, integer, integer);

DROP FUNCTION "public"."search_coaches"(text, text, text, text, integer, text, integer);

CREATE SEQUENCE "private"."calendar_changes_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE TABLE "private"."calendar_changes" (
  "id"       bigint NOT NULL DEFAULT nextval('private.calendar_changes_id_seq'::regclass),
  "coach_id" uuid   NOT NULL,
  CONSTRAINT "calendar_changes_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."calendar_changes"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."next_times" (
  "coach_id"     uuid                        NOT NULL,
  "next_at"      timestamp(6) with time zone,
  "next_ends_at" timestamp(6) with time zone,
  "check_at"     timestamp(6) with time zone NOT NULL,
  CONSTRAINT "next_times_pkey" PRIMARY KEY (coach_id)
);

ALTER TABLE "private"."next_times"
  ENABLE ROW LEVEL SECURITY;

ALTER SEQUENCE "private"."calendar_changes_id_seq" OWNED BY "private"."calendar_changes"."id";

CREATE OR REPLACE FUNCTION private.hours_blocks (
  hours jsonb
)
  RETURNS TABLE (
    weekday    smallint,
    starts_at  time without time zone,
    ends_at    time without time zone,
    "position" bigint
  )
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select (block ->> 'weekday')::smallint, (block ->> 'starts_at')::time, (block ->> 'ends_at')::time, number
  from jsonb_array_elements(hours_blocks.hours) with ordinality as sent (block, number);
$function$;

CREATE OR REPLACE FUNCTION private.is_coming_day (
  day       date,
  time_zone text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(is_coming_day.day - (now() at time zone is_coming_day.time_zone)::date between 0 and 366, false);
$function$;

CREATE OR REPLACE FUNCTION private.is_time_zone (
  name text
)
  RETURNS boolean
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
begin
  if is_time_zone.name is null
    or is_time_zone.name !~ '^(UTC|Etc/GMT[+-]?(\d|1[0-4])|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2})$' then
    return false;
  end if;
  perform now() at time zone is_time_zone.name;
  return true;
exception
  when invalid_parameter_value then
    return false;
end;
$function$;

CREATE OR REPLACE FUNCTION private.next_available_at (
  coach_id uuid
)
  RETURNS timestamp WITH time zone
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_next_at timestamptz;
begin
  select next_times.next_at into v_next_at
  from private.next_times
  where next_times.coach_id = next_available_at.coach_id
    and next_times.check_at > now()
    and not exists (
      select from private.calendar_changes where calendar_changes.coach_id = next_available_at.coach_id
    );
  if found then
    return v_next_at;
  end if;
  return (select next.starts_at from private.next_free(next_available_at.coach_id) as next);
end;
$function$;

CREATE OR REPLACE FUNCTION private.next_free (
  coach_id uuid
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
declare
  v_minutes integer;
  v_from timestamptz := now();
  v_days integer;
begin
  select min(offers.duration_minutes) into v_minutes
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  where offers.coach_id = next_free.coach_id and offers.archived_at is null;
  if v_minutes is null then
    return;
  end if;

  foreach v_days in array array[2, 9, 30, 90] loop
    return query
      select slot.starts_at, slot.ends_at
      from private.free_slots(next_free.coach_id, v_minutes, tstzrange(v_from, now() + make_interval(days => v_days))) as slot
      order by slot.starts_at
      limit 1;
    if found then
      return;
    end if;
    v_from := now() + make_interval(days => v_days);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refresh_next_times()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_changed uuid[];
begin
  if not pg_try_advisory_xact_lock(hashtextextended('refresh_next_times', 0)) then
    return;
  end if;

  with noted as (
    delete from private.calendar_changes
    where calendar_changes.coach_id in (
      select distinct changes.coach_id
      from (select * from private.calendar_changes order by calendar_changes.id limit 1000) as changes
    )
    returning calendar_changes.coach_id
  )
  select coalesce(array_agg(distinct noted.coach_id), '{}') into v_changed from noted;

  -- A statement of its own: it sees everything that the notes it took were about.
  with due as (
    select unnest(v_changed) as coach_id
    union
    (
      select next_times.coach_id from private.next_times
      where next_times.check_at <= now()
      order by next_times.check_at
      limit 1000
    )
  )
  insert into private.next_times (coach_id, next_at, next_ends_at, check_at)
  select coaches.id, next.starts_at, next.ends_at,
    -- Without a free time the horizon may bring one, as days go by.
    coalesce(
      next.starts_at - make_interval(mins => availability_settings.minimum_notice_minutes),
      now() + interval '15 minutes'
    )
  from due
  join public.coaches on coaches.id = due.coach_id
  join public.availability_settings on availability_settings.coach_id = coaches.id
  left join lateral private.next_free(coaches.id) as next on true
  where coaches.status = 'approved'
  on conflict (coach_id) do update
  set next_at = excluded.next_at,
      next_ends_at = excluded.next_ends_at,
      check_at = excluded.check_at;

  delete from private.next_times
  using public.coaches
  where next_times.coach_id = any (v_changed)
    and coaches.id = next_times.coach_id
    and coaches.status <> 'approved';
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_calendar__note_change()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  insert into private.calendar_changes (coach_id)
  select coaches.id
  from public.coaches
  -- None when the coach is being deleted with all that is theirs.
  where coaches.id = case tg_op when 'DELETE' then old.coach_id else new.coach_id end;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_coaches__note_calendar_change()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  insert into private.calendar_changes (coach_id) values (new.id);
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION public.add_out_of_office (
  first_day date,
  starts_at time without time zone,
  last_day  date,
  ends_at   time without time zone,
  note      text                   DEFAULT ''::text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  if char_length(trim(add_out_of_office.note)) > 200 then
    raise exception 'Say it in at most 200 characters.' using errcode = 'OANOT';
  end if;
  if not private.is_coming_day(add_out_of_office.last_day, v_coach.time_zone)
    or not private.is_coming_day(greatest(add_out_of_office.first_day, now()::date), v_coach.time_zone) then
    raise exception 'Choose an end from today on, at most a year ahead.' using errcode = 'OAOFF';
  end if;
  -- Two forms sent at once would both see room for one more.
  perform from public.availability_settings where availability_settings.coach_id = v_coach.id for no key update;
  if (
    select count(*) from public.out_of_office
    where out_of_office.coach_id = v_coach.id and out_of_office.last_day >= now()::date - 1
  ) >= 50 then
    raise exception 'You have planned 50 of these already. Remove one first.' using errcode = 'OAMNY';
  end if;

  insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at, note)
  values (
    v_coach.id, add_out_of_office.first_day, add_out_of_office.starts_at,
    add_out_of_office.last_day, add_out_of_office.ends_at, trim(add_out_of_office.note)
  );
exception
  when check_violation or not_null_violation then
    raise exception 'Being away must end after it starts, within a year.' using errcode = 'OAOFF';
end;
$function$;

REVOKE ALL ON FUNCTION "public"."add_out_of_office"(date, time WITHOUT time zone, date, time WITHOUT time zone, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.add_travel_zone (
  first_day date,
  last_day  date,
  time_zone text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  if not private.is_time_zone(add_travel_zone.time_zone) then
    raise exception 'Choose a time zone from the list.' using errcode = 'UPZON';
  end if;
  if not private.is_coming_day(add_travel_zone.last_day, v_coach.time_zone) then
    raise exception 'Choose a last day from today on, at most a year ahead.' using errcode = 'OATRP';
  end if;

  insert into public.travel_zones (coach_id, first_day, last_day, time_zone)
  values (v_coach.id, add_travel_zone.first_day, add_travel_zone.last_day, add_travel_zone.time_zone);
exception
  when check_violation or not_null_violation then
    raise exception 'A trip must end on the day it starts or later.' using errcode = 'OATRP';
  when exclusion_violation then
    raise exception 'You are on another trip on one of these days. Remove that one first.' using errcode = 'OATRP';
end;
$function$;

REVOKE ALL ON FUNCTION "public"."add_travel_zone"(date, date, text) FROM PUBLIC, "anon", "service_role";

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
        (select min(offers.duration_minutes) from public.offers where offers.coach_id = coaches.id and offers.archived_at is null),
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

REVOKE ALL ON FUNCTION "public"."availability_preview"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.coaches_free_before (
  deadline    timestamp with time zone,
  specialty   text                     DEFAULT NULL::text,
  state       text                     DEFAULT NULL::text,
  page_number integer                  DEFAULT 1
)
  RETURNS TABLE (
    coach_id         uuid,
    slug             text,
    display_name     text,
    headline         text,
    states           text[],
    specialties      text[],
    languages        text[],
    from_price_cents integer,
    rating_average   numeric,
    review_count     integer,
    sessions_held    integer,
    offer_id         uuid,
    offer_title      text,
    duration_minutes integer,
    price_cents      integer,
    free_starts      timestamp with time zone[]
  )
  LANGUAGE plpgsql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_where text := '';
begin
  if coaches_free_before.specialty is not null then
    v_where := v_where || ' and listing.specialties @> array[$2]';
  end if;
  if coaches_free_before.state is not null then
    v_where := v_where || ' and listing.states @> array[$3]';
  end if;

  return query execute format(
    $query$
      select found.coach_id, coaches.slug, coaches.display_name, coaches.headline, found.states,
        found.specialties, found.languages, found.from_price_cents, found.rating_average,
        found.review_count, found.sessions_held,
        offer.id, offer.title, offer.duration_minutes, offer.price_cents, free.starts
      from (
        select listing.*, next_times.next_at
        from private.next_times
        join public.coach_listings as listing on listing.coach_id = next_times.coach_id
        where next_times.next_at < $1 and next_times.next_ends_at <= $1 %1$s
        order by next_times.next_at, next_times.coach_id
        limit 13 offset $4
      ) as found
      join public.coaches on coaches.id = found.coach_id
      cross join lateral (
        select offers.* from public.offers
        where offers.coach_id = found.coach_id and offers.archived_at is null
        order by offers.duration_minutes, offers.price_cents, offers.id
        limit 1
      ) as offer
      cross join lateral (
        select array_agg(soonest.starts_at order by soonest.starts_at) as starts
        from (
          select slot.starts_at
          from private.free_slots(
            found.coach_id,
            offer.duration_minutes,
            -- Three days from the first one on have enough of them.
            tstzrange(now(), greatest(now(), least($1, greatest(found.next_at, now()) + interval '3 days')))
          ) as slot
          where slot.ends_at <= $1
          order by slot.starts_at
          limit 3
        ) as soonest
      ) as free
      where free.starts is not null
      order by free.starts[1], found.coach_id
    $query$,
    v_where
  )
  using coaches_free_before.deadline, coaches_free_before.specialty, coaches_free_before.state,
    (greatest(coaches_free_before.page_number, 1) - 1) * 12;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."coaches_free_before"(timestamp WITH time zone, text, text, integer) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.out_of_office_notes (
  coach_id uuid,
  from_at  timestamp with time zone,
  to_at    timestamp with time zone
)
  RETURNS TABLE (
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone,
    note      text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select away.starts_at, away.ends_at, away.note
  from public.coaches
  cross join lateral private.away_spans(coaches.id) as away
  where coaches.id = out_of_office_notes.coach_id
    and coaches.status = 'approved'
    and away.ends_at > greatest(out_of_office_notes.from_at, now())
    and away.starts_at < least(out_of_office_notes.to_at, out_of_office_notes.from_at + interval '62 days')
  order by away.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."out_of_office_notes"(uuid, timestamp WITH time zone, timestamp WITH time zone) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.remove_date_override (
  day date
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  delete from public.date_overrides
  where date_overrides.coach_id = v_coach.id and date_overrides.day = remove_date_override.day;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."remove_date_override"(date) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.remove_out_of_office (
  out_of_office_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  delete from public.out_of_office
  where out_of_office.id = remove_out_of_office.out_of_office_id and out_of_office.coach_id = v_coach.id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."remove_out_of_office"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.remove_travel_zone (
  travel_zone_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  delete from public.travel_zones
  where travel_zones.id = remove_travel_zone.travel_zone_id and travel_zones.coach_id = v_coach.id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."remove_travel_zone"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.save_availability_settings (
  minimum_notice_minutes integer,
  slot_step_minutes      integer,
  horizon_days           integer,
  buffer_before_minutes  integer DEFAULT 0,
  buffer_after_minutes   integer DEFAULT 0,
  max_sessions_per_day   integer DEFAULT NULL::integer,
  max_sessions_per_week  integer DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  update public.availability_settings
  set minimum_notice_minutes = save_availability_settings.minimum_notice_minutes,
      slot_step_minutes = save_availability_settings.slot_step_minutes,
      horizon_days = save_availability_settings.horizon_days,
      buffer_before_minutes = save_availability_settings.buffer_before_minutes,
      buffer_after_minutes = save_availability_settings.buffer_after_minutes,
      max_sessions_per_day = save_availability_settings.max_sessions_per_day,
      max_sessions_per_week = save_availability_settings.max_sessions_per_week
  where availability_settings.coach_id = v_coach.id;
exception
  when check_violation or not_null_violation then
    raise exception 'Choose each of these from its list.' using errcode = 'OASET';
end;
$function$;

REVOKE ALL ON FUNCTION "public"."save_availability_settings"(integer, integer, integer, integer, integer, integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.save_date_override (
  day   date,
  hours jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  if not private.is_coming_day(save_date_override.day, v_coach.time_zone) then
    raise exception 'Choose a date from today on, at most a year ahead.' using errcode = 'OADAY';
  end if;

  delete from public.date_overrides
  where date_overrides.coach_id = v_coach.id and date_overrides.day = save_date_override.day;

  insert into public.date_overrides (coach_id, day, starts_at, ends_at)
  select v_coach.id, save_date_override.day, block.starts_at, block.ends_at
  from private.hours_blocks(save_date_override.hours) as block;

  if not found then
    insert into public.date_overrides (coach_id, day) values (v_coach.id, save_date_override.day);
  end if;
exception
  when check_violation or exclusion_violation or invalid_datetime_format or datetime_field_overflow then
    raise exception 'Each block must end after it starts, and no two may overlap.' using errcode = 'OAHRS';
end;
$function$;

REVOKE ALL ON FUNCTION "public"."save_date_override"(date, jsonb) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.save_weekly_hours (
  hours jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_wrong integer;
begin
  select min(block.weekday) into v_wrong
  from private.hours_blocks(save_weekly_hours.hours) as block
  where block.ends_at <= block.starts_at
    or exists (
      select from private.hours_blocks(save_weekly_hours.hours) as other
      where other.weekday = block.weekday
        and other.position <> block.position
        and other.starts_at < block.ends_at
        and block.starts_at < other.ends_at
    );
  if v_wrong between 1 and 7 then
    -- The first of January 2024 was a Monday.
    raise exception 'On %, each block must end after it starts, and no two may overlap.',
        to_char(date '2023-12-31' + v_wrong, 'FMDay')
      using errcode = 'OAHRS', detail = v_wrong::text;
  end if;

  delete from public.weekly_hours where weekly_hours.coach_id = v_coach.id;

  insert into public.weekly_hours (coach_id, weekday, starts_at, ends_at)
  select v_coach.id, block.weekday, block.starts_at, block.ends_at
  from private.hours_blocks(save_weekly_hours.hours) as block;

  if v_coach.status = 'approved' and not exists (
    select from public.weekly_hours where weekly_hours.coach_id = v_coach.id
  ) then
    raise exception 'Keep at least one block of hours, or pause your practice.' using errcode = 'OAHRS';
  end if;
exception
  when check_violation or invalid_datetime_format or datetime_field_overflow then
    raise exception 'A block is on a day of the week, from one time of that day to another.' using errcode = 'OAHRS';
end;
$function$;

CREATE OR REPLACE FUNCTION public.search_coaches (
  query           text    DEFAULT NULL::text,
  state           text    DEFAULT NULL::text,
  specialty       text    DEFAULT NULL::text,
  language        text    DEFAULT NULL::text,
  max_price_cents integer DEFAULT NULL::integer,
  sort            text    DEFAULT 'rating'::text,
  page_number     integer DEFAULT 1
)
  RETURNS TABLE (
    coach_id          uuid,
    slug              text,
    display_name      text,
    headline          text,
    states            text[],
    specialties       text[],
    languages         text[],
    from_price_cents  integer,
    rating_average    numeric,
    review_count      integer,
    sessions_held     integer,
    next_available_at timestamp with time zone
  )
  LANGUAGE plpgsql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_query tsquery := websearch_to_tsquery('english', coalesce(search_coaches.query, ''));
  v_where text := 'true';
  v_from text := '';
  v_order text := case search_coaches.sort
    when 'soonest' then 'next_times.next_at, next_times.coach_id'
    when 'price' then 'listing.from_price_cents, listing.coach_id'
    when 'newest' then 'listing.listed_at desc, listing.coach_id'
    else 'listing.rating_score desc, listing.coach_id'
  end;
begin
  if numnode(v_query) > 0 then
    v_where := v_where || ' and listing.document @@ $1';
  end if;
  if search_coaches.state is not null then
    v_where := v_where || ' and listing.states @> array[$2]';
  end if;
  if search_coaches.specialty is not null then
    v_where := v_where || ' and listing.specialties @> array[$3]';
  end if;
  if search_coaches.language is not null then
    v_where := v_where || ' and listing.languages @> array[$4]';
  end if;
  if search_coaches.max_price_cents is not null then
    v_where := v_where || ' and listing.from_price_cents <= $5';
  end if;

  if search_coaches.sort = 'soonest' then
    v_from := 'join private.next_times on next_times.coach_id = listing.coach_id';
  end if;

  return query execute format(
    $query$
      select found.coach_id, coaches.slug, coaches.display_name, coaches.headline, found.states,
        found.specialties, found.languages, found.from_price_cents, found.rating_average,
        found.review_count, found.sessions_held, private.next_available_at(found.coach_id)
      from (
        select listing.*, row_number() over (order by %2$s) as position
        from public.coach_listings as listing %3$s
        where %1$s
        order by %2$s
        limit 25 offset $6
      ) as found
      join public.coaches on coaches.id = found.coach_id
      order by found.position
    $query$,
    v_where, v_order, v_from
  )
  using v_query, search_coaches.state, search_coaches.specialty, search_coaches.language,
    search_coaches.max_price_cents, (greatest(search_coaches.page_number, 1) - 1) * 24;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."search_coaches"(text, text, text, text, integer, text, integer) FROM PUBLIC, "service_role";

ALTER TABLE "private"."calendar_changes"
  ADD CONSTRAINT "calendar_changes_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "private"."next_times"
  ADD CONSTRAINT "next_times_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

CREATE INDEX calendar_changes_coach_id_idx ON private.calendar_changes USING btree (coach_id);

CREATE INDEX next_times_check_at_idx ON private.next_times USING btree (check_at);

CREATE INDEX next_times_next_at_coach_id_idx ON private.next_times USING btree (next_at, coach_id);

CREATE TRIGGER availability_settings__note_calendar_change
  AFTER INSERT OR UPDATE ON public.availability_settings
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

CREATE TRIGGER bookings__note_calendar_change
  AFTER INSERT OR DELETE OR UPDATE OF status, starts_at, ends_at ON public.bookings
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

CREATE TRIGGER busy_times__note_calendar_change
  AFTER INSERT OR DELETE OR UPDATE ON public.busy_times
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

CREATE TRIGGER coaches__note_calendar_change
  AFTER UPDATE OF status, time_zone ON public.coaches
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_coaches__note_calendar_change();

CREATE TRIGGER date_overrides__note_calendar_change
  AFTER INSERT OR DELETE OR UPDATE ON public.date_overrides
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

CREATE TRIGGER offers__note_calendar_change
  AFTER INSERT OR UPDATE OF archived_at, duration_minutes ON public.offers
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

CREATE TRIGGER out_of_office__note_calendar_change
  AFTER INSERT OR DELETE OR UPDATE ON public.out_of_office
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

CREATE TRIGGER travel_zones__note_calendar_change
  AFTER INSERT OR DELETE OR UPDATE ON public.travel_zones
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

CREATE TRIGGER weekly_hours__note_calendar_change
  AFTER INSERT OR DELETE OR UPDATE ON public.weekly_hours
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

CREATE POLICY "Nobody reads the calendar changes over the API" ON "private"."calendar_changes"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads the next times over the API" ON "private"."next_times"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."calendar_changes" IS 'Coaches whose calendar has changed since their next time was found. Written by triggers, emptied by refresh_next_times.';

COMMENT ON TABLE "private"."next_times" IS 'When each listed coach can be booked next, for search. Recomputed by refresh_next_times.';

REVOKE ALL ON FUNCTION "private"."hours_blocks"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."hours_blocks"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."hours_blocks"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_coming_day"(date, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_coming_day"(date, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_coming_day"(date, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_time_zone"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_time_zone"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_time_zone"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."next_available_at"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."next_available_at"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."next_available_at"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."next_free"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."next_free"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."next_free"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refresh_next_times"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refresh_next_times"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refresh_next_times"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_calendar__note_change"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_calendar__note_change"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_calendar__note_change"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_coaches__note_calendar_change"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_coaches__note_calendar_change"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_coaches__note_calendar_change"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."add_out_of_office"(date, time WITHOUT time zone, date, time WITHOUT time zone, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."add_out_of_office"(date, time WITHOUT time zone, date, time WITHOUT time zone, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."add_out_of_office"(date, time WITHOUT time zone, date, time WITHOUT time zone, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."add_travel_zone"(date, date, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."add_travel_zone"(date, date, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."add_travel_zone"(date, date, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."availability_preview"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."availability_preview"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."availability_preview"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coaches_free_before"(timestamp WITH time zone, text, text, integer) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."coaches_free_before"(timestamp WITH time zone, text, text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coaches_free_before"(timestamp WITH time zone, text, text, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."out_of_office_notes"(uuid, timestamp WITH time zone, timestamp WITH time zone) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."out_of_office_notes"(uuid, timestamp WITH time zone, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."out_of_office_notes"(uuid, timestamp WITH time zone, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."remove_date_override"(date) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."remove_date_override"(date) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."remove_date_override"(date) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."remove_out_of_office"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."remove_out_of_office"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."remove_out_of_office"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."remove_travel_zone"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."remove_travel_zone"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."remove_travel_zone"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_availability_settings"(integer, integer, integer, integer, integer, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."save_availability_settings"(integer, integer, integer, integer, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_availability_settings"(integer, integer, integer, integer, integer, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_date_override"(date, jsonb) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."save_date_override"(date, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_date_override"(date, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."search_coaches"(text, text, text, text, integer, text, integer) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."search_coaches"(text, text, text, text, integer, text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."search_coaches"(text, text, text, text, integer, text, integer) TO "postgres";

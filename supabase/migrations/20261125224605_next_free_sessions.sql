SET local check_function_bodies = off;

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
  -- As time passes without a word from their calendar; nothing changes that could leave a note.
  if private.is_calendly_closed(next_available_at.coach_id) then
    return null;
  end if;

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
  where offers.coach_id = next_free.coach_id and offers.archived_at is null and offers.kind = 'session';
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
        where offers.coach_id = found.coach_id and offers.archived_at is null and offers.kind = 'session'
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

CREATE TRIGGER calendly_connections__note_calendar_change
  AFTER INSERT OR DELETE OR UPDATE ON private.calendly_connections
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_calendar__note_change();

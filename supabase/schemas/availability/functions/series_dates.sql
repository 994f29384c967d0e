/*
 * The dates of a weekly series that would begin at `starts_at`, as many as it can have
 * (platform_settings.series_sessions) or fewer: the same wall time of the coach's own zone every week,
 * whatever the clocks do between. For each whether it is free; if not, why: taken, closed (the
 * coach does not offer it) or too_far (past how far ahead they plan), and up to three of the
 * nearest free times within three days of it. No row for an offer that can't be repeated.
 *
 * Security definer: visitors see free times without seeing hours or bookings.
 */
create function public.series_dates(offer_id uuid, starts_at timestamptz, session_count integer default null)
returns table (
  session_position integer,
  starts_at timestamptz,
  ends_at timestamptz,
  conflict text,
  alternatives timestamptz[]
)
language sql
stable
security definer
set search_path = ''
as $$
  select dates.week + 1, dates.starts_at, dates.starts_at + make_interval(mins => offers.duration_minutes),
    found.conflict,
    case when found.conflict is null then '{}' else array(
      select near.starts_at
      from (
        select slot.starts_at
        from public.available_slots(
          offers.id, dates.starts_at - interval '3 days', dates.starts_at + interval '3 days'
        ) as slot
        order by abs(extract(epoch from slot.starts_at - dates.starts_at)), slot.starts_at
        limit 3
      ) as near
      order by near.starts_at
    ) end
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral private.weekly_starts(
    series_dates.starts_at, coaches.time_zone, least(series_dates.session_count, (private.settings()).series_sessions)
  ) as dates
  cross join lateral (select private.date_conflict(offers, dates.starts_at) as conflict) as found
  where offers.id = series_dates.offer_id
    and offers.archived_at is null
    and offers.kind = 'session'
  order by dates.week;
$$;

grant execute on function public.series_dates(uuid, timestamptz, integer) to anon, authenticated;

/*
 * The same wall time in `time_zone` in `weeks` weeks that follow each other, the first at
 * `starts_at` itself. A time that the clock skips that day comes as much later as is skipped.
 */
create function private.weekly_starts(starts_at timestamptz, time_zone text, weeks integer)
returns table (week integer, starts_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select number,
    case number
      when 0 then weekly_starts.starts_at -- As chosen: a wall time that comes twice is two instants.
      else (weekly_starts.starts_at at time zone weekly_starts.time_zone + make_interval(days => 7 * number))
        at time zone weekly_starts.time_zone
    end
  from generate_series(0, weekly_starts.weeks - 1) as number;
$$;

/* Why an offer can't be booked at a start: taken, closed or too_far; null when it can. */
create function private.date_conflict(offer public.offers, starts_at timestamptz)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when private.is_free(date_conflict.offer, date_conflict.starts_at) then null
    when date_conflict.starts_at >= now() + make_interval(days => availability_settings.horizon_days) then 'too_far'
    when private.is_offered(date_conflict.offer, date_conflict.starts_at) then 'taken'
    else 'closed'
  end
  from public.availability_settings
  where availability_settings.coach_id = (date_conflict.offer).coach_id;
$$;

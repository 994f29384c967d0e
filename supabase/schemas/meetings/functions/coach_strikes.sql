/*
 * How reliable coaches were in the last 180 days, counted anew from what happened each time one
 * looks, never stored: sessions they cancelled less than 24 hours before the start, sessions they
 * did not come to (what is objected to does not count until it is settled), and requests that they
 * let lapse without an answer. A date of a group session counts once, whatever its seats. Coaches
 * without any are left out. `select * from
 * admin.coach_strikes()` in Studio's editor.
 */
create function admin.coach_strikes()
returns table (
  coach_id uuid,
  slug text,
  display_name text,
  status public.coach_status,
  late_cancellations integer,
  no_shows integer,
  unanswered_requests integer,
  strikes integer,
  last_strike_at timestamptz
)
language sql
stable
set search_path = ''
as $$
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
$$;

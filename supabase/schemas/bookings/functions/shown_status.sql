/*
 * A booking's status as it is at this moment: a hold that has lapsed, and a request that was not
 * answered in time, are over before cron says so.
 */
create function private.shown_status(booking public.bookings)
returns public.booking_status
language sql
stable
set search_path = ''
as $$
  select case
    when (shown_status.booking).status = 'held' and (shown_status.booking).hold_expires_at <= now() then 'expired'
    when (shown_status.booking).status = 'requested' and (shown_status.booking).answer_by <= now() then 'expired'
    else (shown_status.booking).status
  end::public.booking_status;
$$;

/* Whether the meeting's door is open now: confirmed, from 15 minutes before until the end. */
create function private.is_joinable(booking public.bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_joinable.booking).status = 'confirmed'
    and now() < (is_joinable.booking).ends_at
    and now() >= (is_joinable.booking).starts_at - make_interval(mins => (private.settings()).join_opens_minutes);
$$;

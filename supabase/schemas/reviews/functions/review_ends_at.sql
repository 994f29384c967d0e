/*
 * Until when a session can be reviewed, and from when on what was written is shown in any case: so many days after
 * its end, or after it was settled that it was held, when it was taken for missed before.
 */
create function private.review_ends_at(booking public.bookings)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select greatest((review_ends_at.booking).ends_at, private.held_after_all_at(review_ends_at.booking))
    + make_interval(days => (private.settings()).review_window_days);
$$;

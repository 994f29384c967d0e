/*
 * A session of a series and those of the same order that come after it: what "this and all that
 * follow" means. Only confirmed ones that are still to come; the order of time is that of their
 * starts as they are now.
 */
create function private.this_and_following(booking public.bookings)
returns setof public.bookings
language sql
stable
set search_path = ''
as $$
  select bookings.*
  from public.bookings
  where bookings.order_id = (this_and_following.booking).order_id
    and bookings.starts_at >= (this_and_following.booking).starts_at
    and bookings.status = 'confirmed'
    and bookings.starts_at > now();
$$;

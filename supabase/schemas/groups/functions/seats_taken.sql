/* How many seats of a date are taken now, or were when it took place. A hold that lapsed is none. */
create function private.seats_taken(group_date_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select count(*)::integer
  from public.bookings
  where bookings.group_date_id = seats_taken.group_date_id
    and private.shown_status(bookings) not in ('cancelled', 'declined', 'expired');
$$;

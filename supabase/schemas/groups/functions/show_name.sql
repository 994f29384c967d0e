/*
 * A client agrees that the others at a date who agreed as well read their name, or no longer
 * does. Nothing else changes, and nobody is told. Raises: OBNFD (not a seat of theirs).
 *
 * Security definer: nobody may update bookings.
 */
create function public.show_name(booking_id uuid, is_shown boolean)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
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
$$;

grant execute on function public.show_name(uuid, boolean) to authenticated;

/*
 * The names of the others at the date of the asker's seat: of those who agreed, and only while
 * the asker agrees as well and both seats stand. None for anyone else, not even the coach, who
 * asks date_seats.
 *
 * Security definer: the others' seats and profiles are nobody's to see.
 */
create function public.seat_neighbors(booking_id uuid)
returns table (name text)
language sql
stable
security definer
set search_path = ''
as $$
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
$$;

grant execute on function public.seat_neighbors(uuid) to authenticated;

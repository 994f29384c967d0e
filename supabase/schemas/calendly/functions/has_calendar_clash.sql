/*
 * Whether the coach's own calendar had something else at the time of this session when it was
 * to be written there. False for anyone but the two parties.
 *
 * Security definer: what is at Calendly is not granted to anyone.
 */
create function public.has_calendar_clash(booking_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select
    from public.bookings
    join private.calendly_events on calendly_events.booking_id = bookings.id
    where bookings.id = has_calendar_clash.booking_id
      and bookings.status = 'confirmed'
      and calendly_events.status = 'clash'
      and private.booking_party(bookings) is not null
  );
$$;

grant execute on function public.has_calendar_clash(uuid) to authenticated;

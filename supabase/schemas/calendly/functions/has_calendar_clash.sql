/*
 * Whether the coach's own calendar has something else at the time of this session: when it was
 * to be written there, or because somebody booked there. False for anyone but the two parties.
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
    where bookings.id = has_calendar_clash.booking_id
      and bookings.status = 'confirmed'
      and private.booking_party(bookings) is not null
      and (
        exists (
          select from private.calendly_events
          where calendly_events.booking_id = bookings.id and calendly_events.status = 'clash'
        )
        or exists (
          select from private.calendly_bookings
          where calendly_bookings.coach_id = bookings.coach_id
            and calendly_bookings.status = 'clash'
            and tstzrange(calendly_bookings.starts_at, calendly_bookings.ends_at) && bookings.during
        )
      )
  );
$$;

grant execute on function public.has_calendar_clash(uuid) to authenticated;

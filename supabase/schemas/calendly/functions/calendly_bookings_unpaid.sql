/*
 * What was booked at the asker's Calendly, is to come, and is not paid for: soonest first, at
 * most 50. `status` is waiting (for whoever booked to come here), clash, or linked: held for its
 * client. `pay_by` is until when.
 *
 * Security definer: what was booked at Calendly is not granted to anyone.
 */
create function public.calendly_bookings_unpaid()
returns table (
  id uuid,
  status public.calendly_booking_status,
  name text,
  offer_title text,
  starts_at timestamptz,
  ends_at timestamptz,
  pay_by timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select calendly_bookings.id, calendly_bookings.status,
    case when client.id is null then calendly_bookings.name else private.shown_name(client) end, offers.title,
    coalesce(bookings.starts_at, calendly_bookings.starts_at) as starts_at,
    coalesce(bookings.ends_at, calendly_bookings.ends_at),
    coalesce(bookings.hold_expires_at, calendly_bookings.pay_by) as pay_by
  from private.calendly_bookings
  join public.offers on offers.id = calendly_bookings.offer_id
  left join public.bookings on bookings.id = calendly_bookings.booking_id
  left join public.profiles as client on client.id = bookings.client_id
  where calendly_bookings.coach_id = private.current_coach_id()
    and (
      calendly_bookings.status in ('waiting', 'clash') and calendly_bookings.pay_by > now()
      or private.shown_status(bookings) = 'held'
    )
  order by 5
  limit 50;
$$;

grant execute on function public.calendly_bookings_unpaid() to authenticated;

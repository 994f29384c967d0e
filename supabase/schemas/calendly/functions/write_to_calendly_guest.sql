/*
 * Writes to the address with which something was booked at Calendly: `kind` is asked (sign in
 * and pay), clash or lapsed. Once for each kind and time.
 */
create function private.write_to_calendly_guest(there private.calendly_bookings, kind text)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.enqueue(
    'mail_guest',
    'mail_guest:' || (write_to_calendly_guest.there).id || ':' || write_to_calendly_guest.kind || ':'
      || extract(epoch from (write_to_calendly_guest.there).starts_at),
    jsonb_build_object(
      'calendly_booking_id', (write_to_calendly_guest.there).id, 'kind', write_to_calendly_guest.kind
    )
  );
$$;

/* What `dispatch` needs to write such a mail, or null when it no longer holds. */
create function private.guest_mail_work(id uuid, kind text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', calendly_bookings.id,
    'kind', guest_mail_work.kind,
    'email', calendly_bookings.email,
    'name', calendly_bookings.name,
    'coach_name', coaches.display_name,
    'offer_title', offers.title,
    'price_cents', offers.price_cents,
    'starts_at', calendly_bookings.starts_at,
    'ends_at', calendly_bookings.ends_at,
    'time_zone', calendly_bookings.time_zone,
    'pay_by', calendly_bookings.pay_by
  )
  from private.calendly_bookings
  join public.coaches on coaches.id = calendly_bookings.coach_id
  join public.offers on offers.id = calendly_bookings.offer_id
  where calendly_bookings.id = guest_mail_work.id
    and calendly_bookings.status = case guest_mail_work.kind
      when 'asked' then 'waiting' when 'clash' then 'clash' else 'lapsed'
    end::public.calendly_booking_status;
$$;

/*
 * Whoever opened the link in our mail takes what was booked at Calendly as theirs: the link
 * went to the address that was given there, and is as good as the address. Returns the id of
 * the booking that waits for its payment; a second time the same.
 *
 * Raises: UPSGN, UPONB, KCNFD (no such booking, or somebody else's), KCOVR (it lapsed or was
 * called off), KCCLS (somebody else has the time), KCNOT (one's own offer, or a second intro call).
 * Security definer: what was booked at Calendly is not granted to anyone.
 */
create function public.claim_calendly_booking(id uuid)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_there private.calendly_bookings;
  v_booking_id uuid;
begin
  select * into v_there
  from private.calendly_bookings
  where calendly_bookings.id = claim_calendly_booking.id
  for update; -- Two who claim it wait for each other, and for the end of its time.

  if not found or v_there.status = 'linked' and not exists (
    select from public.bookings where bookings.id = v_there.booking_id and bookings.client_id = v_client.id
  ) then
    raise exception 'There is nothing to pay for here.' using errcode = 'KCNFD';
  end if;

  if v_there.status = 'linked' then
    return v_there.booking_id;
  end if;

  if v_there.status not in ('waiting', 'clash') or v_there.pay_by <= now() then
    raise exception 'This session can no longer be paid for. Choose another time.' using errcode = 'KCOVR';
  end if;

  if not private.may_buy(v_client.id, v_there.offer_id) then
    raise exception 'You cannot book this session: it is your own, or a second free call.' using errcode = 'KCNOT';
  end if;

  v_booking_id := private.place_calendly_booking(v_there.id, v_client.id);

  if v_booking_id is null then
    raise exception 'Somebody else has this time. Choose another one.' using errcode = 'KCCLS';
  end if;

  return v_booking_id;
end;
$$;

grant execute on function public.claim_calendly_booking(uuid) to authenticated;

/*
 * What was booked at Calendly, for whoever has the link to it; no row for a link that was never
 * sent. `booking_id` is only told to the client whose it became.
 *
 * Security definer: what was booked at Calendly is not granted to anyone.
 */
create function public.calendly_booking_details(id uuid)
returns table (
  status public.calendly_booking_status,
  offer_title text,
  coach_name text,
  coach_slug text,
  price_cents integer,
  starts_at timestamptz,
  ends_at timestamptz,
  time_zone text,
  pay_by timestamptz,
  reschedule_url text,
  booking_id uuid
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    case
      when calendly_bookings.status in ('waiting', 'clash') and calendly_bookings.pay_by <= now() then 'lapsed'
      else calendly_bookings.status
    end::public.calendly_booking_status,
    offers.title, coaches.display_name, coaches.slug, offers.price_cents,
    calendly_bookings.starts_at, calendly_bookings.ends_at, calendly_bookings.time_zone,
    calendly_bookings.pay_by, calendly_bookings.reschedule_url, bookings.id
  from private.calendly_bookings
  join public.offers on offers.id = calendly_bookings.offer_id
  join public.coaches on coaches.id = calendly_bookings.coach_id
  left join public.bookings
    on bookings.id = calendly_bookings.booking_id and bookings.client_id = private.current_profile_id()
  where calendly_bookings.id = calendly_booking_details.id;
$$;

grant execute on function public.calendly_booking_details(uuid) to anon, authenticated;

/*
 * What the client's checkout of a booking needs: order, price of all its sessions, whether tax comes on top, title, when
 * the hold ends, their Stripe customer and a checkout that was begun before. An order of several
 * sessions has one payment page, named by the first of them. Returns no row for anyone but the
 * client, and for a booking that does not exist: both look the same.
 *
 * Security definer: the Stripe ids are not granted to anyone.
 */
create function public.checkout_details(booking_id uuid)
returns table (
  order_id uuid,
  booking_status public.booking_status,
  hold_expires_at timestamptz,
  starts_at timestamptz,
  ends_at timestamptz,
  offer_title text,
  coach_id uuid,
  coach_slug text,
  coach_name text,
  amount_cents integer,
  currency text,
  email text,
  stripe_customer_id text,
  checkout_url text,
  checkout_expires_at timestamptz,
  failure_code text,
  is_instant boolean,
  session_count integer,
  first_booking_id uuid,
  discount_cents integer,
  automatic_tax boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select orders.id, bookings.status, bookings.hold_expires_at, bookings.starts_at, bookings.ends_at,
    offers.title, coaches.id, coaches.slug, coaches.display_name, orders.amount_cents, orders.currency,
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    orders.checkout_expires_at,
    (
      select payments.failure_code
      from public.payments
      where payments.order_id = orders.id and payments.status = 'failed'
      order by payments.created_at desc
      limit 1
    ),
    offers.is_instant,
    orders.session_count,
    (select first.id from public.bookings as first where first.order_id = orders.id and first.position = 1),
    orders.discount_cents, orders.automatic_tax
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  left join public.profile_contacts on profile_contacts.profile_id = bookings.client_id
  left join private.stripe_customers on stripe_customers.profile_id = bookings.client_id
  where bookings.id = checkout_details.booking_id
    and bookings.client_id = private.current_profile_id();
$$;

grant execute on function public.checkout_details(uuid) to authenticated;

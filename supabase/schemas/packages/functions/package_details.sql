/*
 * A package that the asker bought, or a period of a membership: what its pages show, and what its
 * checkout needs. Of one that is paid in parts: one of them, with the sessions that are left of all, and what went back
 * of them or was refused by the client's bank (with its tax). No row for anyone
 * but the client, and for an order that is none: both look the same.
 *
 * Security definer: the Stripe ids are not granted to anyone.
 */
create function public.package_details(order_id uuid)
returns table (
  order_id uuid,
  status public.order_status,
  pay_by timestamptz,
  offer_title text,
  offer_description text,
  duration_minutes integer,
  is_instant boolean,
  session_count integer,
  valid_months integer,
  coach_id uuid,
  coach_slug text,
  coach_name text,
  is_coach_open boolean,
  amount_cents integer,
  discount_cents integer,
  currency text,
  email text,
  stripe_customer_id text,
  checkout_url text,
  checkout_expires_at timestamptz,
  pages_ended integer,
  failure_code text,
  sessions_paid integer,
  credits_left integer,
  sessions_to_come integer,
  payments_to_come integer,
  credits_end_at timestamptz,
  credits_end_reason text,
  ended_cents integer,
  refused_cents integer,
  membership_id uuid,
  package_id uuid,
  plan_id uuid,
  plan_position integer,
  instalments integer,
  is_payable boolean,
  automatic_tax boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select orders.id, private.shown_order_status(orders), private.package_pay_by(orders),
    offers.title, offers.description, offers.duration_minutes, offers.is_instant, orders.session_count, offers.valid_months,
    coaches.id, coaches.slug, coaches.display_name, coaches.status = 'approved',
    orders.amount_cents, orders.discount_cents, orders.currency,
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    orders.checkout_expires_at,
    orders.pages_ended,
    (
      select payments.failure_code
      from public.payments
      where payments.order_id = orders.id and payments.status = 'failed'
      order by payments.created_at desc
      limit 1
    ),
    sessions.*,
    orders.credits_end_at,
    orders.credits_end_reason,
    unused.own_cents,
    (
      select coalesce(sum(private.refused_cents(payments)), 0)::integer
      from private.package_orders(orders) as parts
      join public.payments on payments.order_id = parts.id
    ),
    orders.membership_id,
    private.package_id(orders), orders.plan_id, orders.plan_position, payment_plans.instalments,
    private.is_payable(orders), orders.automatic_tax
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind in ('package', 'membership')
  join public.coaches on coaches.id = orders.coach_id
  left join public.payment_plans on payment_plans.id = orders.plan_id
  cross join lateral private.package_sessions(orders) as sessions
  cross join lateral (
    select sum(each.own_cents)::integer as own_cents
    from private.package_orders(orders) as parts
    cross join lateral private.unused_cents(parts.id) as each
  ) as unused
  left join public.profile_contacts on profile_contacts.profile_id = orders.client_id
  left join private.stripe_customers on stripe_customers.profile_id = orders.client_id
  where orders.id = package_details.order_id
    and not private.is_no_show_fee(orders.id)
    and orders.client_id = private.current_profile_id();
$$;

grant execute on function public.package_details(uuid) to authenticated;

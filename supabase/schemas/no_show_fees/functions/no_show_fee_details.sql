/*
 * What a client is charged if they do not come to a session, or was for not having come, for its two
 * parties: how it stands, and until when they may object. `retry_at` is when a declined card is tried again,
 * `words` why it was waived. `is_being_paid` while an overdue one may be paid already, or about to be: then
 * there is nothing to pay by hand. No row when there is no such fee, or none that can still come.
 *
 * Security definer: fees are granted to nobody.
 */
create function public.no_show_fee_details(booking_id uuid)
returns table (
  state public.no_show_fee_state,
  amount_cents integer,
  objection_minutes integer,
  retry_at timestamptz,
  words text,
  is_being_paid boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select private.no_show_fee_state(no_show_fees), coalesce(fee.amount_cents, period.no_show_fee_cents),
    (private.settings()).objection_minutes, private.next_try_at(fee.id), no_show_fees.words,
    private.no_show_fee_state(no_show_fees) = 'overdue' and private.is_being_paid(fee)
  from public.bookings
  join public.orders as period on period.id = bookings.order_id and period.membership_id is not null
  left join private.no_show_fees on no_show_fees.booking_id = bookings.id
  left join public.orders as fee on fee.id = no_show_fees.order_id
  left join public.attendance_decisions as decision on decision.booking_id = bookings.id
  where bookings.id = no_show_fee_details.booking_id
    and private.booking_party(bookings) is not null
    and (
      no_show_fees.booking_id is not null
      or period.no_show_fee_cents > 0 and (
        bookings.status in ('requested', 'confirmed')
        or bookings.status = 'no_show_client' and decision.settled_at is null
      )
    );
$$;

grant execute on function public.no_show_fee_details(uuid) to authenticated;

/*
 * What it costs a client not to come to a session that they book with what an order of theirs gives, and how
 * long they may object. No row for anyone else, nor when it costs nothing.
 *
 * Security definer: the setting is granted to nobody.
 */
create function public.no_show_fee_terms(order_id uuid)
returns table (amount_cents integer, objection_minutes integer)
language sql
stable
security definer
set search_path = ''
as $$
  select orders.no_show_fee_cents, (private.settings()).objection_minutes
  from public.orders
  where orders.id = no_show_fee_terms.order_id
    and orders.client_id = private.current_profile_id()
    and orders.membership_id is not null
    and orders.no_show_fee_cents > 0;
$$;

grant execute on function public.no_show_fee_terms(uuid) to authenticated;

/* How a fee stands; only agreed while there is none. */
create function private.no_show_fee_state(fee private.no_show_fees)
returns public.no_show_fee_state
language sql
stable
set search_path = ''
as $$
  select case
    when orders.status = 'refunded' then 'returned'
    when orders.paid_at is not null then 'paid'
    when (no_show_fee_state.fee).ended_reason = 'declined' then 'unpaid'
    when (no_show_fee_state.fee).ended_reason is not null then 'waived'
    when private.failed_charges(orders.id) > 0 then 'overdue'
    when orders.id is not null then 'due'
    else 'agreed'
  end::public.no_show_fee_state
  from (select) as one
  left join public.orders on orders.id = (no_show_fee_state.fee).order_id;
$$;

/*
 * What the page needs on which a client pays a no-show fee whose card was declined. Each payment page at
 * Stripe has some hours, as for instalments. No row for anyone else, nor when there is nothing to pay, or
 * while it may have been paid.
 *
 * Security definer: the Stripe ids are not granted to anyone.
 */
create function public.no_show_fee_checkout(booking_id uuid)
returns table (
  order_id uuid,
  starts_at timestamptz,
  time_zone text,
  offer_title text,
  coach_name text,
  amount_cents integer,
  currency text,
  session_count integer,
  pay_by timestamptz,
  email text,
  stripe_customer_id text,
  checkout_url text,
  pages_ended integer,
  failure_code text
)
language sql
stable
security definer
set search_path = ''
as $$
  select orders.id, bookings.starts_at, bookings.client_time_zone, offers.title, coaches.display_name,
    orders.amount_cents, orders.currency, orders.session_count, private.late_pay_by(),
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    orders.pages_ended,
    (
      select card_charges.failure_code from private.card_charges
      where card_charges.order_id = orders.id and card_charges.failure_code is not null
      order by card_charges.attempt desc
      limit 1
    )
  from private.no_show_fees
  join public.bookings on bookings.id = no_show_fees.booking_id
  join public.orders on orders.id = no_show_fees.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  left join public.profile_contacts on profile_contacts.profile_id = orders.client_id
  left join private.stripe_customers on stripe_customers.profile_id = orders.client_id
  where no_show_fees.booking_id = no_show_fee_checkout.booking_id
    and orders.client_id = private.current_profile_id()
    and private.no_show_fee_state(no_show_fees) = 'overdue'
    and not private.is_being_paid(orders);
$$;

grant execute on function public.no_show_fee_checkout(uuid) to authenticated;

/*
 * What a mail about a session says of its fee, agreed or charged: `needs_action` when the bank wants to be
 * asked, `retry_at` when the card is tried again. Null without one.
 */
create function private.mail_no_show_fee(booking public.bookings)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'cents', coalesce(fee.amount_cents, period.no_show_fee_cents),
    'objection_minutes', (private.settings()).objection_minutes,
    'needs_action', coalesce((
      select card_charges.outcome = 'requires_action' from private.card_charges
      where card_charges.order_id = fee.id and card_charges.outcome::text <> 'not_made'
      order by card_charges.attempt desc
      limit 1
    ), false),
    'retry_at', private.next_try_at(fee.id),
    'is_paid', fee.paid_at is not null,
    'words', no_show_fees.words
  )
  from public.orders as period
  left join private.no_show_fees on no_show_fees.booking_id = (mail_no_show_fee.booking).id
  left join public.orders as fee on fee.id = no_show_fees.order_id
  where period.id = (mail_no_show_fee.booking).order_id
    and period.membership_id is not null
    and (period.no_show_fee_cents > 0 or fee.id is not null);
$$;

/* Whether the fee for a session is still to be paid. */
create function private.is_no_show_fee_open(booking_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from private.no_show_fees
    join public.orders on orders.id = no_show_fees.order_id and orders.status = 'pending'
    where no_show_fees.booking_id = is_no_show_fee_open.booking_id
  );
$$;

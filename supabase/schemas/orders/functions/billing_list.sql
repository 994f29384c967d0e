/*
 * What the asker has paid, newest first, a page at a time: for what, to whom, how it stands, how many cents
 * with tax (`gross_cents`) and of tax, what came back with its tax or was refused by their bank, and Stripe's papers of it. `period_starts_at` and
 * `period_ends_at` are of a membership; of a no-show fee the session is the one that was missed.
 *
 * Security definer: what was bought shows its name whether or not it is still sold, and one join
 * over tables whose policies would each be checked a row.
 */
create function public.billing_list(page_size integer default 20, page_number integer default 1)
returns table (
  payment_id uuid,
  created_at timestamptz,
  status public.payment_status,
  gross_cents integer,
  tax_cents integer,
  returned_cents integer,
  returning_cents integer,
  refused_cents integer,
  failure_code text,
  receipt_url text,
  invoice_number text,
  invoice_url text,
  invoice_pdf_url text,
  offer_title text,
  offer_kind public.offer_kind,
  coach_name text,
  session_count integer,
  first_booking_id uuid,
  starts_at timestamptz,
  membership_id uuid,
  period_starts_at timestamptz,
  period_ends_at timestamptz,
  is_no_show_fee boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select payments.id, payments.created_at, payments.status, payments.amount_cents + payments.tax_cents, payments.tax_cents,
    returned.done_cents, returned.asked_cents, private.refused_cents(payments),
    payments.failure_code, payments.receipt_url, payments.invoice_number, payments.invoice_url, payments.invoice_pdf_url,
    offers.title, offers.kind, coaches.display_name, orders.session_count,
    coalesce(missed.id, first.id), coalesce(missed.starts_at, first.starts_at),
    orders.membership_id, orders.period_starts_at, orders.period_ends_at, missed.id is not null
  from public.payments
  join public.orders on orders.id = payments.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  left join public.bookings as first on first.order_id = orders.id and first.position = 1
  left join public.bookings as missed on missed.id = private.missed_booking_id(orders.id)
  cross join lateral (
    select coalesce(sum(refunds.amount_cents + refunds.tax_cents) filter (where refunds.status = 'succeeded'), 0)::integer as done_cents,
      coalesce(sum(refunds.amount_cents + refunds.tax_cents) filter (where refunds.status = 'requested'), 0)::integer as asked_cents
    from public.refunds
    where refunds.payment_id = payments.id
  ) as returned
  where orders.client_id = private.current_profile_id()
  order by payments.created_at desc, payments.id
  limit least(billing_list.page_size, 100)
  offset (greatest(billing_list.page_number, 1) - 1) * least(billing_list.page_size, 100);
$$;

grant execute on function public.billing_list(integer, integer) to authenticated;

/*
 * The asker's customer at Stripe; null when they have none yet.
 *
 * Security definer: Stripe's ids are not granted to anyone.
 */
create function public.own_stripe_customer()
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select stripe_customers.stripe_customer_id
  from private.stripe_customers
  where stripe_customers.profile_id = private.current_profile_id();
$$;

grant execute on function public.own_stripe_customer() to authenticated;

comment on table public.cancellation_policies is 'How much comes back when a client cancels, and who may move a session until when. Copied onto the order at sale.';
comment on table public.orders is 'What a client buys, with price, fee and cancellation policy as they were at sale.';
comment on table public.credit_entries is 'Sessions that an order gives to book with, and what became of them. The balance is the sum. Append only.';
comment on table public.payments is 'What Stripe says was paid, or tried, for an order.';
comment on table public.refunds is 'Money on its way back; written before Stripe is asked.';
comment on table private.refund_replacements is 'What of a refund that failed was given back in Stripe''s dashboard in its place.';
comment on table private.stripe_customers is 'The Stripe customer of a profile.';

alter table public.cancellation_policies
  add constraint cancellation_policies_tiers_are_ordered
    check (full_refund_minutes >= partial_refund_minutes and partial_refund_minutes >= 0),
  add constraint cancellation_policies_percent check (partial_refund_percent between 0 and 100),
  add constraint cancellation_policies_moves
    check (client_move_minutes >= 0 and coach_move_minutes >= 0 and client_moves >= 0),
  -- Stripe charges half a dollar at least.
  add constraint cancellation_policies_no_show_fee check (no_show_fee_cents = 0 or no_show_fee_cents between 50 and 100000);

create unique index cancellation_policies_one_default
  on public.cancellation_policies (is_default) where is_default;

alter table public.orders
  -- The fee of a price that we have reduced ourselves can be more than what was paid.
  add constraint orders_amounts check (
    amount_cents >= 0
    and fee_cents between 0 and amount_cents + case when discount_bearer = 'platform' then discount_cents else 0 end
  ),
  add constraint orders_discount check (discount_cents >= 0 and (discount_cents > 0) = (discount_bearer is not null)),
  add constraint orders_sessions_cost_the_same check (
    session_count >= 1 and amount_cents % session_count = 0 and fee_cents % session_count = 0
    and discount_cents % session_count = 0
  ),
  add constraint orders_tiers_are_ordered
    check (full_refund_minutes >= partial_refund_minutes and partial_refund_minutes >= 0),
  add constraint orders_percent check (partial_refund_percent between 0 and 100),
  add constraint orders_moves
    check (client_move_minutes >= 0 and coach_move_minutes >= 0 and client_moves >= 0),
  add constraint orders_no_show_fee check (no_show_fee_cents >= 0),
  add constraint orders_periods check (
    num_nulls(membership_id, stripe_invoice_id, period_starts_at, period_ends_at) in (0, 4)
    and period_ends_at >= period_starts_at
  ),
  add constraint orders_instalments check (num_nulls(plan_id, plan_position, due_at) in (0, 3) and plan_position >= 1),
  add constraint orders_paid_have_a_time check (status not in ('paid', 'released') or paid_at is not null);

-- Money is taken for an order once, however many webhooks say so. A second payment is a
-- surplus, and goes back.
create unique index payments_one_succeeded_per_order
  on public.payments (order_id) where status = 'succeeded';

-- Pages that ended of which it is not known whether they were paid (reconcile_money); then they are forgotten.
create index orders_unknown_pages_idx
  on public.orders (checkout_expires_at) where status in ('pending', 'expired') and stripe_checkout_session_id is not null;

-- Each session uses one credit once, and gives it back once at most.
create unique index credit_entries_one_per_booking_and_kind
  on public.credit_entries (booking_id, kind) where booking_id is not null;

create unique index credit_entries_one_per_order_and_kind
  on public.credit_entries (order_id, kind) where booking_id is null;

alter table public.credit_entries
  add constraint credit_entries_kind_says_the_sign check (
    case kind
      when 'granted' then sessions > 0 and booking_id is null
      when 'used' then sessions = -1 and booking_id is not null
      when 'returned' then sessions = 1 and booking_id is not null
      when 'ended' then sessions < 0 and booking_id is null
    end
  );

alter table public.payments
  add constraint payments_amount check (amount_cents > 0 and tax_cents >= 0),
  add constraint payments_fee check (fee_cents >= 0);
-- A cent that was given back in Stripe's dashboard may be one of tax alone.
alter table public.refunds
  add constraint refunds_amount check (amount_cents >= 0 and tax_cents >= 0 and amount_cents + tax_cents > 0);

alter table public.refunds
  add constraint refunds_elsewhere_is_done check (not is_elsewhere or status = 'succeeded' and stripe_refund_id is null),
  add constraint refunds_failed_are_followed_up check (followed_up_at is null or status = 'failed');

alter table private.refund_replacements
  add constraint refund_replacements_amount check (amount_cents >= 0 and tax_cents >= 0 and amount_cents + tax_cents > 0);

-- One refund of ours per payment, session and reason, but for one that took the place of one that failed, and what a
-- bank took of one; any number made in Stripe's dashboard.
create unique index refunds_one_per_payment_session_and_reason
  on public.refunds (payment_id, booking_id, reason) nulls not distinct
  where reason <> 'made_in_stripe' and followed_up_at is null and rest_of_id is null;

alter table public.cancellation_policies enable row level security;
alter table public.orders enable row level security;
alter table public.credit_entries enable row level security;
alter table public.payments enable row level security;
alter table public.refunds enable row level security;
alter table private.refund_replacements enable row level security;
alter table private.stripe_customers enable row level security;

grant select on public.cancellation_policies to anon, authenticated;

-- By column: the checkout address is the client's alone and comes from checkout_details.
grant select (
  id, client_id, coach_id, offer_id, status, session_count, amount_cents, discount_cents, discount_bearer, fee_cents,
  currency, credits_end_at, credits_end_reason, full_refund_minutes,
  partial_refund_minutes, partial_refund_percent, client_move_minutes, client_moves, coach_move_minutes, no_show_fee_cents,
  paid_at, membership_id, period_starts_at, period_ends_at, plan_id, plan_position, due_at, created_at
) on public.orders to authenticated;
grant select on public.credit_entries to authenticated;
-- What Stripe takes of it is between Stripe and us. The tax comes from billing_list: it is the client's alone,
-- since it tells where they live.
grant select (
  id, order_id, status, amount_cents, currency, failure_code, receipt_url, invoice_number, invoice_url, invoice_pdf_url,
  created_at
) on public.payments to authenticated;
-- Nor does the coach see what of the tax goes back (session_refunds).
grant select (id, order_id, booking_id, reason, status, amount_cents, created_at, settled_at)
  on public.refunds to authenticated;

-- No writes: money moves only through functions.

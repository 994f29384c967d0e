comment on table public.payment_plans is 'A package that is paid in monthly parts, one order each: how it stands, and what its client agreed to.';
comment on table private.instalment_charges is 'Each try to charge a saved card for an instalment, and what Stripe said. Written before Stripe is asked.';

alter table public.payment_plans
  add constraint payment_plans_instalments check (instalments between 2 and 12),
  add constraint payment_plans_ended_say_why check (
    (status = 'ended') = (ended_at is not null) and (status = 'ended') = (ended_reason is not null)
  ),
  add constraint payment_plans_hash check (words_sha256 = encode(sha256(convert_to(words, 'UTF8')), 'hex'));

alter table private.instalment_charges
  add constraint instalment_charges_attempt check (attempt >= 1),
  add constraint instalment_charges_settled_have_a_time check ((outcome is null) = (settled_at is null));

-- One instalment is not charged twice at the same time.
create unique index instalment_charges_one_open_per_order
  on private.instalment_charges (order_id) where outcome is null;

-- What the job looks for.
create index orders_instalments_due_idx on public.orders (due_at) where status = 'pending' and plan_id is not null;
create index payment_plans_pending_idx on public.payment_plans (created_at) where status = 'pending';

alter table public.payment_plans enable row level security;
alter table private.instalment_charges enable row level security;

-- By column: what the client agreed to is shown to them by plan_details.
grant select (id, client_id, coach_id, offer_id, instalments, status, ended_at, ended_reason, created_at)
  on public.payment_plans to authenticated;

-- No writes: buy_in_instalments, stop_plan, and what Stripe says.

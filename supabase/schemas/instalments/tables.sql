comment on table public.payment_plans is 'A package that is paid in monthly parts, one order each: how it stands, and what its client agreed to.';

alter table public.payment_plans
  add constraint payment_plans_instalments check (instalments between 2 and 12),
  add constraint payment_plans_ended_say_why check (
    (status = 'ended') = (ended_at is not null) and (status = 'ended') = (ended_reason is not null)
  ),
  add constraint payment_plans_hash check (words_sha256 = encode(sha256(convert_to(words, 'UTF8')), 'hex'));

-- What the job looks for.
create index orders_instalments_due_idx on public.orders (due_at) where status = 'pending' and plan_id is not null;
create index payment_plans_pending_idx on public.payment_plans (created_at) where status = 'pending';

alter table public.payment_plans enable row level security;

-- By column: what the client agreed to is shown to them by plan_details.
grant select (id, client_id, coach_id, offer_id, instalments, status, ended_at, ended_reason, created_at)
  on public.payment_plans to authenticated;

-- No writes: buy_in_instalments, stop_plan, and what Stripe says.

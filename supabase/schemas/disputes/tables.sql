comment on table public.disputes is 'Payments that clients had their bank take back, or ask about, as Stripe has them.';

alter table public.disputes
  add constraint disputes_amounts check (amount_cents > 0 and lost_cents >= 0 and lost_tax_cents >= 0);

alter table public.disputes enable row level security;

-- By column: what it costs us, and what it is called at Stripe, is not the coach's concern. Nor is what a bank
-- asks for: tax is part of it, and tells where their client lives (mail_dispute).
grant select (
  id, order_id, status, reason, lost_cents, evidence_due_at, evidence_sent_at, opened_at, closed_at
) on public.disputes to authenticated;

-- No writes: only what Stripe says changes a dispute (record_dispute).

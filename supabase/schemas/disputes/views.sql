/* What banks have taken back or ask about and have not decided: what it is about, and until when to answer. */
create view admin.open_disputes
with (security_invoker = true)
as
select disputes.id, disputes.stripe_dispute_id, disputes.status, disputes.reason, disputes.amount_cents, disputes.fee_cents,
  disputes.opened_at, disputes.evidence_due_at, disputes.evidence_sent_at,
  orders.id as order_id, offers.title as offer, coaches.display_name as coach, private.shown_name(profiles) as client
from public.disputes
join public.orders on orders.id = disputes.order_id
join public.offers on offers.id = orders.offer_id
join public.coaches on coaches.id = orders.coach_id
join public.profiles on profiles.id = orders.client_id
where private.is_open(disputes.status);

comment on view admin.open_disputes is 'What banks have taken back or ask about and have not decided.';

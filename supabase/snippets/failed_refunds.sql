-- Refunds that a bank refused: must be empty. Who waits for how much, since when. Then try again
-- (retry_refund.sql), give it back in Stripe's dashboard, which counts by itself, or in another way and say so
-- (record_refund_elsewhere.sql). If it is not to go back: dismiss_failed_refund.sql.
select failed_refunds.refund_id, failed_refunds.failed_at, profile_contacts.email, offers.title as offer,
  failed_refunds.amount_cents + failed_refunds.tax_cents as waits_for_cents, failed_refunds.tax_cents as of_that_tax_cents,
  failed_refunds.reason, failed_refunds.booking_id, failed_refunds.order_id, failed_refunds.stripe_refund_id
from admin.failed_refunds
join public.orders on orders.id = failed_refunds.order_id
join public.offers on offers.id = orders.offer_id
left join public.profile_contacts on profile_contacts.profile_id = orders.client_id
order by failed_refunds.failed_at
limit 200;

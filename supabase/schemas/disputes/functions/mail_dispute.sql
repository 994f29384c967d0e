/*
 * What a mail to the coach about a dispute says, as an object to add to mail_work's; null for every
 * other notification. The amount is what the bank's is of the price: the tax is not the coach's to see.
 */
create function private.mail_dispute(notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('dispute', jsonb_build_object(
    'amount_cents', round(
      disputes.amount_cents::numeric * payments.amount_cents / (payments.amount_cents + payments.tax_cents)
    ),
    'offer_title', offers.title,
    'client_name', private.shown_name(profiles)
  ))
  from public.disputes
  join public.payments on payments.id = disputes.payment_id
  join public.orders on orders.id = disputes.order_id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  where (mail_dispute.notification).kind like 'dispute\_%'
    and disputes.id = (mail_dispute.notification).subject_id;
$$;

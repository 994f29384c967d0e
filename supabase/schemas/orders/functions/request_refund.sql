/*
 * Writes that `amount_cents` of what a session cost go back, with the tax of them, and asks Stripe
 * through the outbox.
 * The order is refunded when nothing of it is left. Money that is about to be captured goes back
 * once it was (refund_work). Nothing happens for zero cents or when
 * there is no payment. A second call for the same session and reason is the same refund.
 */
create function private.request_refund(booking public.bookings, amount_cents integer, reason public.refund_reason)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.return_payment(
    payments, request_refund.amount_cents, request_refund.reason, (request_refund.booking).id
  )
  from public.payments
  where payments.order_id = (request_refund.booking).order_id
    and payments.status in ('authorized', 'succeeded')
    and request_refund.amount_cents > 0;
$$;

/* The same for one payment, whichever it is; of no session when it is a payment too many. */
create function private.return_payment(
  payment public.payments,
  amount_cents integer,
  reason public.refund_reason,
  booking_id uuid default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_refund_id uuid;
begin
  -- Two refunds of one payment would each count without the other.
  perform from public.orders where orders.id = (return_payment.payment).order_id for update;

  insert into public.refunds (order_id, payment_id, booking_id, amount_cents, tax_cents, reason)
  values (
    (return_payment.payment).order_id, (return_payment.payment).id, return_payment.booking_id,
    return_payment.amount_cents, private.tax_of_price(return_payment.payment, return_payment.amount_cents),
    return_payment.reason
  )
  on conflict (payment_id, booking_id, reason) where reason <> 'made_in_stripe' and followed_up_at is null and rest_of_id is null do nothing
  returning refunds.id into v_refund_id;

  if v_refund_id is null then
    return;
  end if;

  perform private.enqueue(
    'stripe.refund', 'stripe.refund:' || v_refund_id, jsonb_build_object('refund_id', v_refund_id)
  );
  perform private.settle_order((return_payment.payment).order_id);
end;
$$;

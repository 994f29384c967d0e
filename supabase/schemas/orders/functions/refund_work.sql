/*
 * What `dispatch` needs to ask Stripe for a refund, tax included, or null when it is made already, or waits
 * until a bank has decided who gets the money (settle_refunds_of_dispute): `is_decided` once one has, and `lost_cents`
 * is what of the payment it kept. Raises ORLTR while the money is still to be captured: the outbox tries again.
 */
create function private.refund_work(refund_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_payment public.payments;
begin
  select payments.* into v_payment
  from public.refunds
  join public.payments on payments.id = refunds.payment_id
  where refunds.id = refund_work.refund_id;

  if v_payment.status = 'authorized' then
    raise exception 'The payment of this refund is not captured yet.' using errcode = 'ORLTR';
  end if;

  return (
    select jsonb_build_object(
      'refund_id', refunds.id,
      'order_id', refunds.order_id,
      'payment_intent_id', v_payment.stripe_payment_intent_id,
      'gross_cents', refunds.amount_cents + refunds.tax_cents,
      'is_decided', exists (select from public.disputes where disputes.payment_id = v_payment.id and not private.is_open(disputes.status)),
      'lost_cents', (
        select coalesce(sum(disputes.lost_cents + disputes.lost_tax_cents), 0)
        from public.disputes
        where disputes.payment_id = v_payment.id
      )
    )
    from public.refunds
    where refunds.id = refund_work.refund_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null
      and not private.is_taken_back(v_payment.id)
  );
end;
$$;

/*
 * What `dispatch` needs to close a payment page of an order that has expired, or to ask what became of one
 * that has ended, or null when there is none or it was paid. What is pending may still be paid on its page.
 */
create function private.expire_checkout_work(order_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('order_id', orders.id, 'checkout_session_id', orders.stripe_checkout_session_id)
  from public.orders
  where orders.id = expire_checkout_work.order_id
    and (orders.status = 'expired' or orders.status = 'pending' and orders.checkout_expires_at <= now())
    and orders.stripe_checkout_session_id is not null;
$$;

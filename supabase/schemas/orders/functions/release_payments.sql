/*
 * Lets go what a bank holds for an order: from here on it is not captured, and Stripe is told
 * through the outbox. Nothing happens without an authorisation, or a second time.
 */
create function private.release_payments(order_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_payment_id uuid;
begin
  for v_payment_id in
    update public.payments
    set status = 'released'
    where payments.order_id = release_payments.order_id
      and payments.status = 'authorized'
    returning payments.id
  loop
    perform private.enqueue_release(v_payment_id);
  end loop;
end;
$$;

/* Asks Stripe to let the money of one payment go. */
create function private.enqueue_release(payment_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.enqueue(
    'stripe.cancel_payment', 'stripe.cancel_payment:' || enqueue_release.payment_id,
    jsonb_build_object('payment_id', enqueue_release.payment_id)
  );
$$;

/*
 * What `dispatch` needs to capture a payment, tax included, or to let it go, or null when it has been captured
 * or let go meanwhile: `wanted` is the status in which there is something to do.
 */
create function private.payment_work(payment_id uuid, wanted public.payment_status)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'payment_id', payments.id,
    'payment_intent_id', payments.stripe_payment_intent_id,
    'gross_cents', payments.amount_cents + payments.tax_cents
  )
  from public.payments
  where payments.id = payment_work.payment_id
    and payments.status = payment_work.wanted;
$$;

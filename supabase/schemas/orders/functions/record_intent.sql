/*
 * What Stripe says of a payment intent that was to be captured or let go: `result` has its id,
 * status, charge, amount and what of it is tax (cents), and currency. From our own calls and from webhooks, in any
 * order and more than once. Of any other status nothing is written.
 */
create function private.record_intent(order_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  case record_intent.result ->> 'status'
    when 'succeeded' then
      perform private.record_payment(
        record_intent.order_id, record_intent.result ->> 'id', record_intent.result ->> 'latest_charge',
        (record_intent.result ->> 'amount_received')::integer, (record_intent.result ->> 'tax_cents')::integer,
        record_intent.result ->> 'currency'
      );
    when 'requires_capture' then
      perform private.record_authorization(
        record_intent.order_id, record_intent.result ->> 'id', record_intent.result ->> 'latest_charge',
        (record_intent.result ->> 'amount_capturable')::integer, (record_intent.result ->> 'tax_cents')::integer,
        record_intent.result ->> 'currency'
      );
    when 'canceled' then
      perform private.fail_payment(record_intent.order_id, record_intent.result ->> 'id');
    else
      null;
  end case;
end;
$$;

/* The same for the work of the outbox, which knows the payment. `result` is null when there was nothing to do. */
create function private.record_payment_work(payment_id uuid, result jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.record_intent(payments.order_id, record_payment_work.result)
  from public.payments
  where payments.id = record_payment_work.payment_id
    and record_payment_work.result is not null;
$$;

/*
 * The money of a request is not to be had: the bank let it go, or capturing failed for good. A
 * request expires; sessions that were accepted and are still to come are cancelled by the system,
 * and both are told. One that has begun is left to an admin, as a security event. A refund that
 * was asked for meanwhile is void: there is nothing to give back. Nothing happens to money that
 * was captured or let go before.
 */
create function private.fail_payment(order_id uuid, payment_intent_id text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_told_id uuid;
  v_payment_id uuid;
begin
  perform from public.orders where orders.id = fail_payment.order_id for update;

  update public.payments
  set status = 'released'
  where payments.order_id = fail_payment.order_id
    and payments.stripe_payment_intent_id = fail_payment.payment_intent_id
    and payments.status = 'authorized'
  returning payments.id into v_payment_id;

  if v_payment_id is null then
    return;
  end if;

  perform private.enqueue_release(v_payment_id);
  delete from public.refunds where refunds.payment_id = v_payment_id and refunds.stripe_refund_id is null;
  update public.orders set status = 'expired' where orders.id = fail_payment.order_id;
  perform private.end_request(fail_payment.order_id, 'expired', 'system', '');

  for v_booking in
    select * from public.bookings
    where bookings.order_id = fail_payment.order_id and bookings.status = 'confirmed'
    order by bookings.starts_at
    for update
  loop
    if private.cancel_session(v_booking, 'system', 0, 'The payment could not be taken.') then
      v_told_id := coalesce(v_told_id, v_booking.id);
    else
      perform public.record_security_event('capture_failed', jsonb_build_object('booking_id', v_booking.id));
    end if;
  end loop;

  perform private.notify_parties(v_told_id, 'booking_cancelled');
end;
$$;

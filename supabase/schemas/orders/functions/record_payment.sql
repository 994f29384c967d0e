/*
 * Money arrived for an order: written once, then the booking is confirmed, or the money goes back if the
 * time is gone; a package gives its credits, and a no-show fee is earned. Checkout and payment-intent events
 * both come here, in any order and more than once. `charge_id` may be unknown the first time. A second
 * payment of one order is a surplus, and goes back by itself.
 *
 * `gross_cents` is what Stripe took, `tax_cents` what of it Stripe says is tax. An amount or currency
 * that is not the order's is never taken for payment; it is written down as a security event for an
 * admin to look at.
 */
create function private.record_payment(
  order_id uuid,
  payment_intent_id text,
  charge_id text,
  gross_cents integer,
  tax_cents integer,
  currency text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order_to_pay(
    record_payment.order_id, record_payment.payment_intent_id, record_payment.gross_cents, record_payment.tax_cents,
    record_payment.currency
  );
  v_was_authorized boolean;
  v_payment public.payments;
begin
  if v_order.id is null then
    return;
  end if;

  v_was_authorized := exists (
    select from public.payments
    where payments.stripe_payment_intent_id = record_payment.payment_intent_id
      and payments.status = 'authorized'
  );

  insert into public.payments as known
    (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id, stripe_charge_id)
  select v_order.id,
    case when exists (
      select from public.payments
      where payments.order_id = v_order.id
        and payments.status = 'succeeded'
        and payments.stripe_payment_intent_id <> record_payment.payment_intent_id
    ) then 'surplus' else 'succeeded' end::public.payment_status,
    v_order.amount_cents, record_payment.gross_cents - v_order.amount_cents, record_payment.currency,
    record_payment.payment_intent_id, record_payment.charge_id
  on conflict (stripe_payment_intent_id) do update
  set status = excluded.status,
      amount_cents = excluded.amount_cents,
      tax_cents = excluded.tax_cents,
      failure_code = null,
      stripe_charge_id = coalesce(known.stripe_charge_id, excluded.stripe_charge_id)
  returning * into v_payment;

  if v_payment.status = 'surplus' then
    perform private.return_payment(v_payment, v_payment.amount_cents, 'paid_twice');
    return;
  end if;

  if v_order.status in ('pending', 'expired') then
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order.id;

    if v_was_authorized then
      perform private.settle_order(v_order.id); -- The coach has accepted; some may be on its way back.
    elsif private.is_package(v_order) then
      perform private.start_package(v_order, v_payment);
    elsif private.is_no_show_fee(v_order.id) then
      perform private.earn_no_show_fee(v_order, v_payment);
    else
      perform private.confirm_booking(v_order.id);
    end if;
  end if;
end;
$$;

/*
 * The order that money arrived or `is_held` for, locked: two events of one payment wait for each
 * other here. Null, and a security event, when there is none, or when the currency, or the amount
 * without tax, are not the order's, or tax was taken of an order that has none, or when the payment is
 * another order's: money pays once. The tax is what Stripe
 * said first: what is captured of money that was held is told without it. A bank holds what was asked for,
 * whatever part of it the coach has taken by now; that it still does is no news, and null, too.
 */
create function private.lock_order_to_pay(
  order_id uuid,
  payment_intent_id text,
  gross_cents integer,
  tax_cents integer,
  currency text,
  is_held boolean default false
)
returns public.orders
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order(lock_order_to_pay.order_id);
  v_tax_cents integer;
  v_expected integer;
begin
  if v_order.id is null then
    perform public.record_security_event(
      'payment_for_unknown_order', jsonb_build_object('payment_intent_id', lock_order_to_pay.payment_intent_id)
    );
    return null;
  end if;

  if exists (
    select from public.payments
    where payments.stripe_payment_intent_id = lock_order_to_pay.payment_intent_id
      and payments.order_id <> v_order.id
  ) then
    perform public.record_security_event(
      'payment_of_another_order',
      jsonb_build_object('order_id', v_order.id, 'payment_intent_id', lock_order_to_pay.payment_intent_id)
    );
    return null;
  end if;

  if lock_order_to_pay.is_held and exists (
    select from public.payments
    where payments.stripe_payment_intent_id = lock_order_to_pay.payment_intent_id
      and payments.status <> 'failed'
  ) then
    return null;
  end if;

  select coalesce(max(payments.tax_cents), lock_order_to_pay.tax_cents, 0) into v_tax_cents
  from public.payments
  where payments.stripe_payment_intent_id = lock_order_to_pay.payment_intent_id
    and payments.status <> 'failed';

  v_expected := v_order.amount_cents;
  if lock_order_to_pay.is_held then
    v_expected := private.asked_cents(v_order);
  end if;

  if lock_order_to_pay.gross_cents - v_tax_cents is distinct from v_expected
    or v_tax_cents < 0
    or v_tax_cents > 0 and not v_order.automatic_tax
    or lock_order_to_pay.currency is distinct from v_order.currency then
    perform public.record_security_event(
      'payment_amount_mismatch',
      jsonb_build_object('order_id', v_order.id, 'payment_intent_id', lock_order_to_pay.payment_intent_id)
    );
    return null;
  end if;

  return v_order;
end;
$$;

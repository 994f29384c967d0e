/*
 * What closing a checkout found: `result` is the session as Stripe has it. One that turns
 * out to be paid was paid in time or too late, and its webhook was lost or is on its way:
 * the money is settled here, so that a lost webhook loses nobody's money. Of a request's, the
 * payment intent comes along, because the session does not say that the bank holds the money.
 * One that `is_over` is forgotten: nothing was paid on it, and nothing can be.
 */
create function private.record_closed_checkout(order_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if record_closed_checkout.result ? 'intent' then
    perform private.record_intent(record_closed_checkout.order_id, record_closed_checkout.result -> 'intent');
  else
    perform private.record_paid_page(
      record_closed_checkout.order_id, record_closed_checkout.result, (record_closed_checkout.result ->> 'tax_cents')::integer
    );
  end if;

  if (record_closed_checkout.result ->> 'is_over')::boolean then
    perform private.forget_page(record_closed_checkout.order_id, record_closed_checkout.result ->> 'id');
  end if;
end;
$$;

/*
 * A payment page has ended, and nothing was paid on it: there is nothing to ask about, and another may be
 * made. Nothing happens when the order has another by now.
 */
create function private.forget_page(order_id uuid, checkout_session_id text)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.orders
  set stripe_checkout_session_id = null, checkout_url = null, checkout_expires_at = null,
      pages_ended = orders.pages_ended + 1 -- Stripe answers with another from now on.
  where orders.id = forget_page.order_id
    and orders.stripe_checkout_session_id = forget_page.checkout_session_id;
$$;

/*
 * A payment page as Stripe has it: when it says that it is paid, its total is, of which `tax_cents` are tax.
 * What was taken of money that a bank held is its payment intent's to say: it may be a part, and the page
 * shows all of it.
 */
create function private.record_paid_page(order_id uuid, session jsonb, tax_cents integer)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.record_payment(
    record_paid_page.order_id, record_paid_page.session ->> 'payment_intent', null,
    (record_paid_page.session ->> 'amount_total')::integer, record_paid_page.tax_cents,
    record_paid_page.session ->> 'currency'
  )
  where record_paid_page.session ->> 'payment_status' = 'paid'
    and not exists (
      select from public.payments
      join public.orders on orders.id = payments.order_id
      where payments.stripe_payment_intent_id = record_paid_page.session ->> 'payment_intent'
        and (payments.status = 'authorized' or private.asked_cents(orders) > orders.amount_cents)
    );
$$;

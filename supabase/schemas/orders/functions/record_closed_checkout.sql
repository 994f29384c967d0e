/*
 * What closing a checkout found: `result` is the session as Stripe has it. One that turns
 * out to be paid was paid in time or too late, and its webhook was lost or is on its way:
 * the money is settled here, so that a lost webhook loses nobody's money. Of a request's, the
 * payment intent comes along, because the session does not say that the bank holds the money.
 */
create function private.record_closed_checkout(order_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if record_closed_checkout.result ->> 'payment_status' = 'paid' then
    perform private.record_payment(
      record_closed_checkout.order_id,
      record_closed_checkout.result ->> 'payment_intent',
      null,
      (record_closed_checkout.result ->> 'amount_total')::integer,
      (record_closed_checkout.result ->> 'tax_cents')::integer,
      record_closed_checkout.result ->> 'currency'
    );
  elsif record_closed_checkout.result ? 'intent' then
    perform private.record_intent(record_closed_checkout.order_id, record_closed_checkout.result -> 'intent');
  end if;
end;
$$;

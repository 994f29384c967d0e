/*
 * What closing a checkout found: `result` is the session as Stripe has it. One that turns
 * out to be paid was paid in time or too late, and its webhook was lost or is on its way:
 * the money is settled here, so that a lost webhook loses nobody's money.
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
      record_closed_checkout.result ->> 'currency'
    );
  end if;
end;
$$;

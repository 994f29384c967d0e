/*
 * Capturing failed for good: the twelfth attempt, or a refusal that no retry can help.
 */
create function private.tg_outbox__capture_failed()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.fail_payment(payments.order_id, payments.stripe_payment_intent_id)
  from public.payments
  where payments.id = (new.payload ->> 'payment_id')::uuid;

  return new;
end;
$$;

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

/*
 * Work for Stripe was given up: the admins are told, once a day and topic; failed_work shows each. Money waits
 * for them. A capture is none of it: what it was for is called off (tg_outbox__capture_failed).
 */
create function private.tg_outbox__tell_admins()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.enqueue(
    'mail_admins', format('mail_admins:given_up:%s:%s', new.topic, (now() at time zone 'UTC')::date),
    jsonb_build_object('kind', 'work_given_up', 'work', new.topic, 'outbox_id', new.id, 'error', coalesce(new.last_error, ''))
  );
  return null;
end;
$$;

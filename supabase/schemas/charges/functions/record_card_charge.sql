/*
 * What Stripe answered when a saved card was charged. `payload` names the try, as charge_work takes it: `order_id`
 * and `attempt` (1, 2, 3). `result` is the payment intent, or why it was
 * refused, and what was to be paid. Its webhooks say the same, in any order, twice, or instead. When its
 * client has paid, or may have, on the order's page, `result` has that `page`, and no card was charged; nor
 * was one when its status is `not_made`. `result` is null when it was known before.
 */
create function private.record_card_charge(payload jsonb, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order_id uuid := (record_card_charge.payload ->> 'order_id')::uuid;
  v_attempt integer := (record_card_charge.payload ->> 'attempt')::integer;
begin
  if record_card_charge.result ? 'page' then
    perform private.record_closed_checkout(v_order_id, record_card_charge.result -> 'page');
  end if;

  if record_card_charge.result ? 'page' or record_card_charge.result ->> 'status' = 'not_made' then
    -- When what stood in the way is gone, the job asks again. The number stays used: Stripe may know it.
    update private.card_charges
    set outcome = 'not_made', settled_at = now()
    where card_charges.order_id = v_order_id
      and card_charges.attempt = v_attempt
      and card_charges.outcome is null;
  elsif record_card_charge.result ? 'error' then
    perform private.record_failed_payment(
      v_order_id, record_card_charge.result ->> 'id', (record_card_charge.result ->> 'amount')::integer,
      (record_card_charge.result ->> 'tax_cents')::integer, record_card_charge.result ->> 'currency',
      coalesce(
        record_card_charge.result -> 'error' ->> 'decline_code', record_card_charge.result -> 'error' ->> 'code'
      )
    )
    where record_card_charge.result ->> 'id' is not null;
    perform private.record_declined_charge(v_order_id, v_attempt, record_card_charge.result -> 'error');
  else
    perform private.record_intent(v_order_id, record_card_charge.result);
  end if;
end;
$$;

/*
 * A try to charge a card failed: noted once, the client is told, with a page to pay on, which is another
 * than before: that was closed. After the last try the plan, or the no-show fee, ends. Nothing happens to
 * payments that were no such try, or when it was paid meanwhile.
 */
create function private.record_declined_charge(order_id uuid, attempt integer, error jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
  v_is_last boolean;
begin
  if record_declined_charge.attempt is null then
    return;
  end if;
  -- The order comes before its charges, as when it is paid by hand at this moment.
  v_order := private.lock_order(record_declined_charge.order_id);

  update private.card_charges
  set outcome = case
        when 'authentication_required' in (
          record_declined_charge.error ->> 'code', record_declined_charge.error ->> 'decline_code'
        ) then 'requires_action'
        else 'declined'
      end::private.charge_outcome,
      failure_code = coalesce(record_declined_charge.error ->> 'decline_code', record_declined_charge.error ->> 'code'),
      settled_at = now()
  where card_charges.order_id = v_order.id
    and card_charges.attempt = record_declined_charge.attempt
    and card_charges.outcome is null;

  if not found or v_order.status <> 'pending' then
    return;
  end if;

  perform private.forget_page(v_order.id, v_order.stripe_checkout_session_id);

  v_is_last := private.failed_charges(v_order.id) > cardinality((private.settings()).charge_retry_days);
  if v_order.plan_id is null then
    perform private.decline_no_show_fee(v_order, record_declined_charge.attempt, v_is_last);
  elsif v_is_last then
    perform private.end_plan(v_order.plan_id, 'declined');
  else
    perform private.settle_plan(v_order.plan_id);
    perform private.notify(v_order.client_id, 'instalment_failed', v_order.id, version => record_declined_charge.attempt);
  end if;
end;
$$;

/*
 * An order is paid: a try to charge it that is under way has succeeded, or is too late and finds
 * nothing to charge. A trigger, so that it does not matter who says so first.
 */
create function private.tg_orders__settle_charges()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  update private.card_charges
  set outcome = 'succeeded', settled_at = now()
  where card_charges.order_id = new.id and card_charges.outcome is null;
  return null;
end;
$$;

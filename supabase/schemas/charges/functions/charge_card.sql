/*
 * Has the next try made to charge an order that is due, unless one is under way, or its day has not come.
 * From here on no payment page is made for it (record_checkout). One that is there is closed first, and counts
 * as ended from now on, whatever becomes of the try: Stripe is asked about it (reconcile_money), and no card is
 * tried again before it is known that nothing was paid on it, which takes a bank days. No number is used
 * twice, also when nothing was made of a try: Stripe knows a charge by it, and may tell of it late.
 */
create function private.charge_card(order_row public.orders)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
  v_attempt integer;
begin
  select * into v_order from public.orders where orders.id = (charge_card.order_row).id for update;
  if not private.is_try_due(v_order) then
    return;
  end if;

  select coalesce(max(card_charges.attempt), 0) + 1 into v_attempt
  from private.card_charges
  where card_charges.order_id = v_order.id;

  -- Of those of which nothing was made the last is enough: it has the number.
  delete from private.card_charges
  where card_charges.order_id = v_order.id
    and card_charges.outcome = 'not_made';

  insert into private.card_charges (order_id, attempt) values (v_order.id, v_attempt);

  -- One that was made, and could not be noted for this, is closed by the site: the next is another.
  update public.orders
  set pages_ended = orders.pages_ended + 1,
      checkout_expires_at = least(orders.checkout_expires_at, case when orders.checkout_expires_at is not null then now() end)
  where orders.id = v_order.id;

  perform private.enqueue(
    'stripe.charge_card', format('stripe.charge_card:%s:%s', v_order.id, v_attempt),
    jsonb_build_object('order_id', v_order.id, 'attempt', v_attempt)
  );
end;
$$;

/*
 * Whether the next try to charge a saved card for an order has come: none is under way, its payment page is not
 * to be asked about first, and the days after the first try are over (platform_settings.charge_retry_days), which
 * is tried once for each of them.
 */
create function private.is_try_due(order_row public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce((is_try_due.order_row).checkout_expires_at > now(), true)
    and not coalesce(bool_or(card_charges.outcome is null), false)
    and (
      count(*) = 0
      -- After the last there is no day, and no next.
      or coalesce(now() >= min(card_charges.created_at) + make_interval(days => (private.settings()).charge_retry_days[count(*)]), false)
    )
  from private.card_charges
  where card_charges.order_id = (is_try_due.order_row).id
    and card_charges.outcome is distinct from 'not_made';
$$;

/*
 * What `dispatch` needs to charge a saved card, or null when it is known what became of the try. When the
 * order is not to be charged any more (`is_to_charge`), it may have been before, and Stripe's answer be
 * lost: then it is only looked for. The card is that of the last payment of a package, or of a membership's subscription.
 * The payment page of the order comes along: it is closed before, and was perhaps paid.
 * `payload` names the try: `order_id` and `attempt` (1, 2, 3).
 */
create function private.charge_work(payload jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'order_id', orders.id,
    'attempt', card_charges.attempt,
    'is_to_charge', private.is_chargeable(orders),
    'amount_cents', orders.amount_cents,
    'automatic_tax', orders.automatic_tax,
    'currency', orders.currency,
    'description', case when private.is_no_show_fee(orders.id) then 'No-show fee: ' else '' end || offers.title,
    'subscription_id', private.no_show_fee_subscription(orders.id),
    'checkout_session_id', orders.stripe_checkout_session_id,
    'payment_intent_id', (
      select payments.stripe_payment_intent_id
      from public.orders as paid
      join public.payments on payments.order_id = paid.id and payments.status = 'succeeded'
      where paid.plan_id = orders.plan_id
      order by paid.plan_position desc
      limit 1
    )
  )
  from private.card_charges
  join public.orders on orders.id = card_charges.order_id
  join public.offers on offers.id = orders.offer_id
  where orders.id = (charge_work.payload ->> 'order_id')::uuid
    and card_charges.attempt = (charge_work.payload ->> 'attempt')::integer
    and card_charges.outcome is null;
$$;

/* Whether a saved card is to be charged for an order now: a part of a package, or a no-show fee. */
create function private.is_chargeable(order_row public.orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_chargeable.order_row).status = 'pending' and (
    exists (
      select from public.payment_plans
      where payment_plans.id = (is_chargeable.order_row).plan_id
        and payment_plans.status in ('active', 'overdue')
        and not private.is_charging_halted(payment_plans)
    )
    or private.is_no_show_fee_due(is_chargeable.order_row)
  );
$$;

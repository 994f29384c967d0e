/*
 * Run by cron every ten minutes. What has waited too long for news of Stripe's is asked for, through
 * the outbox, so that a lost webhook, and work that was given up, leave nothing behind. A refund or a
 * transfer is asked for within a day; after that it is an admin's (failed_work.sql):
 * - a payment page that has ended while its order is pending, or for eight days after it has expired, until
 *   Stripe says that nothing was paid on it: a bank account may take days to pay. At once, since no other is
 *   made until then (is_being_paid), then hourly; daily after a day, and when its order has expired
 * - money that a bank holds: it may have been taken or let go
 * - a refund that Stripe was not asked for, or of which it has not said how it ended
 * - a transfer, or one that is taken back, that is not made
 * - a saved card of which Stripe has not said whether it was charged; daily after a day
 * - a payment without charge and fee, or without the invoice, which comes after it
 * - a dispute that is open
 * - an account that is not active while a share waits for it, or to which Stripe has just refused one
 * - a payout that should have arrived; daily after two days
 * Of an account that Stripe no longer lets us read neither is asked for again: an admin was told (is_given_up).
 * Memberships have their own (reconcile_memberships). What a bank does later than that is found in
 * Stripe's list of movements (tg_balance_transactions__read_again), disputes that are new in its list of
 * those (record_balance).
 */
create function private.reconcile_money()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_waiting timestamptz := now() - interval '10 minutes';
  -- Stripe remembers for a day what it was asked under a key: after that, asking again may do it twice.
  v_given_up timestamptz := now() - interval '20 hours';
begin
  perform private.ask_again(
    'stripe.expire_checkout', orders.id, jsonb_build_object('order_id', orders.id),
    case when orders.status = 'expired' or orders.checkout_expires_at < now() - interval '1 day' then 'day' else 'hour' end
  )
  from public.orders
  where orders.status in ('pending', 'expired')
    and orders.stripe_checkout_session_id is not null
    and orders.checkout_expires_at <= now()
    and (orders.status = 'pending' or orders.checkout_expires_at > now() - interval '8 days')
    -- Of a request whose money is held it was paid; that is asked for below.
    and not exists (select from public.payments where payments.order_id = orders.id and payments.status = 'authorized');

  perform private.ask_again('stripe.read_payment', payments.id, jsonb_build_object('payment_id', payments.id))
  from public.payments
  where payments.status = 'authorized'
    and payments.created_at < v_waiting;

  perform private.ask_again('stripe.refund', refunds.id, jsonb_build_object('refund_id', refunds.id))
  from public.refunds
  where refunds.status = 'requested'
    and refunds.stripe_refund_id is null
    and refunds.created_at between v_given_up and v_waiting;

  perform private.ask_again('stripe.read_refund', refunds.id, jsonb_build_object('stripe_refund_id', refunds.stripe_refund_id))
  from public.refunds
  where refunds.status = 'requested'
    and refunds.stripe_refund_id is not null
    and refunds.created_at < v_waiting;

  perform private.ask_again('stripe.transfer', transfers.id, jsonb_build_object('transfer_id', transfers.id))
  from public.transfers
  where transfers.status = 'requested'
    and transfers.created_at between v_given_up and v_waiting;

  perform private.ask_again('stripe.reverse_transfer', transfer_reversals.id, jsonb_build_object('reversal_id', transfer_reversals.id))
  from public.transfer_reversals
  where transfer_reversals.status = 'requested'
    and transfer_reversals.created_at between v_given_up and v_waiting;

  -- It is looked for before it is made (charge-card.ts), so this may be asked for as long as it takes.
  perform private.ask_again(
    'stripe.charge_card', card_charges.order_id,
    jsonb_build_object('order_id', card_charges.order_id, 'attempt', card_charges.attempt),
    case when card_charges.created_at < now() - interval '1 day' then 'day' else 'hour' end
  )
  from private.card_charges
  where card_charges.outcome is null
    and card_charges.created_at < v_waiting;

  perform private.ask_again('stripe.read_charge', payments.id, jsonb_build_object('payment_id', payments.id))
  from public.payments
  where payments.status in ('succeeded', 'surplus')
    and (payments.fee_cents is null or payments.invoice_number is null)
    and payments.created_at between now() - case when payments.fee_cents is null then interval '3 days' else interval '3 hours' end and v_waiting;

  perform private.ask_again('stripe.read_dispute', disputes.id, jsonb_build_object('stripe_dispute_id', disputes.stripe_dispute_id))
  from public.disputes
  where private.is_open(disputes.status)
    and disputes.created_at < v_waiting;

  perform private.ask_again(
    'stripe.read_account', payout_accounts.coach_id, jsonb_build_object('stripe_account_id', payout_accounts.stripe_account_id)
  )
  from public.payout_accounts
  where exists (
    select from public.transfers
    where transfers.coach_id = payout_accounts.coach_id
      and (
        transfers.status = 'waiting' and payout_accounts.status <> 'active'
        or transfers.status = 'failed' and transfers.settled_at > now() - interval '1 day'
      )
  )
    and not private.is_given_up('stripe.read_account', jsonb_build_object('stripe_account_id', payout_accounts.stripe_account_id));

  perform private.ask_again(
    'stripe.read_payout', payouts.id,
    jsonb_build_object('stripe_account_id', payout_accounts.stripe_account_id, 'stripe_payout_id', payouts.stripe_payout_id),
    case when payouts.arrives_on < (now() at time zone 'UTC')::date - 2 then 'day' else 'hour' end
  )
  from public.payouts
  join public.payout_accounts on payout_accounts.coach_id = payouts.coach_id
  where payouts.status in ('pending', 'in_transit')
    and payouts.arrives_on < (now() at time zone 'UTC')::date
    and not private.is_given_up(
      'stripe.read_payout',
      jsonb_build_object('stripe_account_id', payout_accounts.stripe_account_id, 'stripe_payout_id', payouts.stripe_payout_id)
    );
end;
$$;

/*
 * Whether the last time that this was asked for it was given up: it is an admin's then (retry_failed_work), and
 * would be given up each time.
 */
create function private.is_given_up(topic text, payload jsonb)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select outbox.status = 'failed'
    from private.outbox
    where outbox.topic = is_given_up.topic and outbox.payload = is_given_up.payload
    order by outbox.id desc
    limit 1
  ), false);
$$;

/*
 * Has Stripe asked about one row, once an hour (or another `period`) at most, and not while the same
 * is being asked: the work of the first time may be tried again for hours. It counts as tried before,
 * so that whoever looks first whether it was done (transfer) does so.
 */
create function private.ask_again(topic text, id uuid, payload jsonb, period text default 'hour')
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.outbox (topic, dedupe_key, payload, attempts)
  select ask_again.topic,
    format('%s:%s:again:%s', ask_again.topic, ask_again.id, date_trunc(ask_again.period, now() at time zone 'UTC')),
    ask_again.payload, 1
  where not exists (
    select from private.outbox
    where outbox.topic = ask_again.topic
      and outbox.payload = ask_again.payload
      and outbox.status = 'pending'
  )
  on conflict (dedupe_key) do nothing;
$$;

/*
 * Stripe's list has a movement of a refund or a dispute that we have not heard of: it was made in the
 * dashboard, by a bank, or its webhook was lost. It is read.
 */
create function private.tg_balance_transactions__read_again()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if new.source like 're\_%' or new.source like 'pyr\_%' then
    perform private.enqueue(
      'stripe.read_refund', 'stripe.read_refund:' || new.id, jsonb_build_object('stripe_refund_id', new.source)
    )
    where not exists (
      select from public.refunds
      where refunds.stripe_refund_id = new.source
        and refunds.status = case when new.net_cents > 0 then 'failed' else 'succeeded' end::public.refund_status
    );
  elsif new.source like 'd%p\_%' then
    perform private.enqueue(
      'stripe.read_dispute', 'stripe.read_dispute:' || new.id, jsonb_build_object('stripe_dispute_id', new.source)
    )
    where not exists (
      select from private.ledger_journals
      where ledger_journals.source = (
        select 'dispute:' || disputes.id || ':' || new.id from public.disputes where disputes.stripe_dispute_id = new.source
      )
    );
  end if;
  return null;
end;
$$;

/*
 * Has Stripe's lists of movements and of disputes read, from `overlap_minutes` before where the last reading ended:
 * what came into them late is found by the longer look back at night. Once a minute at most.
 */
create function private.read_balance(overlap_minutes integer default 60)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.enqueue(
    'stripe.read_balance', 'stripe.read_balance:' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
    jsonb_build_object('overlap_minutes', read_balance.overlap_minutes)
  );
$$;

/*
 * What `dispatch` needs to read the lists: from when on (seconds since 1970; null for all of it), and
 * the moment up to which it will be known.
 */
create function private.read_balance_work(overlap_minutes integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'from', floor(extract(epoch from max(balance_readings.covers_until_at)
      - make_interval(mins => read_balance_work.overlap_minutes)))::bigint,
    'until', floor(extract(epoch from now()))::bigint
  )
  from private.balance_readings;
$$;

/*
 * Writes down what was read: each movement once, by Stripe's id, and what Stripe holds beside the
 * sum of all movements, to be compared. A dispute that nobody told us of is read; those that are known
 * and open are asked for by reconcile_money.
 */
create function private.record_balance(result jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.balance_transactions
    (id, type, source, amount_cents, fee_cents, net_cents, reporting_category, created_at)
  select read.id, read.type, read.source, read.amount, read.fee, read.net, read.reporting_category, to_timestamp(read.created)
  from jsonb_to_recordset(record_balance.result -> 'transactions') as read (
    id text, type text, source text, amount integer, fee integer, net integer, reporting_category text, created bigint
  )
  on conflict (id) do nothing;

  insert into private.balance_readings (covers_until_at, balance_cents, transactions_cents)
  select to_timestamp((record_balance.result ->> 'until')::bigint),
    (record_balance.result ->> 'balance')::integer,
    coalesce(sum(balance_transactions.net_cents), 0)
  from private.balance_transactions;

  select private.enqueue(
    'stripe.read_dispute', 'stripe.read_dispute:' || listed.id, jsonb_build_object('stripe_dispute_id', listed.id)
  )
  from jsonb_array_elements_text(record_balance.result -> 'disputes') as listed (id)
  where not exists (select from public.disputes where disputes.stripe_dispute_id = listed.id);
$$;

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.record_balance (
  result jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
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
$function$;

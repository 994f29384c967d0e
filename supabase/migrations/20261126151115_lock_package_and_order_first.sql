SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.enqueue (
  topic      text,
  dedupe_key text,
  payload    jsonb,
  run_after  timestamp with time zone DEFAULT now()
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into private.outbox (topic, dedupe_key, payload, run_after)
  select enqueue.topic, enqueue.dedupe_key, enqueue.payload, enqueue.run_after
  where not exists (select from private.outbox where outbox.dedupe_key = enqueue.dedupe_key)
  on conflict (dedupe_key) do nothing;
$function$;

CREATE OR REPLACE FUNCTION private.lock_credits (
  order_id  uuid,
  client_id uuid,
  starts    timestamp with time zone[]
)
  RETURNS SETOF public.orders
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_most integer := (private.settings()).series_sessions;
  v_count integer := cardinality(lock_credits.starts);
  v_order public.orders;
  v_left integer;
  v_ends_at timestamptz;
begin
  if v_count not between 1 and v_most then
    raise exception 'Choose at least one time, and not more than %.', v_most using errcode = 'OBRPT';
  end if;

  select * into v_order
  from public.orders
  where orders.id = lock_credits.order_id
    and orders.client_id = lock_credits.client_id
    and orders.credits_end_at is not null;

  if not found then
    raise exception 'There is no such package.' using errcode = 'OKNFD';
  end if;

  perform private.lock_package(v_order.id);

  select sum(private.credits_left(orders.id)), max(orders.credits_end_at)
  into v_left, v_ends_at
  from private.package_orders(v_order) as orders
  where orders.credits_end_at > now()
    and orders.status in ('paid', 'released');

  if v_ends_at is null then
    raise exception 'These sessions can no longer be booked.' using errcode = 'OKEND';
  elsif v_left = 0 then
    raise exception 'There is no session left to book with.' using errcode = 'OKNON';
  elsif v_left < v_count then
    raise exception 'You chose % times, and % left to book with.', v_count,
      case v_left when 1 then 'one session is' else v_left || ' sessions are' end using errcode = 'OKNON';
  elsif lock_credits.starts[v_count] >= v_ends_at then
    raise exception 'These sessions must begin before %. Choose an earlier time.',
      to_char(v_ends_at at time zone (select profiles.time_zone from public.profiles where profiles.id = lock_credits.client_id), 'FMMonth FMDD, YYYY') using errcode = 'OKLAT';
  end if;

  return query
    select orders.*
    from private.package_orders(v_order) as orders
    where orders.credits_end_at > now()
      and orders.status in ('paid', 'released')
      and private.credits_left(orders.id) > 0
    order by orders.credits_end_at, orders.plan_position;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_charge (
  payment_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.lock_order(payments.order_id) from public.payments where payments.id = record_charge.payment_id;

  update public.payments
  set stripe_charge_id = coalesce(payments.stripe_charge_id, record_charge.result ->> 'charge_id'),
      fee_cents = coalesce(payments.fee_cents, (record_charge.result ->> 'fee_cents')::integer),
      receipt_url = coalesce(record_charge.result ->> 'receipt_url', payments.receipt_url)
  where payments.id = record_charge.payment_id
    and record_charge.result is not null;

  perform private.note_invoice(record_charge.payment_id, record_charge.result -> 'invoice');
end;
$function$;

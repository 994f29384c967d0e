SET local check_function_bodies = off;

DROP VIEW "admin"."money_mismatch";

DROP FUNCTION "private"."settle_order"(uuid);

CREATE TABLE "public"."earnings" (
  "id"            uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "order_id"      uuid                        NOT NULL,
  "booking_id"    uuid,
  "coach_id"      uuid                        NOT NULL,
  "price_cents"   integer                     NOT NULL,
  "kept_cents"    integer                     NOT NULL,
  "fee_cents"     integer                     NOT NULL,
  "share_cents"   integer                     NOT NULL,
  "subsidy_cents" integer                     NOT NULL DEFAULT 0,
  "adjustments"   integer                     NOT NULL DEFAULT 0,
  "released_at"   timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "earnings_add_up" CHECK (((kept_cents + subsidy_cents) = (fee_cents + share_cents))),
  CONSTRAINT "earnings_amounts" CHECK (((kept_cents >= 0) AND (kept_cents <= price_cents) AND (fee_cents >= 0) AND (share_cents >= 0) AND (subsidy_cents >= 0))),
  CONSTRAINT "earnings_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."earnings"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."earnings" FROM "anon", "service_role";

CREATE TABLE "public"."transfer_reversals" (
  "id"          uuid NOT NULL DEFAULT gen_random_uuid(),
  "transfer_id" uuid NOT NULL,
  CONSTRAINT "transfer_reversals_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."transfer_reversals"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."transfer_reversals" FROM "anon", "service_role";

CREATE TABLE "public"."transfers" (
  "id"           uuid    NOT NULL DEFAULT gen_random_uuid(),
  "earning_id"   uuid    NOT NULL,
  "payment_id"   uuid,
  "coach_id"     uuid    NOT NULL,
  "amount_cents" integer NOT NULL,
  "netted_cents" integer NOT NULL DEFAULT 0,
  CONSTRAINT "transfers_amounts" CHECK (((amount_cents >= 0) AND (netted_cents >= 0))),
  CONSTRAINT "transfers_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."transfers"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."transfers" FROM "anon", "service_role";

CREATE TYPE "public"."earning_hold" AS ENUM (
  'to_come',
  'window',
  'objection',
  'attendance',
  'dispute',
  'payment',
  'no_account',
  'account_incomplete',
  'account_verifying',
  'account_rejected',
  'refused'
);

CREATE TYPE "public"."reversal_status" AS ENUM (
  'requested',
  'succeeded',
  'failed'
);

CREATE TYPE "public"."reversal_why" AS ENUM (
  'refunded',
  'made_in_stripe'
);

ALTER TABLE "public"."transfer_reversals"
  ADD COLUMN "why" public.reversal_why NOT NULL DEFAULT 'refunded'::public.reversal_why;

ALTER TABLE "public"."transfer_reversals"
  ADD COLUMN "amount_cents" integer NOT NULL;

ALTER TABLE "public"."transfer_reversals"
  ADD COLUMN "reversed_cents" integer;

ALTER TABLE "public"."transfer_reversals"
  ADD COLUMN "status" public.reversal_status NOT NULL DEFAULT 'requested'::public.reversal_status;

ALTER TABLE "public"."transfer_reversals"
  ADD COLUMN "failure_code" text;

ALTER TABLE "public"."transfer_reversals"
  ADD COLUMN "stripe_reversal_id" text;

ALTER TABLE "public"."transfer_reversals"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "public"."transfer_reversals"
  ADD COLUMN "settled_at" timestamp(6) WITH time zone;

CREATE TYPE "public"."transfer_status" AS ENUM (
  'waiting',
  'requested',
  'succeeded',
  'failed'
);

ALTER TABLE "public"."transfers"
  ADD COLUMN "status" public.transfer_status NOT NULL DEFAULT 'waiting'::public.transfer_status;

ALTER TABLE "public"."transfers"
  ADD COLUMN "failure_code" text;

ALTER TABLE "public"."transfers"
  ADD COLUMN "stripe_transfer_id" text;

ALTER TABLE "public"."transfers"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "public"."transfers"
  ADD COLUMN "settled_at" timestamp(6) WITH time zone;

CREATE OR REPLACE FUNCTION private.adjust_earnings (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_earning public.earnings;
  v_split record;
begin
  perform from public.orders where orders.id = adjust_earnings.order_id for update;

  for v_earning in
    select * from public.earnings where earnings.order_id = adjust_earnings.order_id order by earnings.id for update
  loop
    select coalesce(split.kept_cents, 0) as kept, coalesce(split.fee_cents, 0) as fee,
      coalesce(split.share_cents, 0) as share, coalesce(split.subsidy_cents, 0) as subsidy
    into v_split
    from (select) as one
    left join lateral (
      select session.* from public.bookings cross join lateral private.session_split(bookings) as session
      where bookings.id = v_earning.booking_id
      union all
      select period.* from private.period_split(v_earning.order_id) as period where v_earning.booking_id is null
    ) as split on true;

    if (v_earning.kept_cents, v_earning.fee_cents, v_earning.share_cents, v_earning.subsidy_cents)
      is distinct from (v_split.kept, v_split.fee, v_split.share, v_split.subsidy) then
      update public.earnings
      set kept_cents = v_split.kept, fee_cents = v_split.fee, share_cents = v_split.share,
          subsidy_cents = v_split.subsidy, adjustments = earnings.adjustments + 1
      where earnings.id = v_earning.id
      returning * into v_earning;

      perform private.settle_earning(v_earning);
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.coach_debt_cents (
  coach_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (
    coalesce((
      select sum(transfer_reversals.amount_cents - transfer_reversals.reversed_cents)
      from public.transfers
      join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
      where transfers.coach_id = coach_debt_cents.coach_id and transfer_reversals.status <> 'requested'
    ), 0)
    - coalesce((
      select sum(transfers.netted_cents) from public.transfers
      where transfers.coach_id = coach_debt_cents.coach_id and transfers.status <> 'failed'
    ), 0)
  )::integer;
$function$;

CREATE OR REPLACE FUNCTION private.has_more_to_earn (
  order_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.bookings
    where bookings.order_id = has_more_to_earn.order_id
      and (
        bookings.status in ('held', 'requested')
        or exists (select from private.session_split(bookings))
          and not exists (select from public.earnings where earnings.booking_id = bookings.id)
      )
  ) or coalesce((
    select sum(credit_entries.sessions) from public.credit_entries where credit_entries.order_id = has_more_to_earn.order_id
  ), 0) > 0;
$function$;

CREATE OR REPLACE FUNCTION private.lock_earning_of_transfer (
  transfer_id uuid
)
  RETURNS public.earnings
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_earning public.earnings;
begin
  perform from public.orders
  where orders.id = (
    select earnings.order_id
    from public.transfers join public.earnings on earnings.id = transfers.earning_id
    where transfers.id = lock_earning_of_transfer.transfer_id
  )
  for update;

  select earnings.* into v_earning
  from public.transfers join public.earnings on earnings.id = transfers.earning_id
  where transfers.id = lock_earning_of_transfer.transfer_id;

  return v_earning;
end;
$function$;

CREATE OR REPLACE FUNCTION private.period_split (
  order_id uuid
)
  RETURNS TABLE (
    price_cents   integer,
    kept_cents    integer,
    fee_cents     integer,
    share_cents   integer,
    subsidy_cents integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.amount_cents, kept.cents, split.fee, split.share, split.subsidy
  from public.orders
  cross join lateral (select greatest(0, orders.amount_cents - private.returned_cents(orders.id)) as cents) as kept
  cross join lateral private.split_kept(
    orders.amount_cents, kept.cents, orders.fee_cents,
    case when orders.discount_bearer = 'platform' then orders.discount_cents else 0 end
  ) as split
  where orders.id = period_split.order_id
    and split.fee + split.share > 0;
$function$;

CREATE OR REPLACE FUNCTION private.plan_transfers (
  earning public.earnings,
  cents   integer
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  with charge as (
    select payments.id,
      least(plan_transfers.cents, greatest(0, (plan_transfers.earning).kept_cents - (
        select coalesce(sum(transfers.amount_cents + transfers.netted_cents - coalesce((
          select sum(transfer_reversals.amount_cents)
          from public.transfer_reversals where transfer_reversals.transfer_id = transfers.id
        ), 0)), 0)
        from public.transfers
        where transfers.earning_id = (plan_transfers.earning).id
          and transfers.payment_id is not null
          and transfers.status <> 'failed'
      )))::integer as cents
    from public.payments
    where payments.order_id = (plan_transfers.earning).order_id
      and payments.status = 'succeeded'
  )
  insert into public.transfers (earning_id, payment_id, coach_id, amount_cents)
  select (plan_transfers.earning).id, part.payment_id, (plan_transfers.earning).coach_id, part.cents
  from (
    select charge.id, charge.cents from charge
    union all
    select null, plan_transfers.cents - coalesce((select charge.cents from charge), 0)
  ) as part (payment_id, cents)
  where part.cents > 0;
$function$;

CREATE OR REPLACE FUNCTION private.record_reversal (
  reversal_id uuid,
  result      jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_reversal public.transfer_reversals;
  v_earning public.earnings;
  v_reversed_cents integer;
begin
  select * into v_reversal from public.transfer_reversals where transfer_reversals.id = record_reversal.reversal_id;
  if record_reversal.result is null or v_reversal.id is null then
    return;
  end if;

  v_earning := private.lock_earning_of_transfer(v_reversal.transfer_id);
  perform private.record_stripe_reversal(v_reversal.transfer_id, reversal)
  from jsonb_array_elements(record_reversal.result -> 'transfer' -> 'reversals') as reversal;

  select coalesce(sum(transfer_reversals.reversed_cents), 0) into v_reversed_cents
  from public.transfer_reversals
  where transfer_reversals.transfer_id = v_reversal.transfer_id;

  if record_reversal.result ? 'refused' then
    if v_reversed_cents + v_reversal.amount_cents > (
      select transfers.amount_cents from public.transfers where transfers.id = v_reversal.transfer_id
    ) then
      delete from public.transfer_reversals
      where transfer_reversals.id = v_reversal.id and transfer_reversals.status = 'requested';
    else
      update public.transfer_reversals
      set status = 'failed', reversed_cents = 0, failure_code = record_reversal.result ->> 'refused', settled_at = now()
      where transfer_reversals.id = v_reversal.id and transfer_reversals.status = 'requested';
    end if;
  end if;

  perform private.settle_earning(v_earning);
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_stripe_reversal (
  transfer_id     uuid,
  stripe_reversal jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update public.transfer_reversals
  set stripe_reversal_id = record_stripe_reversal.stripe_reversal ->> 'id', status = 'succeeded', settled_at = now(),
      failure_code = case
        when amount_cents > (record_stripe_reversal.stripe_reversal ->> 'amount')::integer then 'balance_insufficient'
      end,
      reversed_cents = (record_stripe_reversal.stripe_reversal ->> 'amount')::integer
  where transfer_reversals.transfer_id = record_stripe_reversal.transfer_id
    and transfer_reversals.id = private.uuid_or_null(record_stripe_reversal.stripe_reversal -> 'metadata' ->> 'reversal_id')
    and transfer_reversals.stripe_reversal_id is null;

  if not found then
    insert into public.transfer_reversals (
      transfer_id, why, amount_cents, reversed_cents, status, stripe_reversal_id, settled_at
    )
    values (
      record_stripe_reversal.transfer_id, 'made_in_stripe',
      (record_stripe_reversal.stripe_reversal ->> 'amount')::integer,
      (record_stripe_reversal.stripe_reversal ->> 'amount')::integer,
      'succeeded', record_stripe_reversal.stripe_reversal ->> 'id', now()
    )
    on conflict (stripe_reversal_id) do nothing;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_stripe_transfer (
  stripe_transfer jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_stripe_id text := record_stripe_transfer.stripe_transfer ->> 'id';
  v_transfer public.transfers;
  v_earning public.earnings;
begin
  select * into v_transfer
  from public.transfers
  where transfers.stripe_transfer_id = v_stripe_id
    or transfers.id = private.uuid_or_null(record_stripe_transfer.stripe_transfer -> 'metadata' ->> 'transfer_id');

  v_earning := private.lock_earning_of_transfer(v_transfer.id);
  select * into v_transfer from public.transfers where transfers.id = v_transfer.id;

  if v_transfer.id is null
    or coalesce(v_transfer.stripe_transfer_id, v_stripe_id) <> v_stripe_id
    or v_transfer.amount_cents <> (record_stripe_transfer.stripe_transfer ->> 'amount')::integer then
    perform public.record_security_event('transfer_made_in_stripe', jsonb_build_object('stripe_transfer_id', v_stripe_id));
    return;
  end if;

  update public.transfers
  set stripe_transfer_id = v_stripe_id, status = 'succeeded', failure_code = null, settled_at = now()
  where transfers.id = v_transfer.id
    and transfers.status <> 'succeeded';

  perform private.record_stripe_reversal(v_transfer.id, reversal)
  from jsonb_array_elements(coalesce(record_stripe_transfer.stripe_transfer -> 'reversals', '[]')) as reversal;

  perform private.settle_earning(v_earning);
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_transfer (
  transfer_id uuid,
  result      jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_transfer public.transfers;
  v_earning public.earnings := private.lock_earning_of_transfer(record_transfer.transfer_id);
begin
  update public.payments
  set stripe_charge_id = record_transfer.result ->> 'charge_id'
  from public.transfers
  where transfers.id = record_transfer.transfer_id
    and payments.id = transfers.payment_id
    and payments.stripe_charge_id is null;

  if record_transfer.result ? 'transfer' then
    perform private.record_stripe_transfer(record_transfer.result -> 'transfer');
  elsif record_transfer.result ? 'refused' then
    update public.transfers
    set status = 'failed', failure_code = record_transfer.result ->> 'refused', settled_at = now()
    where transfers.id = record_transfer.transfer_id and transfers.status = 'requested'
    returning * into v_transfer;

    if v_transfer.id is not null then
      delete from public.transfer_reversals
      where transfer_reversals.transfer_id = v_transfer.id and transfer_reversals.status = 'requested';
      perform public.record_security_event(
        'transfer_refused', jsonb_build_object('transfer_id', v_transfer.id, 'code', v_transfer.failure_code)
      );
      perform private.settle_earning(v_earning);
    end if;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.release_amounts (
  kept_cents    integer,
  subsidy_cents integer,
  share_cents   integer,
  fee_cents     integer
)
  RETURNS jsonb
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select jsonb_object_agg(entry.account, entry.cents)
  from (values
    ('client_money', release_amounts.kept_cents),
    ('platform_discounts', release_amounts.subsidy_cents),
    ('coach_payable', -release_amounts.share_cents),
    ('platform_fees', -release_amounts.fee_cents)
  ) as entry (account, cents)
  where entry.cents <> 0;
$function$;

CREATE OR REPLACE FUNCTION private.release_earnings()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  for v_order_id in
    select orders.id
    from public.orders
    where orders.status = 'paid'
      and orders.amount_cents + orders.discount_cents > 0
      and exists (
        select
        from public.bookings
        cross join lateral private.session_split(bookings) as split
        where bookings.order_id = orders.id
          and bookings.ends_at <= now()
          and not exists (select from public.earnings where earnings.booking_id = bookings.id)
          and private.unreleased_because(bookings) is null
      )
    order by orders.paid_at
    limit 200
    for update skip locked
  loop
    perform private.release_session(bookings)
    from public.bookings
    where bookings.order_id = v_order_id and bookings.ends_at <= now()
    order by bookings.position;
  end loop;

  -- Also those whose last session came to nothing after the others were released.
  update public.orders
  set status = 'released'
  where orders.id in (
    select open.id
    from public.orders as open
    where open.status = 'paid'
      and open.amount_cents + open.discount_cents > 0
      and exists (select from public.earnings where earnings.order_id = open.id)
      and not private.has_more_to_earn(open.id)
    limit 200
    for update skip locked
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.release_period (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_earning public.earnings;
begin
  select * into v_order from public.orders where orders.id = release_period.order_id for update;

  if v_order.status is distinct from 'paid' or not exists (
    select from public.payments where payments.order_id = v_order.id and payments.status = 'succeeded'
  ) then
    return;
  end if;

  insert into public.earnings (order_id, coach_id, price_cents, kept_cents, fee_cents, share_cents, subsidy_cents)
  select v_order.id, v_order.coach_id, split.price_cents, split.kept_cents, split.fee_cents, split.share_cents, split.subsidy_cents
  from private.period_split(v_order.id) as split
  on conflict (order_id) where booking_id is null do nothing
  returning * into v_earning;

  if v_earning.id is not null then
    perform private.settle_earning(v_earning);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.release_session (
  booking public.bookings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_earning public.earnings;
begin
  insert into public.earnings (order_id, booking_id, coach_id, price_cents, kept_cents, fee_cents, share_cents, subsidy_cents)
  select (release_session.booking).order_id, (release_session.booking).id, (release_session.booking).coach_id,
    split.price_cents, split.kept_cents, split.fee_cents, split.share_cents, split.subsidy_cents
  from private.session_split(release_session.booking) as split
  where private.unreleased_because(release_session.booking) is null
  on conflict (booking_id) do nothing
  returning * into v_earning;

  if v_earning.id is not null then
    perform private.settle_earning(v_earning);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.reversal_work (
  reversal_id uuid
)
  RETURNS jsonb
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_work record;
begin
  select transfer_reversals.id, transfer_reversals.amount_cents, transfers.stripe_transfer_id, payout_accounts.stripe_account_id
  into v_work
  from public.transfer_reversals
  join public.transfers on transfers.id = transfer_reversals.transfer_id
  join public.payout_accounts on payout_accounts.coach_id = transfers.coach_id
  where transfer_reversals.id = reversal_work.reversal_id
    and transfer_reversals.status = 'requested';

  if v_work.id is null then
    return null;
  elsif v_work.stripe_transfer_id is null then
    raise exception 'The transfer of this reversal is not made yet.' using errcode = 'ORLTR';
  end if;

  return jsonb_build_object(
    'reversal_id', v_work.id,
    'amount_cents', v_work.amount_cents,
    'stripe_transfer_id', v_work.stripe_transfer_id,
    'stripe_account_id', v_work.stripe_account_id
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.send_transfers()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_transfer public.transfers;
  v_netted_cents integer;
begin
  for v_transfer in
    select transfers.*
    from public.transfers
    where transfers.status = 'waiting'
      and private.unsent_because(transfers) is null
    order by transfers.coach_id, transfers.created_at
    limit 200
  loop
    perform from public.orders
    where orders.id = (select earnings.order_id from public.earnings where earnings.id = v_transfer.earning_id)
    for update skip locked;
    continue when not found;

    perform from public.payout_accounts where payout_accounts.coach_id = v_transfer.coach_id for update skip locked;
    continue when not found;

    -- Looked at again under the locks.
    select * into v_transfer from public.transfers where transfers.id = v_transfer.id and transfers.status = 'waiting';
    continue when not found or private.unsent_because(v_transfer) is not null;

    v_netted_cents := least(v_transfer.amount_cents, private.coach_debt_cents(v_transfer.coach_id));
    if v_netted_cents = v_transfer.amount_cents then
      update public.transfers
      set status = 'succeeded', amount_cents = 0, netted_cents = v_netted_cents, settled_at = now()
      where transfers.id = v_transfer.id;
    else
      update public.transfers
      set status = 'requested', amount_cents = amount_cents - v_netted_cents, netted_cents = v_netted_cents
      where transfers.id = v_transfer.id;
      perform private.enqueue(
        'stripe.transfer', 'stripe.transfer:' || v_transfer.id, jsonb_build_object('transfer_id', v_transfer.id)
      );
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.session_split (
  booking public.bookings
)
  RETURNS TABLE (
    price_cents   integer,
    kept_cents    integer,
    fee_cents     integer,
    share_cents   integer,
    subsidy_cents integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select price.cents, kept.cents, split.fee, split.share, split.subsidy
  from public.orders
  join public.offers on offers.id = orders.offer_id
  cross join lateral (
    select private.session_cents(session_split.booking) as cents,
      orders.fee_cents / orders.session_count as fee_cents,
      case when orders.discount_bearer = 'platform' then orders.discount_cents / orders.session_count else 0 end as subsidy_cents
  ) as price
  cross join lateral (
    select greatest(0, price.cents - greatest(
      private.session_returned_cents(session_split.booking),
      case when (session_split.booking).status = 'cancelled' then (
        select (booking_events.detail ->> 'refund_cents')::integer
        from public.booking_events
        where booking_events.booking_id = (session_split.booking).id and booking_events.after = 'cancelled'
        order by booking_events.id desc
        limit 1
      ) end
    )) as cents
  ) as kept
  cross join lateral private.split_kept(price.cents, kept.cents, price.fee_cents, price.subsidy_cents) as split
  where orders.id = (session_split.booking).order_id
    and offers.kind <> 'membership'
    and (
      (session_split.booking).status in ('confirmed', 'completed', 'no_show_client')
      or (session_split.booking).status = 'cancelled'
        and (session_split.booking).cancelled_by = 'client'
        and (session_split.booking).confirmed_at is not null
        and price.cents > 0
    )
    and not exists (
      select from public.credit_entries
      where credit_entries.booking_id = (session_split.booking).id and credit_entries.kind = 'returned'
    )
    and split.fee + split.share > 0;
$function$;

CREATE OR REPLACE FUNCTION private.settle_earning (
  earning public.earnings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_missing_cents integer := (settle_earning.earning).share_cents - private.settled_cents((settle_earning.earning).id);
begin
  if v_missing_cents > 0 then
    perform private.plan_transfers(settle_earning.earning, v_missing_cents);
  elsif v_missing_cents < 0 then
    perform private.take_back(settle_earning.earning, -v_missing_cents);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.settle_order (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  update public.orders
  set status = case
    when orders.amount_cents <= private.returned_cents(orders.id) then 'refunded'
    when orders.status = 'released' then 'released'
    else 'paid'
  end::public.order_status
  where orders.id = settle_order.order_id
    and orders.status in ('paid', 'released', 'refunded');

  perform private.adjust_earnings(settle_order.order_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.settled_cents (
  earning_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(transfers.amount_cents + transfers.netted_cents - coalesce(reversed.cents, 0)), 0)::integer
  from public.transfers
  left join lateral (
    select sum(transfer_reversals.amount_cents) as cents
    from public.transfer_reversals
    where transfer_reversals.transfer_id = transfers.id and transfer_reversals.why <> 'made_in_stripe'
  ) as reversed on true
  where transfers.earning_id = settled_cents.earning_id
    and transfers.status <> 'failed';
$function$;

CREATE OR REPLACE FUNCTION private.split_kept (
  price_cents   integer,
  kept_cents    integer,
  fee_cents     integer,
  subsidy_cents integer,
  OUT           fee integer,
  OUT           share integer,
  OUT           subsidy integer
)
  RETURNS record
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select parts.fee, split_kept.kept_cents + parts.subsidy - parts.fee, parts.subsidy
  from (
    select coalesce(split_kept.kept_cents::numeric / nullif(split_kept.price_cents, 0), 1) as part
  ) as kept
  cross join lateral (
    select round(split_kept.fee_cents * kept.part)::integer as fee,
      round(split_kept.subsidy_cents * kept.part)::integer as subsidy
  ) as parts;
$function$;

CREATE OR REPLACE FUNCTION private.take_back (
  earning public.earnings,
  cents   integer
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_transfer record;
  v_part integer;
  v_reversal_id uuid;
  v_left integer := take_back.cents;
begin
  for v_transfer in
    select transfers.id, transfers.status, transfers.amount_cents
    from public.transfers
    where transfers.earning_id = (take_back.earning).id and transfers.status = 'waiting'
    order by transfers.created_at desc, transfers.payment_id nulls first
  loop
    v_part := least(v_left, v_transfer.amount_cents);
    if v_part = v_transfer.amount_cents then
      delete from public.transfers where transfers.id = v_transfer.id;
    elsif v_part > 0 then
      update public.transfers set amount_cents = amount_cents - v_part where transfers.id = v_transfer.id;
    end if;
    v_left := v_left - v_part;
  end loop;

  v_left := v_left - coalesce((
    select sum(transfer_reversals.amount_cents)
    from public.transfers
    join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
    where transfers.earning_id = (take_back.earning).id and transfer_reversals.why = 'made_in_stripe'
  ), 0);

  for v_transfer in
    select transfers.id, transfers.amount_cents - coalesce((
      select sum(transfer_reversals.amount_cents)
      from public.transfer_reversals where transfer_reversals.transfer_id = transfers.id
    ), 0) as amount_cents
    from public.transfers
    where transfers.earning_id = (take_back.earning).id and transfers.status in ('requested', 'succeeded')
    order by transfers.created_at desc, transfers.payment_id nulls first
  loop
    v_part := least(v_left, v_transfer.amount_cents);
    if v_part > 0 then
      insert into public.transfer_reversals (transfer_id, amount_cents)
      values (v_transfer.id, v_part)
      returning transfer_reversals.id into v_reversal_id;
      perform private.enqueue(
        'stripe.reverse_transfer', 'stripe.reverse_transfer:' || v_reversal_id, jsonb_build_object('reversal_id', v_reversal_id)
      );
      v_left := v_left - v_part;
    end if;
  end loop;

  for v_transfer in
    select transfers.id, transfers.netted_cents
    from public.transfers
    where transfers.earning_id = (take_back.earning).id
      and transfers.status in ('requested', 'succeeded') and transfers.netted_cents > 0
    order by transfers.created_at desc
  loop
    v_part := least(v_left, v_transfer.netted_cents);
    if v_part > 0 then
      update public.transfers set netted_cents = netted_cents - v_part where transfers.id = v_transfer.id;
      v_left := v_left - v_part;
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_earnings__post_journal()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if tg_op = 'INSERT' then
    perform private.post_journal(
      'release', 'release:' || new.id, new.order_id,
      private.release_amounts(new.kept_cents, new.subsidy_cents, new.share_cents, new.fee_cents)
    );
  else
    perform private.post_journal(
      'release_adjusted', 'release_adjusted:' || new.id || ':' || new.adjustments, new.order_id,
      private.release_amounts(
        new.kept_cents - old.kept_cents, new.subsidy_cents - old.subsidy_cents,
        new.share_cents - old.share_cents, new.fee_cents - old.fee_cents
      )
    );
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_transfer_reversals__post_journal()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.post_journal(
    'transfer_reversed', 'transfer_reversal:' || new.id, earnings.order_id,
    jsonb_build_object('coach_payable', -new.reversed_cents, 'stripe_balance', new.reversed_cents)
  )
  from public.transfers
  join public.earnings on earnings.id = transfers.earning_id
  where transfers.id = new.transfer_id;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_transfers__post_journal()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.post_journal(
    'transfer', 'transfer:' || new.id, earnings.order_id,
    jsonb_build_object('coach_payable', new.amount_cents, 'stripe_balance', -new.amount_cents)
  )
  from public.earnings
  where earnings.id = new.earning_id;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.transfer_work (
  transfer_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'transfer_id', transfers.id,
    'earning_id', transfers.earning_id,
    'order_id', earnings.order_id,
    'amount_cents', transfers.amount_cents,
    'stripe_account_id', payout_accounts.stripe_account_id,
    'charge_id', payments.stripe_charge_id,
    'payment_intent_id', payments.stripe_payment_intent_id
  )
  from public.transfers
  join public.earnings on earnings.id = transfers.earning_id
  join public.payout_accounts on payout_accounts.coach_id = transfers.coach_id
  left join public.payments on payments.id = transfers.payment_id
  where transfers.id = transfer_work.transfer_id
    and transfers.status = 'requested';
$function$;

CREATE OR REPLACE FUNCTION private.unreleased_because (
  booking public.bookings
)
  RETURNS public.earning_hold
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when orders.status = 'disputed' then 'dispute'
    when orders.paid_at is null or orders.amount_cents > 0 and not exists (
      select from public.payments where payments.order_id = orders.id and payments.status = 'succeeded'
    ) then 'payment'
    when (unreleased_because.booking).status not in ('completed', 'no_show_client', 'no_show_coach', 'cancelled') then 'to_come'
    when decision.objected_at is not null and decision.settled_at is null then 'objection'
    when (unreleased_because.booking).ends_at + make_interval(mins => (private.settings()).release_after_minutes) > now() then 'window'
    when (unreleased_because.booking).status = 'completed'
      and (decision.booking_id is null or decision.outcome = 'unknown' and decision.settled_at is null) then 'attendance'
    when (unreleased_because.booking).status = 'no_show_client' and decision.settled_at is null then 'window'
  end::public.earning_hold
  from public.orders
  left join public.attendance_decisions as decision on decision.booking_id = (unreleased_because.booking).id
  where orders.id = (unreleased_because.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.unsent_because (
  transfer public.transfers
)
  RETURNS public.earning_hold
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when orders.status = 'disputed' then 'dispute'
    when payout_accounts.status is null then 'no_account'
    when payout_accounts.status = 'incomplete' then 'account_incomplete'
    when payout_accounts.status = 'verifying' then 'account_verifying'
    when payout_accounts.status = 'rejected' then 'account_rejected'
    when exists (
      select from public.transfers as before
      where before.earning_id = earnings.id
        and before.status = 'failed'
        and before.settled_at > now() - interval '6 hours'
    ) then 'refused'
  end::public.earning_hold
  from public.earnings
  join public.orders on orders.id = earnings.order_id
  left join public.payout_accounts on payout_accounts.coach_id = earnings.coach_id
  where earnings.id = (unsent_because.transfer).earning_id;
$function$;

CREATE OR REPLACE FUNCTION private.uuid_or_null (
  value text
)
  RETURNS uuid
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case
    when uuid_or_null.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then uuid_or_null.value::uuid
  end;
$function$;

CREATE OR REPLACE FUNCTION public.apply_stripe_event (
  event jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_type text := apply_stripe_event.event ->> 'type';
  v_object jsonb := apply_stripe_event.event -> 'data' -> 'object';
  v_order_id uuid := (v_object -> 'metadata' ->> 'order_id')::uuid;
begin
  if not private.claim_webhook_event('stripe', apply_stripe_event.event ->> 'id', v_type, apply_stripe_event.event) then
    return false;
  end if;

  case v_type
    when 'checkout.session.completed', 'checkout.session.async_payment_succeeded' then
      -- Some methods complete unpaid and succeed, or not, days later.
      if v_object ->> 'payment_status' = 'paid' then
        perform private.record_payment(
          v_order_id, v_object ->> 'payment_intent', null,
          (v_object ->> 'amount_total')::integer, v_object ->> 'currency'
        );
      end if;
    when 'checkout.session.expired', 'checkout.session.async_payment_failed' then
      perform private.lapse_hold(v_order_id, 'system');
      perform private.expire_package(v_order_id);
    when 'payment_intent.succeeded' then
      perform private.record_payment(
        v_order_id, v_object ->> 'id', v_object ->> 'latest_charge',
        (v_object ->> 'amount_received')::integer, v_object ->> 'currency'
      );
    when 'payment_intent.amount_capturable_updated', 'payment_intent.canceled' then
      perform private.record_intent(v_order_id, v_object);
    when 'charge.captured' then
      perform private.record_payment(
        v_order_id, v_object ->> 'payment_intent', v_object ->> 'id',
        (v_object ->> 'amount_captured')::integer, v_object ->> 'currency'
      );
    when 'payment_intent.payment_failed' then
      perform private.record_failed_payment(
        v_order_id, v_object ->> 'id', (v_object ->> 'amount')::integer, v_object ->> 'currency',
        coalesce(v_object -> 'last_payment_error' ->> 'decline_code', v_object -> 'last_payment_error' ->> 'code')
      );
    when 'refund.created', 'refund.updated', 'refund.failed' then
      perform private.record_stripe_refund(v_object);
    when 'invoice.paid' then
      perform private.record_invoice(v_object);
    when 'transfer.created', 'transfer.updated', 'transfer.reversed' then
      perform private.record_stripe_transfer(v_object || jsonb_build_object('reversals', v_object -> 'reversals' -> 'data'));
    when 'account.updated' then
      perform public.record_payout_account(v_object);
    else
      null; -- Noted, without effect.
  end case;

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION public.coach_earnings (
  page_size   integer DEFAULT 50,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    booking_id     uuid,
    starts_at      timestamp with time zone,
    client_name    text,
    offer_title    text,
    status         public.booking_status,
    paid_cents     integer,
    refunded_cents integer,
    fee_cents      integer,
    share_cents    integer,
    is_released    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select bookings.id, bookings.starts_at,
    private.shown_name(profiles), offers.title, bookings.status,
    price.cents, returned.cents,
    coalesce(split.fee_cents, 0), coalesce(split.share_cents, 0),
    earnings.id is not null
  from public.orders
  join public.bookings on bookings.order_id = orders.id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  left join public.earnings on earnings.booking_id = bookings.id
  cross join lateral (select private.session_cents(bookings) as cents) as price
  cross join lateral (select private.session_returned_cents(bookings) as cents) as returned
  left join lateral private.session_split(bookings) as split on true
  where orders.coach_id = private.current_coach_id()
    and orders.paid_at is not null
    and orders.amount_cents > 0 -- A free intro call earns nothing.
  order by bookings.starts_at desc
  limit least(coach_earnings.page_size, 100)
  offset (greatest(coach_earnings.page_number, 1) - 1) * least(coach_earnings.page_size, 100);
$function$;

CREATE OR REPLACE FUNCTION public.complete_outbox (
  outbox_id bigint,
  result    jsonb  DEFAULT NULL::jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  update private.outbox
  set status = 'done', done_at = now(), locked_until = null, last_error = null,
      result = complete_outbox.result
  where outbox.id = complete_outbox.outbox_id
    and outbox.status <> 'done'
  returning * into v_row;

  if not found then
    return;
  end if;

  case v_row.topic
    when 'mail' then
      perform private.record_mail((v_row.payload ->> 'notification_id')::uuid, complete_outbox.result);
    when 'zoom.create_meeting' then
      perform private.record_meeting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.move_meeting' then
      perform private.record_meeting_move((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.set_recording' then
      perform private.record_recording_setting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.read_attendance' then
      perform private.record_attendance((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.sweep' then
      perform private.record_sweep(v_row.payload ->> 'host_id', complete_outbox.result);
    when 'calendly.create_event' then
      perform private.record_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.cancel_event' then
      perform private.record_cancelled_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.check_hold' then
      perform private.record_hold_check((v_row.payload ->> 'booking_id')::uuid, complete_outbox.result);
    when 'calendly.revoke' then
      perform private.record_calendly_revoked(v_row.payload);
    when 'stripe.refund' then
      perform private.record_refund((v_row.payload ->> 'refund_id')::uuid, complete_outbox.result);
    when 'stripe.capture', 'stripe.cancel_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_charge' then
      perform private.record_charge((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.transfer' then
      perform private.record_transfer((v_row.payload ->> 'transfer_id')::uuid, complete_outbox.result);
    when 'stripe.reverse_transfer' then
      perform private.record_reversal((v_row.payload ->> 'reversal_id')::uuid, complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting or recording leaves nothing to write down.
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION public.outbox_work (
  outbox_id bigint
)
  RETURNS jsonb
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  select * into v_row from private.outbox where outbox.id = outbox_work.outbox_id;

  return case v_row.topic
    when 'mail' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
    when 'zoom.create_meeting' then private.create_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_meeting' then private.delete_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.move_meeting' then private.move_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.set_recording' then private.set_recording_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_recording' then private.delete_recording_work((v_row.payload ->> 'recording_id')::uuid)
    when 'zoom.read_attendance' then private.read_attendance_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.sweep' then private.sweep_work(v_row.payload ->> 'host_id', (v_row.payload ->> 'days')::integer)
    when 'zoom.delete_orphan' then
      private.delete_orphan_work(v_row.payload ->> 'host_id', v_row.payload ->> 'zoom_meeting_id')
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'calendly.sync' then private.calendly_sync_work((v_row.payload ->> 'coach_id')::uuid)
    when 'calendly.create_event' then private.create_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_event' then private.cancel_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_booking' then
      private.cancel_calendly_booking_work((v_row.payload ->> 'calendly_booking_id')::uuid)
    when 'mail_guest' then
      private.guest_mail_work((v_row.payload ->> 'calendly_booking_id')::uuid, v_row.payload ->> 'kind')
    when 'calendly.check_hold' then private.check_hold_work((v_row.payload ->> 'booking_id')::uuid)
    when 'calendly.revoke' then private.revoke_calendly_work(v_row.payload)
    when 'stripe.capture' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.cancel_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'released')
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

ALTER TABLE "public"."earnings"
  ADD CONSTRAINT "earnings_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."earnings"
  ADD CONSTRAINT "earnings_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."earnings"
  ADD CONSTRAINT "earnings_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."transfer_reversals"
  ADD CONSTRAINT "transfer_reversals_amounts" CHECK (((amount_cents > 0) AND ((reversed_cents >= 0) AND (reversed_cents <= amount_cents))));

ALTER TABLE "public"."transfer_reversals"
  ADD CONSTRAINT "transfer_reversals_settled_say_how_much" CHECK (((status = 'requested'::public.reversal_status) = (reversed_cents IS NULL)));

ALTER TABLE "public"."transfers"
  ADD CONSTRAINT "transfers_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."transfers"
  ADD CONSTRAINT "transfers_earning_id_fkey" FOREIGN KEY (earning_id) REFERENCES public.earnings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."transfers"
  ADD CONSTRAINT "transfers_failed_say_why" CHECK (((status = 'failed'::public.transfer_status) = (failure_code IS NOT NULL)));

ALTER TABLE "public"."transfers"
  ADD CONSTRAINT "transfers_payment_id_fkey" FOREIGN KEY (payment_id) REFERENCES public.payments(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."transfer_reversals"
  ADD CONSTRAINT "transfer_reversals_transfer_id_fkey" FOREIGN KEY (transfer_id) REFERENCES public.transfers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."transfers"
  ADD CONSTRAINT "transfers_waiting_is_whole" CHECK (((status <> 'waiting'::public.transfer_status) OR ((amount_cents > 0) AND (netted_cents = 0))));

CREATE VIEW "admin"."money_mismatch" WITH (security_invoker=true) AS  WITH balances AS MATERIALIZED (
         SELECT ledger_journals.order_id,
            ledger_journals.kind,
            ledger_entries.account,
            sum(ledger_entries.amount_cents) AS cents
           FROM (private.ledger_journals
             JOIN private.ledger_entries ON ((ledger_entries.journal_id = ledger_journals.id)))
          GROUP BY ledger_journals.order_id, ledger_journals.kind, ledger_entries.account
        ), told AS (
         SELECT orders.id AS order_id,
            orders.coach_id,
            COALESCE(( SELECT sum(payments.amount_cents) AS sum
                   FROM public.payments
                  WHERE ((payments.order_id = orders.id) AND (payments.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])))), (0)::bigint) AS paid_cents,
            COALESCE(( SELECT sum(refunds.amount_cents) AS sum
                   FROM public.refunds
                  WHERE ((refunds.order_id = orders.id) AND (refunds.status = 'succeeded'::public.refund_status))), (0)::bigint) AS returned_cents,
            COALESCE(( SELECT sum(earnings.share_cents) AS sum
                   FROM public.earnings
                  WHERE (earnings.order_id = orders.id)), (0)::bigint) AS share_cents,
            COALESCE(( SELECT sum(transfers.amount_cents) AS sum
                   FROM (public.earnings
                     JOIN public.transfers ON ((transfers.earning_id = earnings.id)))
                  WHERE ((earnings.order_id = orders.id) AND (transfers.status = 'succeeded'::public.transfer_status))), (0)::bigint) AS sent_cents,
            COALESCE(( SELECT sum(transfer_reversals.reversed_cents) AS sum
                   FROM ((public.earnings
                     JOIN public.transfers ON ((transfers.earning_id = earnings.id)))
                     JOIN public.transfer_reversals ON ((transfer_reversals.transfer_id = transfers.id)))
                  WHERE (earnings.order_id = orders.id)), (0)::bigint) AS reversed_cents
           FROM public.orders
        ), compared AS (
         SELECT told.order_id,
            told.coach_id,
            told.paid_cents,
            told.returned_cents,
            told.share_cents,
            told.sent_cents,
            told.reversed_cents,
            COALESCE(( SELECT sum(balances.cents) AS sum
                   FROM balances
                  WHERE ((balances.order_id = told.order_id) AND (balances.account = 'stripe_balance'::private.ledger_account) AND (balances.kind = ANY (ARRAY['payment'::private.journal_kind, 'refund'::private.journal_kind, 'refund_failed'::private.journal_kind])))), (0)::numeric) AS balance_cents,
            COALESCE(( SELECT sum(balances.cents) AS sum
                   FROM balances
                  WHERE ((balances.order_id = told.order_id) AND (balances.account = 'coach_payable'::private.ledger_account))), (0)::numeric) AS payable_cents
           FROM told
        )
 SELECT 'payments and refunds'::text AS what,
    compared.order_id,
    compared.coach_id,
    (compared.paid_cents - compared.returned_cents) AS told_cents,
    compared.balance_cents AS other_cents
   FROM compared
  WHERE (compared.balance_cents <> ((compared.paid_cents - compared.returned_cents))::numeric)
UNION ALL
 SELECT 'more went back than came'::text AS what,
    compared.order_id,
    compared.coach_id,
    compared.returned_cents AS told_cents,
    compared.paid_cents AS other_cents
   FROM compared
  WHERE (compared.returned_cents > compared.paid_cents)
UNION ALL
 SELECT 'what is owed to a coach'::text AS what,
    NULL::uuid AS order_id,
    compared.coach_id,
    sum(((compared.reversed_cents + compared.share_cents) - compared.sent_cents)) AS told_cents,
    (- sum(compared.payable_cents)) AS other_cents
   FROM compared
  GROUP BY compared.coach_id
 HAVING (sum(((compared.reversed_cents + compared.share_cents) - compared.sent_cents)) <> (- sum(compared.payable_cents)))
UNION ALL
 SELECT 'more was sent than earned'::text AS what,
    earnings.order_id,
    earnings.coach_id,
    sent.cents AS told_cents,
    earnings.share_cents AS other_cents
   FROM (public.earnings
     CROSS JOIN LATERAL ( SELECT (private.settled_cents(earnings.id) - COALESCE(( SELECT sum(transfer_reversals.amount_cents) AS sum
                   FROM (public.transfers
                     JOIN public.transfer_reversals ON ((transfer_reversals.transfer_id = transfers.id)))
                  WHERE ((transfers.earning_id = earnings.id) AND (transfer_reversals.why = 'made_in_stripe'::public.reversal_why))), (0)::bigint)) AS cents) sent)
  WHERE (sent.cents > earnings.share_cents)
UNION ALL
 SELECT 'earned with a session that was not held'::text AS what,
    earnings.order_id,
    earnings.coach_id,
    earnings.share_cents AS told_cents,
    0 AS other_cents
   FROM (public.earnings
     JOIN public.bookings ON ((bookings.id = earnings.booking_id)))
  WHERE ((earnings.share_cents > 0) AND (bookings.status <> ALL (ARRAY['completed'::public.booking_status, 'no_show_client'::public.booking_status])) AND (NOT ((bookings.status = 'cancelled'::public.booking_status) AND (bookings.cancelled_by = 'client'::public.booking_actor))));

CREATE INDEX earnings_coach_id_released_at_idx ON public.earnings USING btree (coach_id, released_at);

CREATE UNIQUE INDEX earnings_one_per_booking ON public.earnings USING btree (booking_id);

CREATE UNIQUE INDEX earnings_one_per_period ON public.earnings USING btree (order_id)
  WHERE (booking_id IS NULL);

CREATE INDEX earnings_order_id_idx ON public.earnings USING btree (order_id);

CREATE INDEX orders_to_release_idx ON public.orders USING btree (paid_at)
  WHERE ((status = 'paid'::public.order_status) AND ((amount_cents + discount_cents) > 0));

CREATE UNIQUE INDEX transfer_reversals_one_per_stripe_reversal ON public.transfer_reversals USING btree (stripe_reversal_id);

CREATE INDEX transfer_reversals_transfer_id_idx ON public.transfer_reversals USING btree (transfer_id);

CREATE INDEX transfers_coach_id_idx ON public.transfers USING btree (coach_id);

CREATE INDEX transfers_earning_id_idx ON public.transfers USING btree (earning_id);

CREATE UNIQUE INDEX transfers_one_per_stripe_transfer ON public.transfers USING btree (stripe_transfer_id);

CREATE INDEX transfers_payment_id_idx ON public.transfers USING btree (payment_id);

CREATE INDEX transfers_waiting_idx ON public.transfers USING btree (coach_id, created_at)
  WHERE (status = 'waiting'::public.transfer_status);

CREATE TRIGGER earnings__post_journal
  AFTER INSERT OR UPDATE OF adjustments ON public.earnings
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_earnings__post_journal();

CREATE TRIGGER transfer_reversals__post_journal
  AFTER INSERT OR UPDATE OF status ON public.transfer_reversals
  FOR EACH ROW
  WHEN (((new.status = 'succeeded'::public.reversal_status) AND (new.reversed_cents > 0)))
  EXECUTE FUNCTION private.tg_transfer_reversals__post_journal();

CREATE TRIGGER transfers__post_journal
  AFTER INSERT OR UPDATE OF status ON public.transfers
  FOR EACH ROW
  WHEN (((new.status = 'succeeded'::public.transfer_status) AND (new.amount_cents > 0)))
  EXECUTE FUNCTION private.tg_transfers__post_journal();

CREATE POLICY "Coaches can view what they earned" ON "public"."earnings"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

CREATE POLICY "Coaches can view what was taken back from them" ON "public"."transfer_reversals"
  FOR SELECT
  TO "authenticated"
  USING ((transfer_id IN ( SELECT transfers.id
   FROM public.transfers)));

CREATE POLICY "Coaches can view what they were sent" ON "public"."transfers"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

COMMENT ON TABLE "public"."earnings" IS 'What a session, or a period of a membership, brought its coach; written when its money becomes theirs.';

COMMENT ON TABLE "public"."transfer_reversals" IS 'Money taken back from a coach''s Stripe account; what Stripe can''t take is what the coach owes.';

COMMENT ON TABLE "public"."transfers" IS 'A coach''s share on its way to their Stripe account; written before Stripe is asked.';

COMMENT ON VIEW "admin"."money_mismatch" IS 'What does not add up between the rows of money and the ledger. Must be empty.';

REVOKE ALL ON FUNCTION "private"."adjust_earnings"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."adjust_earnings"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."adjust_earnings"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."coach_debt_cents"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."coach_debt_cents"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."coach_debt_cents"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."has_more_to_earn"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."has_more_to_earn"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."has_more_to_earn"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_earning_of_transfer"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_earning_of_transfer"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_earning_of_transfer"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."period_split"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."period_split"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."period_split"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plan_transfers"(public.earnings, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plan_transfers"(public.earnings, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plan_transfers"(public.earnings, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_reversal"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_reversal"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_reversal"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_stripe_reversal"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_stripe_reversal"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_stripe_reversal"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_stripe_transfer"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_stripe_transfer"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_stripe_transfer"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_transfer"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_transfer"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_transfer"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."release_amounts"(integer, integer, integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_amounts"(integer, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."release_amounts"(integer, integer, integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."release_earnings"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_earnings"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."release_earnings"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."release_period"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_period"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."release_period"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."release_session"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_session"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."release_session"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reversal_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."reversal_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."reversal_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."send_transfers"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."send_transfers"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."send_transfers"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."session_split"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."session_split"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."session_split"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."settle_earning"(public.earnings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."settle_earning"(public.earnings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."settle_earning"(public.earnings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."settle_order"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."settle_order"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."settle_order"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."settled_cents"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."settled_cents"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."settled_cents"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."split_kept"(integer, integer, integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."split_kept"(integer, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."split_kept"(integer, integer, integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."take_back"(public.earnings, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_back"(public.earnings, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."take_back"(public.earnings, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_earnings__post_journal"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_earnings__post_journal"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_earnings__post_journal"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_transfer_reversals__post_journal"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_transfer_reversals__post_journal"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_transfer_reversals__post_journal"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_transfers__post_journal"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_transfers__post_journal"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_transfers__post_journal"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."transfer_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."transfer_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."transfer_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unreleased_because"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unreleased_because"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unreleased_because"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unsent_because"(public.transfers) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unsent_because"(public.transfers) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unsent_because"(public.transfers) TO "postgres";

REVOKE ALL ON FUNCTION "private"."uuid_or_null"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."uuid_or_null"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."uuid_or_null"(text) TO "postgres";

REVOKE ALL ON TABLE "public"."earnings" FROM "authenticated";

GRANT SELECT ON TABLE "public"."earnings" TO "authenticated";

REVOKE ALL ON TABLE "public"."transfer_reversals" FROM "authenticated";

REVOKE ALL ("amount_cents") ON TABLE "public"."transfer_reversals" FROM "authenticated";

GRANT SELECT ("amount_cents") ON TABLE "public"."transfer_reversals" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."transfer_reversals" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."transfer_reversals" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."transfer_reversals" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."transfer_reversals" TO "authenticated";

REVOKE ALL ("reversed_cents") ON TABLE "public"."transfer_reversals" FROM "authenticated";

GRANT SELECT ("reversed_cents") ON TABLE "public"."transfer_reversals" TO "authenticated";

REVOKE ALL ("settled_at") ON TABLE "public"."transfer_reversals" FROM "authenticated";

GRANT SELECT ("settled_at") ON TABLE "public"."transfer_reversals" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."transfer_reversals" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."transfer_reversals" TO "authenticated";

REVOKE ALL ("transfer_id") ON TABLE "public"."transfer_reversals" FROM "authenticated";

GRANT SELECT ("transfer_id") ON TABLE "public"."transfer_reversals" TO "authenticated";

REVOKE ALL ("why") ON TABLE "public"."transfer_reversals" FROM "authenticated";

GRANT SELECT ("why") ON TABLE "public"."transfer_reversals" TO "authenticated";

REVOKE ALL ON TABLE "public"."transfers" FROM "authenticated";

REVOKE ALL ("amount_cents") ON TABLE "public"."transfers" FROM "authenticated";

GRANT SELECT ("amount_cents") ON TABLE "public"."transfers" TO "authenticated";

REVOKE ALL ("coach_id") ON TABLE "public"."transfers" FROM "authenticated";

GRANT SELECT ("coach_id") ON TABLE "public"."transfers" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."transfers" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."transfers" TO "authenticated";

REVOKE ALL ("earning_id") ON TABLE "public"."transfers" FROM "authenticated";

GRANT SELECT ("earning_id") ON TABLE "public"."transfers" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."transfers" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."transfers" TO "authenticated";

REVOKE ALL ("netted_cents") ON TABLE "public"."transfers" FROM "authenticated";

GRANT SELECT ("netted_cents") ON TABLE "public"."transfers" TO "authenticated";

REVOKE ALL ("settled_at") ON TABLE "public"."transfers" FROM "authenticated";

GRANT SELECT ("settled_at") ON TABLE "public"."transfers" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."transfers" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."transfers" TO "authenticated";

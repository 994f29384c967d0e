SET local check_function_bodies = off;

DROP FUNCTION "public"."coach_earnings"(integer, integer);

CREATE TABLE "public"."payouts" (
  "id"               uuid NOT NULL DEFAULT gen_random_uuid(),
  "coach_id"         uuid NOT NULL,
  "stripe_payout_id" text NOT NULL,
  CONSTRAINT "payouts_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."payouts"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."payouts" FROM "anon", "service_role";

CREATE TYPE "public"."earning_state" AS ENUM (
  'pending',
  'on_hold',
  'available',
  'paid',
  'nothing'
);

CREATE TYPE "public"."payout_status" AS ENUM (
  'pending',
  'in_transit',
  'paid',
  'failed',
  'canceled'
);

ALTER TABLE "public"."payouts"
  ADD COLUMN "status" public.payout_status NOT NULL;

ALTER TABLE "public"."payouts"
  ADD COLUMN "amount_cents" integer NOT NULL;

ALTER TABLE "public"."payouts"
  ADD COLUMN "arrives_on" date NOT NULL;

ALTER TABLE "public"."payouts"
  ADD COLUMN "failure_code" text;

ALTER TABLE "public"."payouts"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL;

CREATE OR REPLACE FUNCTION private.earning_lines (
  coach_id uuid
)
  RETURNS TABLE (
    order_id   uuid,
    booking_id uuid,
    starts_at  timestamp with time zone,
    status     public.booking_status
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.id, bookings.id, bookings.starts_at, bookings.status
  from public.orders
  join public.offers on offers.id = orders.offer_id
  join public.bookings on bookings.order_id = orders.id
  where orders.coach_id = earning_lines.coach_id
    and orders.paid_at is not null
    and orders.amount_cents + orders.discount_cents > 0
    and offers.kind <> 'membership'
  union all
  select orders.id, null, coalesce(orders.period_starts_at, orders.paid_at), null
  from public.orders
  join public.offers on offers.id = orders.offer_id
  where orders.coach_id = earning_lines.coach_id
    and orders.paid_at is not null
    and orders.amount_cents + orders.discount_cents > 0
    and offers.kind = 'membership';
$function$;

CREATE OR REPLACE FUNCTION private.earning_money (
  order_id   uuid,
  booking_id uuid
)
  RETURNS TABLE (
    paid_cents     integer,
    refunded_cents integer,
    fee_cents      integer,
    subsidy_cents  integer,
    share_cents    integer,
    sent_cents     integer,
    netted_cents   integer,
    state          public.earning_state,
    hold           public.earning_hold,
    released_at    timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select price.paid_cents, price.refunded_cents,
    coalesce(split.fee_cents, 0), coalesce(split.subsidy_cents, 0), coalesce(split.share_cents, 0),
    coalesce(sent.cents, 0)::integer, coalesce(sent.netted_cents, 0)::integer,
    case
      when split.share_cents is null then 'nothing'
      when earnings.id is null and why.hold in ('objection', 'attendance', 'dispute') then 'on_hold'
      when earnings.id is null then 'pending'
      when why.hold is not null then 'on_hold'
      when sent.is_open then 'available'
      else 'paid'
    end::public.earning_state,
    case when split.share_cents is not null then why.hold end,
    earnings.released_at
  from public.orders
  left join public.bookings on bookings.id = earning_money.booking_id
  left join public.earnings
    on earnings.order_id = orders.id and earnings.booking_id is not distinct from earning_money.booking_id
  cross join lateral (
    select
      case when bookings.id is null then orders.amount_cents else private.session_cents(bookings) end as paid_cents,
      case when bookings.id is null then private.returned_cents(orders.id) else private.session_returned_cents(bookings) end as refunded_cents
  ) as price
  left join lateral (
    select session.fee_cents, session.subsidy_cents, session.share_cents
    from private.session_split(bookings) as session
    where bookings.id is not null
    union all
    select period.fee_cents, period.subsidy_cents, period.share_cents
    from private.period_split(orders.id) as period
    where bookings.id is null
  ) as split on true
  left join lateral (
    select sum(transfers.amount_cents) filter (where transfers.status = 'succeeded')
        - coalesce(sum(reversed.cents), 0) as cents,
      sum(transfers.netted_cents) filter (where transfers.status <> 'failed') as netted_cents,
      bool_or(transfers.status in ('waiting', 'requested')) as is_open,
      max(private.unsent_because(transfers)) filter (where transfers.status = 'waiting') as hold
    from public.transfers
    left join lateral (
      select sum(transfer_reversals.reversed_cents) as cents
      from public.transfer_reversals where transfer_reversals.transfer_id = transfers.id
    ) as reversed on true
    where transfers.earning_id = earnings.id
  ) as sent on true
  cross join lateral (
    select case
      when earnings.id is not null then sent.hold
      when bookings.id is not null then private.unreleased_because(bookings)
      when orders.status = 'disputed' then 'dispute'
      else 'to_come'
    end as hold
  ) as why
  where orders.id = earning_money.order_id;
$function$;

CREATE OR REPLACE FUNCTION private.has_more_to_earn (
  order_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select not exists (
    select from public.earnings
    where earnings.order_id = has_more_to_earn.order_id and earnings.booking_id is null
  ) and (
    exists (
      select from public.bookings
      where bookings.order_id = has_more_to_earn.order_id
        and (
          bookings.status in ('held', 'requested')
          or exists (select from private.session_split(bookings))
            and not exists (select from public.earnings where earnings.booking_id = bookings.id)
        )
    ) or coalesce((
      select sum(credit_entries.sessions) from public.credit_entries where credit_entries.order_id = has_more_to_earn.order_id
    ), 0) > 0
  );
$function$;

CREATE OR REPLACE FUNCTION private.record_stripe_payout (
  stripe_account_id text,
  stripe_payout     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_payout public.payouts;
begin
  insert into public.payouts as known (
    coach_id, stripe_payout_id, status, amount_cents, arrives_on, failure_code, created_at
  )
  select payout_accounts.coach_id, record_stripe_payout.stripe_payout ->> 'id', state.status,
    (record_stripe_payout.stripe_payout ->> 'amount')::integer,
    (to_timestamp((record_stripe_payout.stripe_payout ->> 'arrival_date')::bigint) at time zone 'UTC')::date,
    case when state.status = 'failed' then coalesce(record_stripe_payout.stripe_payout ->> 'failure_code', 'unknown') end,
    to_timestamp((record_stripe_payout.stripe_payout ->> 'created')::bigint)
  from public.payout_accounts
  cross join lateral (
    select (record_stripe_payout.stripe_payout ->> 'status')::public.payout_status as status
  ) as state
  where payout_accounts.stripe_account_id = record_stripe_payout.stripe_account_id
  on conflict (stripe_payout_id) do update
  set status = excluded.status, arrives_on = excluded.arrives_on, failure_code = excluded.failure_code
  where known.status in ('pending', 'in_transit') or known.status = 'paid' and excluded.status = 'failed'
  returning * into v_payout;

  if v_payout.status = 'failed' then
    perform private.notify(coaches.profile_id, 'payout_failed', v_payout.id)
    from public.coaches where coaches.id = v_payout.coach_id;
  elsif v_payout.id is null and not exists (
    select from public.payout_accounts
    where payout_accounts.stripe_account_id = record_stripe_payout.stripe_account_id
  ) then
    perform public.record_security_event(
      'payout_of_nobody', jsonb_build_object('stripe_payout_id', record_stripe_payout.stripe_payout ->> 'id')
    );
  end if;
end;
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

  for v_order_id in
    select orders.id
    from public.orders
    where orders.status = 'paid'
      and orders.amount_cents + orders.discount_cents > 0
      and orders.period_ends_at <= now()
      and not exists (select from public.earnings where earnings.order_id = orders.id)
      and exists (select from private.period_split(orders.id))
    order by orders.paid_at
    limit 200
    for update skip locked
  loop
    perform private.release_period(v_order_id);
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

  -- Whatever is told of a membership, it is read as a whole: one way for all of its events.
  if apply_stripe_event.event ? 'membership' then
    perform private.record_membership(apply_stripe_event.event -> 'membership');
    return true;
  end if;

  if v_object ->> 'mode' = 'subscription' then
    return true; -- A payment page that was left: no membership has begun.
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
    when 'payout.created', 'payout.updated', 'payout.paid', 'payout.failed', 'payout.canceled' then
      -- A coach's account has its name; without one it is ours.
      if apply_stripe_event.event ->> 'account' is not null then
        perform private.record_stripe_payout(apply_stripe_event.event ->> 'account', v_object);
      end if;
    when 'account.updated' then
      perform public.record_payout_account(v_object);
    else
      null; -- Noted, without effect.
  end case;

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION public.coach_balance()
  RETURNS TABLE (
    pending_cents   integer,
    on_hold_cents   integer,
    available_cents integer,
    paid_cents      integer,
    owed_cents      integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with ledger as (
    select coalesce(-sum(ledger_entries.amount_cents), 0) as payable_cents,
      coalesce(sum(ledger_entries.amount_cents) filter (
        where ledger_journals.kind in ('transfer', 'transfer_reversed')
      ), 0) as sent_cents
    from public.orders
    join private.ledger_journals on ledger_journals.order_id = orders.id
    join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
    where orders.coach_id = private.current_coach_id()
      and ledger_entries.account = 'coach_payable'
  ),
  waiting as (
    select coalesce(sum(transfers.amount_cents), 0) as cents
    from public.transfers
    where transfers.coach_id = private.current_coach_id()
      and transfers.status = 'waiting'
      and private.unsent_because(transfers) is not null
  ),
  -- What is not released yet is of few orders: the others are released, refunded or were never paid.
  coming as (
    select coalesce(sum(money.share_cents) filter (where money.state = 'pending'), 0) as pending_cents,
      coalesce(sum(money.share_cents) filter (where money.state = 'on_hold'), 0) as on_hold_cents
    from private.earning_lines(private.current_coach_id()) as lines
    join public.orders on orders.id = lines.order_id
    cross join lateral private.earning_money(lines.order_id, lines.booking_id) as money
    where orders.status in ('paid', 'disputed')
      and not exists (
        select from public.earnings
        where earnings.order_id = lines.order_id and earnings.booking_id is not distinct from lines.booking_id
      )
  )
  select coming.pending_cents::integer, (coming.on_hold_cents + waiting.cents)::integer,
    greatest(0, ledger.payable_cents - waiting.cents)::integer, ledger.sent_cents::integer,
    private.coach_debt_cents(private.current_coach_id())
  from ledger, waiting, coming;
$function$;

REVOKE ALL ON FUNCTION "public"."coach_balance"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.coach_earnings (
  page_size   integer DEFAULT 50,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    order_id       uuid,
    booking_id     uuid,
    starts_at      timestamp with time zone,
    client_name    text,
    offer_title    text,
    status         public.booking_status,
    paid_cents     integer,
    refunded_cents integer,
    fee_cents      integer,
    subsidy_cents  integer,
    share_cents    integer,
    sent_cents     integer,
    netted_cents   integer,
    state          public.earning_state,
    hold           public.earning_hold,
    released_at    timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with lines as materialized (
    select * from private.earning_lines(private.current_coach_id())
    order by starts_at desc, order_id, booking_id
    limit least(coach_earnings.page_size, 1000)
    offset (greatest(coach_earnings.page_number, 1) - 1) * least(coach_earnings.page_size, 1000)
  )
  select lines.order_id, lines.booking_id, lines.starts_at,
    private.shown_name(profiles), offers.title, lines.status,
    money.paid_cents, money.refunded_cents, money.fee_cents, money.subsidy_cents, money.share_cents,
    money.sent_cents, money.netted_cents, money.state, money.hold, money.released_at
  from lines
  join public.orders on orders.id = lines.order_id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  cross join lateral private.earning_money(lines.order_id, lines.booking_id) as money
  order by lines.starts_at desc, lines.order_id, lines.booking_id;
$function$;

REVOKE ALL ON FUNCTION "public"."coach_earnings"(integer, integer) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "public"."payouts"
  ADD CONSTRAINT "payouts_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."payouts"
  ADD CONSTRAINT "payouts_failed_say_why" CHECK (((status = 'failed'::public.payout_status) = (failure_code IS NOT NULL)));

CREATE INDEX payouts_coach_id_created_at_idx ON public.payouts USING btree (coach_id, created_at);

CREATE UNIQUE INDEX payouts_one_per_stripe_payout ON public.payouts USING btree (stripe_payout_id);

CREATE POLICY "Coaches can view what went to their bank" ON "public"."payouts"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

COMMENT ON TABLE "public"."payouts" IS 'Money on its way from a coach''s Stripe account to their bank, as Stripe tells of it.';

REVOKE ALL ON FUNCTION "private"."earning_lines"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."earning_lines"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."earning_lines"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."earning_money"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."earning_money"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."earning_money"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_stripe_payout"(text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_stripe_payout"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_stripe_payout"(text, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_balance"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."coach_balance"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_balance"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_earnings"(integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."coach_earnings"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_earnings"(integer, integer) TO "postgres";

REVOKE ALL ON TABLE "public"."payouts" FROM "authenticated";

REVOKE ALL ("amount_cents") ON TABLE "public"."payouts" FROM "authenticated";

GRANT SELECT ("amount_cents") ON TABLE "public"."payouts" TO "authenticated";

REVOKE ALL ("arrives_on") ON TABLE "public"."payouts" FROM "authenticated";

GRANT SELECT ("arrives_on") ON TABLE "public"."payouts" TO "authenticated";

REVOKE ALL ("coach_id") ON TABLE "public"."payouts" FROM "authenticated";

GRANT SELECT ("coach_id") ON TABLE "public"."payouts" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."payouts" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."payouts" TO "authenticated";

REVOKE ALL ("failure_code") ON TABLE "public"."payouts" FROM "authenticated";

GRANT SELECT ("failure_code") ON TABLE "public"."payouts" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."payouts" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."payouts" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."payouts" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."payouts" TO "authenticated";

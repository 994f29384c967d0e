SET local check_function_bodies = off;

DROP FUNCTION "public"."record_checkout"(uuid, text, text, text, timestamp WITH time zone);

DROP FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text, text);

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
  -- What a bank has taken back is not planned to be sent: it is what is missing of the share.
  waiting as (
    select coalesce(sum(case
      when orders.status = 'disputed' then earnings.share_cents - sent.cents
      else sent.waiting_cents
    end), 0) as cents
    from public.earnings
    join public.orders on orders.id = earnings.order_id
    cross join lateral (
      select coalesce(sum(transfers.amount_cents + transfers.netted_cents - coalesce(reversed.cents, 0)) filter (
          where transfers.status = 'succeeded'
        ), 0) as cents,
        coalesce(sum(transfers.amount_cents) filter (
          where transfers.status = 'waiting' and private.unsent_because(transfers) is not null
        ), 0) as waiting_cents
      from public.transfers
      left join lateral (
        select sum(transfer_reversals.reversed_cents) as cents
        from public.transfer_reversals where transfer_reversals.transfer_id = transfers.id
      ) as reversed on true
      where transfers.earning_id = earnings.id
    ) as sent
    where earnings.id in (
      select transfers.earning_id from public.transfers
      where transfers.coach_id = private.current_coach_id() and transfers.status = 'waiting'
      union
      select disputed.id
      from public.orders
      join public.earnings as disputed on disputed.order_id = orders.id
      where orders.coach_id = private.current_coach_id() and orders.status = 'disputed'
    )
  ),
  -- As far as it is not what a refund has taken off the share. Of what is disputed all waits already.
  taken_by_admins as (
    select coalesce(sum(greatest(0, earnings.share_cents - private.settled_cents(earnings.id) + taken.cents)), 0) as cents
    from (
      select transfers.earning_id, sum(transfer_reversals.reversed_cents) as cents
      from public.transfers
      join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
      where transfers.coach_id = private.current_coach_id()
        and transfer_reversals.why = 'made_in_stripe'
      group by transfers.earning_id
    ) as taken
    join public.earnings on earnings.id = taken.earning_id
    join public.orders on orders.id = earnings.order_id and orders.status <> 'disputed'
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
    greatest(0, ledger.payable_cents - waiting.cents - taken_by_admins.cents)::integer, ledger.sent_cents::integer,
    private.coach_debt_cents(private.current_coach_id())
  from ledger, waiting, taken_by_admins, coming;
$function$;

CREATE OR REPLACE FUNCTION public.record_checkout (
  order_id            uuid,
  checkout_session_id text,
  checkout_url        text,
  expires_at          timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client_id uuid := private.current_profile_id();
begin
  update public.orders
  set stripe_checkout_session_id = record_checkout.checkout_session_id,
      checkout_url = record_checkout.checkout_url,
      checkout_expires_at = record_checkout.expires_at
  where orders.id = record_checkout.order_id
    and orders.client_id = v_client_id
    and (orders.checkout_expires_at is null or orders.checkout_expires_at <= now());

  if not found and not exists (
    select from public.orders
    where orders.id = record_checkout.order_id and orders.client_id = v_client_id
  ) then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.record_membership_checkout (
  membership_id       uuid,
  attempt             integer,
  checkout_session_id text,
  checkout_url        text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update public.memberships
  set stripe_checkout_session_id = record_membership_checkout.checkout_session_id,
      checkout_url = record_membership_checkout.checkout_url
  where memberships.id = record_membership_checkout.membership_id
    and memberships.client_id = private.current_profile_id()
    and memberships.attempt = record_membership_checkout.attempt
    and memberships.status = 'incomplete'
    and memberships.checkout_url is null;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.record_stripe_customer (
  profile_id         uuid,
  stripe_customer_id text
)
  RETURNS text
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  insert into private.stripe_customers (profile_id, stripe_customer_id)
  values (record_stripe_customer.profile_id, record_stripe_customer.stripe_customer_id)
  on conflict (profile_id) do nothing;

  return (
    select stripe_customers.stripe_customer_id from private.stripe_customers
    where stripe_customers.profile_id = record_stripe_customer.profile_id
  );
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_stripe_customer"(uuid, text) FROM PUBLIC, "anon", "authenticated";

GRANT EXECUTE ON FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_membership_checkout"(uuid, integer, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "public"."record_stripe_customer"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_stripe_customer"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_stripe_customer"(uuid, text) TO "service_role";

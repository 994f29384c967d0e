SET local check_function_bodies = off;

DROP TRIGGER "outbox__tell_admins" ON "private"."outbox";

DROP VIEW "admin"."failed_refunds";

CREATE OR REPLACE FUNCTION admin.dismiss_failed_refund (
  refund_id uuid,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_refund public.refunds := private.follow_up_refund(
    dismiss_failed_refund.refund_id, 'dismissed', dismiss_failed_refund.reason
  );
begin
  perform private.settle_order(v_refund.order_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.awaited_cents (
  order_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(lacking.price_cents), 0)::integer
  from public.refunds
  join public.payments on payments.id = refunds.payment_id
  cross join lateral private.lacking_of_refund(refunds) as lacking
  where refunds.order_id = awaited_cents.order_id
    and refunds.status = 'failed'
    and payments.status <> 'surplus'
    and private.is_to_follow_up(refunds);
$function$;

CREATE OR REPLACE FUNCTION private.ended_credit_cents (
  booking public.bookings
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when private.uses_credit(ended_credit_cents.booking) then greatest(0, least(
      private.credit_worth_cents(ended_credit_cents.booking),
      orders.amount_cents - private.returned_cents(orders.id) - coalesce((
        select sum(private.credit_worth_cents(earlier))
        from public.bookings as earlier
        where earlier.order_id = orders.id
          and earlier.status = 'confirmed'
          and earlier.starts_at > now()
          and (earlier.starts_at, earlier.id) < ((ended_credit_cents.booking).starts_at, (ended_credit_cents.booking).id)
          and private.uses_credit(earlier)
      ), 0)
    ))
    else 0
  end::integer
  from public.orders
  where orders.id = (ended_credit_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.follow_up_refund (
  refund_id uuid,
  how       text,
  reason    text
)
  RETURNS public.refunds
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund public.refunds;
begin
  perform from public.orders
  where orders.id = (select refunds.order_id from public.refunds where refunds.id = follow_up_refund.refund_id)
  for update;

  update public.refunds
  set followed_up_at = now()
  where refunds.id = follow_up_refund.refund_id and private.is_to_follow_up(refunds)
  returning * into v_refund;

  if not found then
    raise exception 'There is no refund % that failed and is still to be seen to.', follow_up_refund.refund_id
      using errcode = 'ORNFR';
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values (
    'refunds', v_refund.id::text, follow_up_refund.how, session_user,
    jsonb_build_object('reason', trim(follow_up_refund.reason))
  );

  select lacking.price_cents, lacking.tax_cents into v_refund.amount_cents, v_refund.tax_cents
  from private.lacking_of_refund(v_refund) as lacking;
  return v_refund;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_given_up (
  topic   text,
  payload jsonb
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce((
    select outbox.status = 'failed'
    from private.outbox
    where outbox.topic = is_given_up.topic and outbox.payload = is_given_up.payload
    order by outbox.id desc
    limit 1
  ), false);
$function$;

CREATE OR REPLACE FUNCTION private.is_to_follow_up (
  refund public.refunds
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_to_follow_up.refund).status = 'failed'
    and (is_to_follow_up.refund).stripe_refund_id is not null
    and (is_to_follow_up.refund).followed_up_at is null
    and exists (
      select from private.lacking_of_refund(is_to_follow_up.refund) as lacking
      where lacking.price_cents + lacking.tax_cents > 0
    );
$function$;

CREATE OR REPLACE FUNCTION private.lacking_of_refund (
  refund public.refunds
)
  RETURNS TABLE (
    price_cents integer,
    tax_cents   integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least((lacking_of_refund.refund).amount_cents, gone.left_price_cents),
    least((lacking_of_refund.refund).tax_cents, gone.left_tax_cents)
  from public.payments
  cross join lateral private.gone_of_payment(payments) as gone
  where payments.id = (lacking_of_refund.refund).payment_id;
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
  cross join lateral (
    select greatest(0, orders.amount_cents - private.returned_cents(orders.id) - private.awaited_cents(orders.id)) as cents
  ) as kept
  cross join lateral private.split_kept(
    orders.amount_cents, kept.cents, orders.fee_cents,
    case when orders.discount_bearer = 'platform' then orders.discount_cents else 0 end
  ) as split
  where orders.id = period_split.order_id
    and split.fee + split.share > 0;
$function$;

CREATE OR REPLACE FUNCTION private.reconcile_money()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.record_dispute (
  stripe_dispute jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_object jsonb := record_dispute.stripe_dispute;
  v_details jsonb := v_object -> 'evidence_details';
  v_status public.dispute_status := v_object ->> 'status';
  v_payment public.payments;
  v_before public.disputes;
  v_dispute public.disputes;
begin
  if v_object is null then
    return;
  end if;

  select * into v_payment from public.payments where payments.stripe_payment_intent_id = v_object ->> 'payment_intent';
  if not found and private.is_taken_in(v_object ->> 'charge') then
    return;
  elsif not found then
    raise exception 'The payment of this dispute is not known yet.' using errcode = 'ORLTR';
  end if;

  perform from public.orders where orders.id = v_payment.order_id for update;
  select * into v_before from public.disputes where disputes.stripe_dispute_id = v_object ->> 'id';

  insert into public.disputes as known (order_id, payment_id, stripe_dispute_id, status, reason, amount_cents, opened_at)
  values (
    v_payment.order_id, v_payment.id, v_object ->> 'id', v_status, v_object ->> 'reason',
    (v_object ->> 'amount')::integer, to_timestamp((v_object ->> 'created')::bigint)
  )
  on conflict (stripe_dispute_id) do update
  set status = excluded.status, amount_cents = excluded.amount_cents, reason = excluded.reason
  where private.may_follow(excluded.status, known.status);

  update public.disputes
  set evidence_due_at = coalesce(to_timestamp((v_details ->> 'due_by')::bigint), evidence_due_at),
      -- A bank that only asked, was answered, and then takes the money wants to be answered once more.
      evidence_sent_at = case
        when disputes.status in ('needs_response', 'warning_needs_response') then null
        when (v_details ->> 'submission_count')::integer > 0 then coalesce(evidence_sent_at, now())
        else evidence_sent_at
      end,
      closed_at = case when not private.is_open(disputes.status) then coalesce(closed_at, now()) end
  where disputes.stripe_dispute_id = v_object ->> 'id'
  returning * into v_dispute;

  perform private.post_dispute(v_dispute, v_object -> 'balance_transactions');
  perform private.settle_refunds_of_dispute(v_dispute);
  perform private.settle_order(v_dispute.order_id);
  perform private.tell_of_dispute(v_dispute, v_before.status);
end;
$function$;

CREATE OR REPLACE FUNCTION private.refundable_cents (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when private.returns_credit(refundable_cents.booking, refundable_cents.actor) then 0
    when orders.membership_id is null then least(
      private.agreed_refund_cents(refundable_cents.booking, refundable_cents.actor),
      greatest(0, private.session_cents(refundable_cents.booking) - private.session_returned_cents(refundable_cents.booking))
    )
    when refundable_cents.actor <> 'client' or (refundable_cents.booking).moved_by in ('coach', 'admin')
      then private.ended_credit_cents(refundable_cents.booking)
    else 0
  end
  from public.orders
  where orders.id = (refundable_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.settle_refunds_of_dispute (
  dispute public.disputes
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund public.refunds;
  v_left_cents integer;
  v_left_tax_cents integer;
begin
  if private.is_open((settle_refunds_of_dispute.dispute).status) then
    return;
  end if;

  select greatest(0, gone.left_price_cents - elsewhere.price_cents), greatest(0, gone.left_tax_cents - elsewhere.tax_cents)
  into v_left_cents, v_left_tax_cents
  from public.payments
  cross join lateral private.gone_of_payment(payments, is_asked => true) as gone
  cross join lateral (
    select coalesce(sum(refunds.amount_cents), 0) as price_cents, coalesce(sum(refunds.tax_cents), 0) as tax_cents
    from public.refunds
    where refunds.payment_id = payments.id and refunds.is_elsewhere
  ) as elsewhere
  where payments.id = (settle_refunds_of_dispute.dispute).payment_id;

  for v_refund in
    select * from public.refunds
    where refunds.payment_id = (settle_refunds_of_dispute.dispute).payment_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null
    order by refunds.created_at, refunds.id
    for update
  loop
    if least(v_refund.amount_cents, v_left_cents) + least(v_refund.tax_cents, v_left_tax_cents) = 0 then
      update public.refunds set status = 'failed', settled_at = now() where refunds.id = v_refund.id;
      continue;
    end if;

    update public.refunds
    set amount_cents = least(amount_cents, v_left_cents), tax_cents = least(tax_cents, v_left_tax_cents)
    where refunds.id = v_refund.id
    returning * into v_refund;
    v_left_cents := v_left_cents - v_refund.amount_cents;
    v_left_tax_cents := v_left_tax_cents - v_refund.tax_cents;
    -- It was asked for before, perhaps weeks ago: it is looked for first.
    perform private.ask_again('stripe.refund', v_refund.id, jsonb_build_object('refund_id', v_refund.id));
  end loop;
end;
$function$;

CREATE VIEW "admin"."failed_refunds" WITH (security_invoker=true) AS  SELECT refunds.id AS refund_id,
    refunds.order_id,
    refunds.booking_id,
    refunds.reason,
    lacking.price_cents AS amount_cents,
    lacking.tax_cents,
    refunds.stripe_refund_id,
    refunds.settled_at AS failed_at
   FROM (public.refunds
     CROSS JOIN LATERAL private.lacking_of_refund(refunds.*) lacking(price_cents, tax_cents))
  WHERE ((refunds.status = 'failed'::public.refund_status) AND private.is_to_follow_up(refunds.*))
  ORDER BY refunds.settled_at;

CREATE TRIGGER outbox__tell_admins
  AFTER UPDATE OF status ON private.outbox
  FOR EACH ROW
  WHEN
    (((new.topic ~~ 'stripe.%'::text) AND (new.topic <> 'stripe.capture'::text) AND (new.status = 'failed'::private.outbox_status) AND (old.status <>
    'failed'::private.outbox_status)))
  EXECUTE FUNCTION private.tg_outbox__tell_admins();

COMMENT ON VIEW "admin"."failed_refunds" IS 'Refunds that failed and are still to be seen to: admin.retry_refund, admin.record_refund_elsewhere, admin.dismiss_failed_refund.';

REVOKE ALL ON FUNCTION "admin"."dismiss_failed_refund"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."dismiss_failed_refund"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."dismiss_failed_refund"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."awaited_cents"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."awaited_cents"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."awaited_cents"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ended_credit_cents"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."ended_credit_cents"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."ended_credit_cents"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_given_up"(text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_given_up"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_given_up"(text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lacking_of_refund"(public.refunds) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lacking_of_refund"(public.refunds) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lacking_of_refund"(public.refunds) TO "postgres";

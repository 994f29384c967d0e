SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.lock_membership (
  told jsonb
)
  RETURNS public.memberships
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select memberships.*
  from public.memberships
  where memberships.id = private.uuid_or_null(lock_membership.told ->> 'membership_id')
  for update;
$function$;

CREATE OR REPLACE FUNCTION private.record_membership (
  reading jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_invoice jsonb;
begin
  if record_membership.reading -> 'subscription' is null then
    return; -- A payment page that nobody paid on.
  end if;

  perform private.enqueue(
    'stripe.read_subscription', format('stripe.read_subscription:%s:heard_late', memberships.id),
    jsonb_build_object('membership_id', memberships.id)
  )
  from public.memberships
  where memberships.id = private.uuid_or_null(record_membership.reading -> 'subscription' ->> 'membership_id')
    and memberships.stripe_subscription_id is null
    and not record_membership.reading -> 'invoices' @> '[{"is_first": true}]';

  perform private.record_subscription(
    record_membership.reading -> 'subscription', (record_membership.reading ->> 'read_at')::timestamptz
  );

  for v_invoice in
    select value from jsonb_array_elements(record_membership.reading -> 'invoices') order by value ->> 'created_at'
  loop
    perform private.record_period(v_invoice);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_stripe_refund (
  stripe_refund jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_id uuid;
  v_payment public.payments;
  v_gross_cents integer := (record_stripe_refund.stripe_refund ->> 'amount')::integer;
  v_tax_cents integer;
begin
  select refunds.id into v_refund_id
  from public.refunds
  where refunds.stripe_refund_id = record_stripe_refund.stripe_refund ->> 'id'
    or refunds.id = private.uuid_or_null(record_stripe_refund.stripe_refund -> 'metadata' ->> 'refund_id');

  if v_refund_id is null then
    select * into v_payment
    from public.payments
    where payments.stripe_payment_intent_id = record_stripe_refund.stripe_refund ->> 'payment_intent';

    if not found then
      raise exception 'The payment of this refund is not known yet.' using errcode = 'ORLTR';
    elsif private.is_let_go(v_payment, record_stripe_refund.stripe_refund -> 'balance_transaction') then
      return;
    end if;

    -- Two refunds of one payment would each count without the other.
    perform from public.orders where orders.id = v_payment.order_id for update;
    v_tax_cents := private.tax_of_gross(v_payment, v_gross_cents);

    insert into public.refunds (order_id, payment_id, amount_cents, tax_cents, reason, stripe_refund_id)
    values (
      v_payment.order_id, v_payment.id, v_gross_cents - v_tax_cents, v_tax_cents,
      'made_in_stripe', record_stripe_refund.stripe_refund ->> 'id'
    )
    on conflict (stripe_refund_id) do update set reason = refunds.reason
    returning refunds.id into v_refund_id;
  end if;

  perform private.record_refund(v_refund_id, record_stripe_refund.stripe_refund);
end;
$function$;

CREATE OR REPLACE FUNCTION private.settle_refunds_of_dispute (
  dispute public.disputes
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if private.is_open((settle_refunds_of_dispute.dispute).status) then
    return;
  end if;

  if (settle_refunds_of_dispute.dispute).status in ('won', 'warning_closed') then
    -- It was asked for before, perhaps weeks ago: it is looked for first.
    perform private.ask_again('stripe.refund', refunds.id, jsonb_build_object('refund_id', refunds.id))
    from public.refunds
    where refunds.payment_id = (settle_refunds_of_dispute.dispute).payment_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null;
  else
    update public.refunds
    set status = 'failed', settled_at = now()
    where refunds.payment_id = (settle_refunds_of_dispute.dispute).payment_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.take_calendly_booking (
  coach_id uuid,
  payload  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_event jsonb := take_calendly_booking.payload -> 'scheduled_event';
  v_starts_at timestamptz := (v_event ->> 'start_time')::timestamptz;
  v_ends_at timestamptz := (v_event ->> 'end_time')::timestamptz;
  v_time_zone text := take_calendly_booking.payload ->> 'timezone';
  v_offer public.offers := private.calendly_offer_of(
    take_calendly_booking.coach_id, v_event ->> 'event_type',
    take_calendly_booking.payload #>> '{tracking,utm_campaign}',
    (take_calendly_booking.payload ->> 'made_at')::timestamptz
  );
  v_id uuid;
begin
  if v_offer.id is null
    or v_starts_at <= now()
    or private.is_own_calendly_event(take_calendly_booking.payload ->> 'event')
    or exists (
      select from public.bookings
      where bookings.id = private.uuid_or_null(take_calendly_booking.payload #>> '{tracking,utm_content}')
        and bookings.coach_id = take_calendly_booking.coach_id
    ) then
    return;
  end if;

  insert into private.calendly_bookings (
    coach_id, offer_id, event_type_uri, event_uri, invitee_uri, name, email, time_zone, note, reschedule_url,
    starts_at, ends_at, pay_by
  )
  values (
    v_offer.coach_id, v_offer.id, v_event ->> 'event_type',
    take_calendly_booking.payload ->> 'event', take_calendly_booking.payload ->> 'uri',
    left(take_calendly_booking.payload ->> 'name', 200), take_calendly_booking.payload ->> 'email',
    case when private.is_time_zone(v_time_zone) then v_time_zone else 'America/New_York' end,
    private.calendly_answers(take_calendly_booking.payload), take_calendly_booking.payload ->> 'reschedule_url',
    v_starts_at, v_ends_at,
    least(now() + make_interval(mins => (private.settings()).calendly_pay_minutes), v_starts_at)
  )
  on conflict do nothing -- Two syncs found it at once.
  returning calendly_bookings.id into v_id;

  if v_id is not null then
    perform private.place_calendly_booking(v_id);
  end if;
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
  v_order_id uuid := private.uuid_or_null(v_object -> 'metadata' ->> 'order_id');
  v_tax_cents integer := coalesce(apply_stripe_event.event ->> 'tax_cents', '0')::integer;
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
      perform private.record_paid_page(v_order_id, v_object, (v_object -> 'total_details' ->> 'amount_tax')::integer);
    when 'checkout.session.expired', 'checkout.session.async_payment_failed' then
      -- The package first: of one in parts its plan is locked before the order.
      perform private.expire_package(v_order_id);
      perform private.lapse_hold(v_order_id, 'system');
      perform private.forget_page(v_order_id, v_object ->> 'id');
    when 'payment_intent.succeeded' then
      perform private.record_payment(
        v_order_id, v_object ->> 'id', v_object ->> 'latest_charge',
        (v_object ->> 'amount_received')::integer, v_tax_cents, v_object ->> 'currency'
      );
    when 'payment_intent.amount_capturable_updated', 'payment_intent.canceled' then
      perform private.record_intent(v_order_id, v_object || jsonb_build_object('tax_cents', v_tax_cents));
    when 'charge.captured' then
      perform private.record_payment(
        v_order_id, v_object ->> 'payment_intent', v_object ->> 'id',
        (v_object ->> 'amount_captured')::integer, v_tax_cents, v_object ->> 'currency'
      );
    when 'payment_intent.payment_failed' then
      perform private.record_failed_payment(
        v_order_id, v_object ->> 'id', (v_object ->> 'amount')::integer, v_tax_cents, v_object ->> 'currency',
        coalesce(v_object -> 'last_payment_error' ->> 'decline_code', v_object -> 'last_payment_error' ->> 'code')
      );
      perform private.record_declined_charge(
        v_order_id, (v_object -> 'metadata' ->> 'attempt')::integer, v_object -> 'last_payment_error'
      )
      where v_order_id is not null; -- What is not ours may say anything.
    when 'refund.created', 'refund.updated', 'refund.failed' then
      perform private.record_stripe_refund(v_object);
    when 'charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed',
      'charge.dispute.funds_withdrawn', 'charge.dispute.funds_reinstated' then
      perform private.record_dispute(v_object);
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

CREATE OR REPLACE FUNCTION public.record_payout_account (
  account jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_account_id text := record_payout_account.account ->> 'id';
  v_bank jsonb := record_payout_account.account -> 'external_accounts' -> 'data' -> 0;
begin
  insert into public.payout_accounts as known (coach_id, stripe_account_id, status, currently_due, bank_name, bank_last4)
  select coaches.id, v_account_id,
    private.payout_account_status(record_payout_account.account),
    array(select jsonb_array_elements_text(record_payout_account.account -> 'requirements' -> 'currently_due')),
    case when profiles.deleted_at is null then v_bank ->> 'bank_name' end,
    case when profiles.deleted_at is null then v_bank ->> 'last4' end
  from public.coaches
  join public.profiles on profiles.id = coaches.profile_id
  where coaches.id = private.uuid_or_null(record_payout_account.account -> 'metadata' ->> 'coach_id')
  on conflict (coach_id) do update
  set status = excluded.status,
      currently_due = excluded.currently_due,
      bank_name = excluded.bank_name,
      bank_last4 = excluded.bank_last4,
      updated_at = now()
  where known.stripe_account_id = excluded.stripe_account_id;

  if not found then
    perform public.record_security_event('payout_account_of_nobody', jsonb_build_object('stripe_account_id', v_account_id));
  end if;
end;
$function$;

-- Written by hand: what is renamed keeps its rows.
alter table private.instalment_charges rename to card_charges;
alter table private.card_charges rename constraint instalment_charges_pkey to card_charges_pkey;
alter table private.card_charges rename constraint instalment_charges_attempt to card_charges_attempt;
alter table private.card_charges rename constraint instalment_charges_settled_have_a_time to card_charges_settled_have_a_time;
alter table private.card_charges rename constraint instalment_charges_order_id_fkey to card_charges_order_id_fkey;
alter index private.instalment_charges_one_open_per_order rename to card_charges_one_open_per_order;
alter policy "Nobody reads charges of instalments over the API" on private.card_charges
  rename to "Nobody reads charges of saved cards over the API";
alter table private.platform_settings rename column instalment_retry_days to charge_retry_days;
alter table private.platform_settings rename constraint platform_settings_instalment_retries to platform_settings_charge_retries;
update private.outbox set topic = 'stripe.charge_card' where topic = 'stripe.charge_instalment';

SET local check_function_bodies = off;

DROP FUNCTION "private"."charge_instalment"(public.orders);

DROP FUNCTION "private"."record_instalment_charge"(jsonb, jsonb);

CREATE OR REPLACE FUNCTION private.charge_card (
  order_row public.orders
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_days integer[] := (private.settings()).charge_retry_days;
  v_tries integer;
  v_first_at timestamptz;
begin
  select count(*), min(card_charges.created_at) into v_tries, v_first_at
  from private.card_charges
  where card_charges.order_id = (charge_card.order_row).id;

  if v_tries > cardinality(v_days) or v_tries > 0 and now() < v_first_at + make_interval(days => v_days[v_tries]) then
    return;
  end if;

  insert into private.card_charges (order_id, attempt)
  values ((charge_card.order_row).id, v_tries + 1)
  on conflict (order_id) where outcome is null do nothing;

  if found then
    perform private.enqueue(
      'stripe.charge_card',
      format('stripe.charge_card:%s:%s:%s', (charge_card.order_row).id, v_tries + 1, extract(epoch from now())::bigint),
      jsonb_build_object('order_id', (charge_card.order_row).id, 'attempt', v_tries + 1)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.charge_instalments()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan public.payment_plans;
begin
  for v_plan in
    select payment_plans.*
    from public.payment_plans
    where payment_plans.status in ('active', 'overdue')
      and exists (
        select from public.orders
        where orders.plan_id = payment_plans.id and orders.status = 'pending' and orders.due_at <= now()
      )
    order by payment_plans.id
    limit 500
    for update skip locked
  loop
    if private.plan_ends_at(v_plan) <= now() then
      perform private.end_plan(v_plan.id, 'lapsed');
    elsif not private.is_charging_halted(v_plan) then
      perform private.charge_card(orders)
      from public.orders
      where orders.plan_id = v_plan.id and orders.status = 'pending' and orders.due_at <= now();
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.charge_work (
  payload jsonb
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'order_id', orders.id,
    'attempt', card_charges.attempt,
    'amount_cents', orders.amount_cents,
    'currency', orders.currency,
    'offer_title', offers.title,
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
  join public.payment_plans on payment_plans.id = orders.plan_id
  join public.offers on offers.id = orders.offer_id
  where orders.id = (charge_work.payload ->> 'order_id')::uuid
    and card_charges.attempt = (charge_work.payload ->> 'attempt')::integer
    and card_charges.outcome is null
    and orders.status = 'pending'
    and payment_plans.status in ('active', 'overdue')
    and not private.is_charging_halted(payment_plans);
$function$;

CREATE OR REPLACE FUNCTION private.failed_charges (
  order_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select count(*)::integer
  from private.card_charges
  where card_charges.order_id = failed_charges.order_id
    and card_charges.outcome in ('requires_action', 'declined');
$function$;

CREATE OR REPLACE FUNCTION private.instalment_terms (
  offer     public.offers,
  time_zone text
)
  RETURNS TABLE (
    version integer,
    words   text
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select 1, format(
    'I agree that “%s” with %s is charged to my card in %s parts of %s each, less what a coupon takes off: the first '
    'now, the others by themselves on %s. Each part pays for %s. I can stop at any time with one click on the page of '
    'the package: nothing more is charged then, and the sessions that I have paid for stay mine. A card that is '
    'declined is tried again %s days later; after that the plan ends, and I owe nothing more.',
    (instalment_terms.offer).title,
    coaches.display_name,
    (instalment_terms.offer).instalments,
    '$' || to_char((instalment_terms.offer).price_cents / (instalment_terms.offer).instalments / 100.0, 'FM999,990.00'),
    (
      select private.words_list(array_agg(
        to_char(dates.due_at at time zone instalment_terms.time_zone, 'FMMonth FMDD, YYYY') order by dates.plan_position
      ))
      from private.instalment_dates((instalment_terms.offer).instalments, instalment_terms.time_zone) as dates
      where dates.plan_position > 1
    ),
    case (instalment_terms.offer).session_count / (instalment_terms.offer).instalments
      when 1 then 'one session'
      else (instalment_terms.offer).session_count / (instalment_terms.offer).instalments || ' sessions'
    end,
    private.words_list((private.settings()).charge_retry_days::text[])
  )
  from public.coaches
  where coaches.id = (instalment_terms.offer).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_instalment (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('instalment', jsonb_build_object(
    'order_id', orders.id,
    'package_id', private.package_id(orders),
    'party', case when orders.client_id = (mail_instalment.notification).recipient_id then 'client' else 'coach' end,
    'time_zone', recipient.time_zone,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'position', orders.plan_position,
    'instalments', payment_plans.instalments,
    'paid_parts', (
      select count(*) from public.orders as parts where parts.plan_id = orders.plan_id and parts.credits_end_at is not null
    ),
    'session_count', orders.session_count,
    'amount_cents', orders.amount_cents,
    'due_at', orders.due_at,
    'needs_action', tried.outcome = 'requires_action',
    'retry_at', private.next_try_at(orders.id),
    'ended_reason', payment_plans.ended_reason
  ))
  from public.orders
  join public.payment_plans on payment_plans.id = orders.plan_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles as client on client.id = orders.client_id
  join public.profiles as recipient on recipient.id = (mail_instalment.notification).recipient_id
  left join private.card_charges as tried
    on tried.order_id = orders.id and tried.attempt = (mail_instalment.notification).version
  where (mail_instalment.notification).kind in ('instalment_due', 'instalment_paid', 'instalment_failed', 'plan_ended')
    and orders.id = (mail_instalment.notification).subject_id;
$function$;

CREATE OR REPLACE FUNCTION private.next_try_at (
  order_id uuid
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select min(card_charges.created_at)
    + make_interval(days => (private.settings()).charge_retry_days[count(*)])
  from private.card_charges
  where card_charges.order_id = next_try_at.order_id;
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
  perform private.ask_again('stripe.expire_checkout', orders.id, jsonb_build_object('order_id', orders.id), 'day')
  from public.orders
  where orders.status = 'expired'
    and orders.stripe_checkout_session_id is not null
    and orders.checkout_expires_at between now() - interval '8 days' and v_waiting;

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

  perform private.ask_again(
    'stripe.charge_card', card_charges.order_id,
    jsonb_build_object('order_id', card_charges.order_id, 'attempt', card_charges.attempt)
  )
  from private.card_charges
  where card_charges.outcome is null
    and card_charges.created_at between v_given_up and v_waiting;

  perform private.ask_again('stripe.read_charge', payments.id, jsonb_build_object('payment_id', payments.id))
  from public.payments
  where payments.status in ('succeeded', 'surplus')
    and (payments.fee_cents is null or payments.invoice_number is null)
    and payments.created_at between now() - case when payments.fee_cents is null then interval '3 days' else interval '3 hours' end and v_waiting;

  perform private.ask_again('stripe.read_dispute', disputes.id, jsonb_build_object('stripe_dispute_id', disputes.stripe_dispute_id))
  from public.disputes
  where private.is_open(disputes.status)
    and disputes.created_at < v_waiting;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_card_charge (
  payload jsonb,
  result  jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid := (record_card_charge.payload ->> 'order_id')::uuid;
  v_attempt integer := (record_card_charge.payload ->> 'attempt')::integer;
begin
  if record_card_charge.result is null then
    -- Nothing was asked for: when what stood in the way is gone, the job asks again.
    delete from private.card_charges
    where card_charges.order_id = v_order_id
      and card_charges.attempt = v_attempt
      and card_charges.outcome is null;
  elsif record_card_charge.result ? 'error' then
    perform private.record_failed_payment(
      v_order_id, record_card_charge.result ->> 'id', orders.amount_cents, orders.currency,
      coalesce(
        record_card_charge.result -> 'error' ->> 'decline_code', record_card_charge.result -> 'error' ->> 'code'
      )
    )
    from public.orders
    where orders.id = v_order_id and record_card_charge.result ->> 'id' is not null;
    perform private.record_declined_charge(v_order_id, v_attempt, record_card_charge.result -> 'error');
  else
    perform private.record_intent(v_order_id, record_card_charge.result);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_declined_charge (
  order_id uuid,
  attempt  integer,
  error    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  if record_declined_charge.attempt is null then
    return;
  end if;
  select * into v_order from public.orders where orders.id = record_declined_charge.order_id;
  perform private.lock_plan(v_order.plan_id);

  update private.card_charges
  set outcome = case
        when 'authentication_required' in (
          record_declined_charge.error ->> 'code', record_declined_charge.error ->> 'decline_code'
        ) then 'requires_action'
        else 'declined'
      end::private.charge_outcome,
      failure_code = coalesce(record_declined_charge.error ->> 'decline_code', record_declined_charge.error ->> 'code'),
      settled_at = now()
  where card_charges.order_id = v_order.id
    and card_charges.attempt = record_declined_charge.attempt
    and card_charges.outcome is null;

  if not found or not exists (
    select from public.orders where orders.id = v_order.id and orders.status = 'pending'
  ) then
    return;
  end if;

  if record_declined_charge.attempt > cardinality((private.settings()).charge_retry_days) then
    perform private.end_plan(v_order.plan_id, 'declined');
  else
    perform private.settle_plan(v_order.plan_id);
    perform private.notify(v_order.client_id, 'instalment_failed', v_order.id, version => record_declined_charge.attempt);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_orders__settle_charges()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  update private.card_charges
  set outcome = 'succeeded', settled_at = now()
  where card_charges.order_id = new.id and card_charges.outcome is null;
  return null;
end;
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
      result = private.without_people(complete_outbox.result)
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
    when 'stripe.read_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_refund' then
      perform private.record_stripe_refund(complete_outbox.result);
    when 'stripe.submit_evidence', 'stripe.read_dispute' then
      perform private.record_dispute(complete_outbox.result);
    when 'stripe.read_balance' then
      perform private.record_balance(complete_outbox.result);
    when 'stripe.read_charge' then
      perform private.record_charge((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.transfer' then
      perform private.record_transfer((v_row.payload ->> 'transfer_id')::uuid, complete_outbox.result);
    when 'stripe.reverse_transfer' then
      perform private.record_reversal((v_row.payload ->> 'reversal_id')::uuid, complete_outbox.result);
    when 'stripe.charge_card' then
      perform private.record_card_charge(v_row.payload, complete_outbox.result);
    when 'stripe.read_subscription' then
      perform private.record_membership(complete_outbox.result);
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
    when 'stripe.read_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.read_refund' then v_row.payload
    when 'stripe.read_dispute' then v_row.payload
    when 'stripe.submit_evidence' then private.evidence_work((v_row.payload ->> 'dispute_id')::uuid)
    when 'mail_admins' then private.admin_mail_work(v_row.payload)
    when 'stripe.read_balance' then private.read_balance_work((v_row.payload ->> 'overlap_minutes')::integer)
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.read_subscription' then private.membership_work((v_row.payload ->> 'membership_id')::uuid)
    when 'stripe.charge_card' then private.charge_work(v_row.payload)
    when 'stripe.end_subscription' then v_row.payload
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

COMMENT ON TABLE "private"."card_charges" IS 'Each try to charge a saved card, and what Stripe said. Written before Stripe is asked.';

REVOKE ALL ON FUNCTION "private"."charge_card"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."charge_card"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."charge_card"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_card_charge"(jsonb, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_card_charge"(jsonb, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_card_charge"(jsonb, jsonb) TO "postgres";

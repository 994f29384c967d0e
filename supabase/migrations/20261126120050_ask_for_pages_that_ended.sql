SET local check_function_bodies = off;

REVOKE ALL ("tax_cents") ON TABLE "public"."refunds" FROM "authenticated";

DROP INDEX "private"."no_show_fees_open_idx";

DROP FUNCTION "private"."gone_of_payment"(public.payments, uuid);

DROP FUNCTION "private"."has_left"(public.memberships, timestamp WITH time zone);

DROP FUNCTION "private"."is_left_out"(public.bookings);

DROP FUNCTION "private"."late_pay_by"();

DROP FUNCTION "private"."plus_tax"();

DROP FUNCTION "private"."release_period"(uuid);

DROP FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone);

CREATE OR REPLACE FUNCTION private.asked_cents (
  order_row public.orders
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (asked_cents.order_row).amount_cents
    * ((asked_cents.order_row).session_count + count(*)::integer) / (asked_cents.order_row).session_count
  from public.bookings
  where bookings.order_id = (asked_cents.order_row).id
    and private.is_left_out(bookings, asked_cents.order_row);
$function$;

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
  perform from public.orders where orders.id = (charge_card.order_row).id for update;

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

CREATE OR REPLACE FUNCTION private.charge_no_show_fees()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  for v_order in
    select orders.*
    from private.no_show_fees
    join public.orders on orders.id = no_show_fees.order_id
    where no_show_fees.ended_at is null
      and orders.status = 'pending'
    order by orders.created_at
    limit 500
    for update of orders skip locked
  loop
    if private.has_left(v_order.client_id, v_order.coach_id, now()) then
      perform private.end_no_show_fee(v_order.id, 'account_closed');
    elsif v_order.created_at <= now() - make_interval(days => (private.settings()).no_show_fee_days) then
      perform private.end_no_show_fee(v_order.id, 'declined');
    else
      perform private.charge_no_show_fee(v_order);
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
    'automatic_tax', orders.automatic_tax,
    'currency', orders.currency,
    'description', case when private.is_no_show_fee(orders.id) then 'No-show fee: ' else '' end || offers.title,
    'subscription_id', private.no_show_fee_subscription(orders.id),
    'checkout_session_id', orders.stripe_checkout_session_id,
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
  join public.offers on offers.id = orders.offer_id
  where orders.id = (charge_work.payload ->> 'order_id')::uuid
    and card_charges.attempt = (charge_work.payload ->> 'attempt')::integer
    and card_charges.outcome is null
    and private.is_chargeable(orders);
$function$;

CREATE OR REPLACE FUNCTION private.create_period_order (
  membership   public.memberships,
  offer        public.offers,
  invoice      jsonb,
  amount_cents integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid := private.create_order(create_period_order.offer, (create_period_order.membership).client_id);
begin
  update public.orders
  set status = 'paid',
      paid_at = (create_period_order.invoice ->> 'paid_at')::timestamptz,
      amount_cents = create_period_order.amount_cents,
      automatic_tax = (create_period_order.membership).automatic_tax,
      fee_cents = round(create_period_order.amount_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
      no_show_fee_cents = least(
        orders.no_show_fee_cents, private.agreed_no_show_fee_cents((create_period_order.membership).id, orders.offer_id)
      ),
      membership_id = (create_period_order.membership).id,
      stripe_invoice_id = create_period_order.invoice ->> 'id',
      period_starts_at = (create_period_order.invoice ->> 'period_starts_at')::timestamptz,
      period_ends_at = (create_period_order.invoice ->> 'period_ends_at')::timestamptz
  where orders.id = v_order_id;

  return v_order_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.earn_no_show_fee (
  order_row public.orders,
  payment   public.payments
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  if not private.takes_payment(earn_no_show_fee.order_row) then
    perform private.return_payment(earn_no_show_fee.payment, (earn_no_show_fee.payment).amount_cents, 'paid_too_late');
    return;
  end if;

  update private.no_show_fees
  set ended_at = null, ended_reason = null
  where no_show_fees.order_id = (earn_no_show_fee.order_row).id
  returning no_show_fees.booking_id into v_booking_id;

  perform private.release_whole((earn_no_show_fee.order_row).id);
  perform private.notify_parties(v_booking_id, 'no_show_fee_paid');
end;
$function$;

CREATE OR REPLACE FUNCTION private.expire_checkout_work (
  order_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('checkout_session_id', orders.stripe_checkout_session_id)
  from public.orders
  where orders.id = expire_checkout_work.order_id
    and (orders.status = 'expired' or orders.status = 'pending' and orders.checkout_expires_at <= now())
    and orders.stripe_checkout_session_id is not null;
$function$;

CREATE OR REPLACE FUNCTION private.forget_page (
  order_id            uuid,
  checkout_session_id text
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update public.orders
  set stripe_checkout_session_id = null, checkout_url = null, checkout_expires_at = null
  where orders.id = forget_page.order_id
    and orders.stripe_checkout_session_id = forget_page.checkout_session_id;
$function$;

CREATE OR REPLACE FUNCTION private.gone_of_payment (
  payment  public.payments,
  but_id   uuid            DEFAULT NULL::uuid,
  is_asked boolean         DEFAULT false
)
  RETURNS TABLE (
    price_cents      integer,
    tax_cents        integer,
    left_price_cents integer,
    left_tax_cents   integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select gone.price, gone.tax,
    greatest(0, (gone_of_payment.payment).amount_cents - gone.price),
    greatest(0, (gone_of_payment.payment).tax_cents - gone.tax)
  from (
    select coalesce(sum(each.price), 0)::integer as price, coalesce(sum(each.tax), 0)::integer as tax
    from (
      select refunds.amount_cents, refunds.tax_cents
      from public.refunds
      where refunds.payment_id = (gone_of_payment.payment).id
        and refunds.status <> 'failed'
        and (refunds.stripe_refund_id is not null or not gone_of_payment.is_asked)
        and refunds.id is distinct from gone_of_payment.but_id
      union all
      select disputes.lost_cents, disputes.lost_tax_cents
      from public.disputes
      where disputes.payment_id = (gone_of_payment.payment).id
        and disputes.id is distinct from gone_of_payment.but_id
    ) as each (price, tax)
  ) as gone;
$function$;

CREATE OR REPLACE FUNCTION private.has_left (
  client_id uuid,
  coach_id  uuid,
  at        timestamp with time zone
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.profiles
    where profiles.deleted_at <= has_left.at
      and (
        profiles.id = has_left.client_id
        or profiles.id = (select coaches.profile_id from public.coaches where coaches.id = has_left.coach_id)
      )
  );
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
  select case when (private.settings()).automatic_tax then 2 else 1 end, format(
    'I agree that “%s” with %s is charged to my card in %s parts of %s each%s less what a coupon takes off: the first '
    'now, the others by themselves on %s. Each part pays for %s. I can stop at any time with one click on the page of '
    'the package: nothing more is charged then, and the sessions that I have paid for stay mine. A card that is '
    'declined is tried again %s days later; after that the plan ends, and I owe nothing more.',
    (instalment_terms.offer).title,
    coaches.display_name,
    (instalment_terms.offer).instalments,
    '$' || to_char((instalment_terms.offer).price_cents / (instalment_terms.offer).instalments / 100.0, 'FM999,990.00'),
    private.plus_tax(without => ','),
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

CREATE OR REPLACE FUNCTION private.is_being_charged (
  order_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from private.card_charges
    where card_charges.order_id = is_being_charged.order_id and card_charges.outcome is null
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_being_paid (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.is_being_charged((is_being_paid.order_row).id)
    or (is_being_paid.order_row).stripe_checkout_session_id is not null
      and (is_being_paid.order_row).checkout_expires_at <= now();
$function$;

CREATE OR REPLACE FUNCTION private.is_left_out (
  booking   public.bookings,
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select (is_left_out.order_row).credits_end_at is null
    and (is_left_out.booking).position > (is_left_out.order_row).session_count;
$function$;

CREATE OR REPLACE FUNCTION private.is_no_show_fee_due (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from private.no_show_fees
    where no_show_fees.order_id = (is_no_show_fee_due.order_row).id
      and no_show_fees.ended_at is null
  ) and not private.has_left((is_no_show_fee_due.order_row).client_id, (is_no_show_fee_due.order_row).coach_id, now())
  and not exists (
    select from public.orders
    where orders.client_id = (is_no_show_fee_due.order_row).client_id
      and orders.coach_id = (is_no_show_fee_due.order_row).coach_id
      and orders.status = 'disputed'
  ) and not exists (
    select from public.coaches
    where coaches.id = (is_no_show_fee_due.order_row).coach_id and coaches.status = 'suspended'
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_payable (
  order_row public.orders
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.shown_order_status(is_payable.order_row) = 'pending' and (
    coalesce((is_payable.order_row).plan_position, 1) = 1
    or private.is_instalment_overdue((is_payable.order_row).id) and not private.is_being_paid(is_payable.order_row)
  );
$function$;

CREATE OR REPLACE FUNCTION private.late_pay_by (
  order_id uuid
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select date_trunc('hour', now()) + interval '3 hours' + make_interval(mins => private.failed_charges(late_pay_by.order_id));
$function$;

CREATE OR REPLACE FUNCTION private.make_no_show_fee (
  booking public.bookings
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_offer public.offers;
  v_fee_cents integer;
  v_order_id uuid;
  v_order public.orders;
begin
  select orders.no_show_fee_cents into v_fee_cents
  from public.orders
  join public.memberships on memberships.id = orders.membership_id
  where orders.id = (make_no_show_fee.booking).order_id
    and orders.no_show_fee_cents > 0
    and not private.has_left(memberships.client_id, memberships.coach_id, now())
    and not exists (
      select from private.no_show_fees where no_show_fees.booking_id = (make_no_show_fee.booking).id
    );

  if not found then
    return;
  end if;

  select * into v_offer from public.offers where offers.id = (make_no_show_fee.booking).offer_id;
  v_order_id := private.create_order(v_offer, (make_no_show_fee.booking).client_id);
  update public.orders
  set amount_cents = v_fee_cents,
      fee_cents = round(v_fee_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
      automatic_tax = false, -- No session was given for it.
      no_show_fee_cents = 0
  where orders.id = v_order_id
  returning * into v_order;

  insert into private.no_show_fees (booking_id, order_id) values ((make_no_show_fee.booking).id, v_order.id);
  perform private.charge_no_show_fee(v_order);
end;
$function$;

CREATE OR REPLACE FUNCTION private.package_pay_by (
  order_row public.orders
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (package_pay_by.order_row).plan_position > 1 then private.late_pay_by((package_pay_by.order_row).id)
    else (package_pay_by.order_row).created_at + make_interval(mins => (private.settings()).package_pay_minutes)
  end;
$function$;

CREATE OR REPLACE FUNCTION private.place_in_series (
  booking   public.bookings,
  order_row public.orders
)
  RETURNS TABLE (
    "position"    integer,
    session_count integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case when alone.is_it then 1 else (place_in_series.booking).position end,
    case when alone.is_it then 1 else (place_in_series.order_row).session_count end
  from (
    select (place_in_series.order_row).credits_end_at is not null
      or private.is_left_out(place_in_series.booking, place_in_series.order_row) as is_it
  ) as alone;
$function$;

CREATE OR REPLACE FUNCTION private.plus_tax (
  without text DEFAULT ''::text
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case when (private.settings()).automatic_tax then ', plus tax where it applies,' else plus_tax.without end;
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
  perform private.ask_again('stripe.expire_checkout', orders.id, jsonb_build_object('order_id', orders.id))
  from public.orders
  where orders.status in ('pending', 'expired')
    and orders.stripe_checkout_session_id is not null
    and orders.checkout_expires_at between now() - interval '8 days' and now()
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

CREATE OR REPLACE FUNCTION private.record_authorization (
  order_id          uuid,
  payment_intent_id text,
  charge_id         text,
  gross_cents       integer,
  tax_cents         integer,
  currency          text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders := private.lock_order_to_pay(
    record_authorization.order_id, record_authorization.payment_intent_id,
    record_authorization.gross_cents, record_authorization.tax_cents, record_authorization.currency, is_held => true
  );
  v_payment_id uuid;
begin
  if v_order.id is null then
    return;
  end if;

  -- Only the first word of it, or one after cards that were declined, gives a row.
  insert into public.payments as known
    (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id, stripe_charge_id)
  select v_order.id,
    case when exists (
      select from public.payments
      where payments.order_id = v_order.id
        and payments.status in ('authorized', 'succeeded')
        and payments.stripe_payment_intent_id <> record_authorization.payment_intent_id
    ) then 'released' else 'authorized' end::public.payment_status,
    -- What was asked for; by now the order may be for less (reduce_order).
    record_authorization.gross_cents - coalesce(record_authorization.tax_cents, 0),
    coalesce(record_authorization.tax_cents, 0), record_authorization.currency,
    record_authorization.payment_intent_id, record_authorization.charge_id
  on conflict (stripe_payment_intent_id) do update
  set status = excluded.status, amount_cents = excluded.amount_cents, tax_cents = excluded.tax_cents,
      failure_code = null, stripe_charge_id = excluded.stripe_charge_id
  where known.status = 'failed'
  returning known.id into v_payment_id;

  if v_payment_id is null then
    return;
  end if;

  if exists (select from public.payments where payments.id = v_payment_id and payments.status = 'released') then
    perform private.enqueue_release(v_payment_id);
  elsif private.take_all_paid_times(v_order.id, 'requested') then
    perform private.ask_coach(v_order.id);
  else
    perform private.lapse_hold(v_order.id, 'system');
    perform private.release_payments(v_order.id);
    perform private.notify(bookings.client_id, 'request_expired', bookings.id, bookings.id)
    from public.bookings where bookings.order_id = v_order.id and bookings.position = 1;
  end if;
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
  if record_card_charge.result ? 'page' then
    perform private.record_closed_checkout(v_order_id, record_card_charge.result -> 'page');
  end if;

  if record_card_charge.result is null or record_card_charge.result ? 'page' then
    -- Nothing was asked for: when what stood in the way is gone, the job asks again.
    delete from private.card_charges
    where card_charges.order_id = v_order_id
      and card_charges.attempt = v_attempt
      and card_charges.outcome is null;
  elsif record_card_charge.result ? 'error' then
    perform private.record_failed_payment(
      v_order_id, record_card_charge.result ->> 'id', (record_card_charge.result ->> 'amount')::integer,
      (record_card_charge.result ->> 'tax_cents')::integer, record_card_charge.result ->> 'currency',
      coalesce(
        record_card_charge.result -> 'error' ->> 'decline_code', record_card_charge.result -> 'error' ->> 'code'
      )
    )
    where record_card_charge.result ->> 'id' is not null;
    perform private.record_declined_charge(v_order_id, v_attempt, record_card_charge.result -> 'error');
  else
    perform private.record_intent(v_order_id, record_card_charge.result);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_closed_checkout (
  order_id uuid,
  result   jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if record_closed_checkout.result ? 'intent' then
    perform private.record_intent(record_closed_checkout.order_id, record_closed_checkout.result -> 'intent');
  else
    perform private.record_paid_page(
      record_closed_checkout.order_id, record_closed_checkout.result, (record_closed_checkout.result ->> 'tax_cents')::integer
    );
  end if;

  if (record_closed_checkout.result ->> 'is_over')::boolean then
    perform private.forget_page(record_closed_checkout.order_id, record_closed_checkout.result ->> 'id');
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
  v_is_last boolean;
begin
  if record_declined_charge.attempt is null then
    return;
  end if;
  select * into v_order from public.orders where orders.id = record_declined_charge.order_id;
  perform private.lock_plan(v_order.plan_id);
  -- A fee has no plan. Its order comes before its charges, as when it is paid by hand at this moment.
  perform from public.orders where orders.id = v_order.id for update;

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

  perform private.forget_page(v_order.id, v_order.stripe_checkout_session_id);

  v_is_last := record_declined_charge.attempt > cardinality((private.settings()).charge_retry_days);
  if v_order.plan_id is null then
    perform private.decline_no_show_fee(v_order, record_declined_charge.attempt, v_is_last);
  elsif v_is_last then
    perform private.end_plan(v_order.plan_id, 'declined');
  else
    perform private.settle_plan(v_order.plan_id);
    perform private.notify(v_order.client_id, 'instalment_failed', v_order.id, version => record_declined_charge.attempt);
  end if;
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
  if not found then
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

  -- First what is not to be given back any more: what is lost is price and tax of what is left.
  perform private.settle_refunds_of_dispute(v_dispute);
  perform private.post_dispute(v_dispute, v_object -> 'balance_transactions');
  perform private.settle_order(v_dispute.order_id);
  perform private.tell_of_dispute(v_dispute, v_before.status);
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_period (
  invoice jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_membership public.memberships := private.lock_membership(record_period.invoice);
  v_tax_cents integer := coalesce(record_period.invoice ->> 'tax_cents', '0')::integer;
  v_amount_cents integer := (record_period.invoice ->> 'amount_paid')::integer - v_tax_cents;
  v_is_change boolean := (record_period.invoice ->> 'has_proration')::boolean;
  v_is_period boolean := (record_period.invoice ->> 'is_period')::boolean;
  v_offer public.offers;
  v_order_id uuid;
begin
  if v_membership.id is null or record_period.invoice ->> 'status' <> 'paid' then
    return; -- Of nobody: said of its subscription. Not paid: nothing follows from it yet.
  end if;

  select offers.* into v_offer
  from public.offers
  where offers.id = private.offer_of_price(record_period.invoice ->> 'price_id', v_membership.coach_id);

  if v_offer.id is null
    or record_period.invoice ->> 'currency' <> v_offer.currency
    or v_amount_cents < 0 or v_tax_cents < 0 or v_tax_cents > 0 and not v_membership.automatic_tax
    or not v_is_change and v_amount_cents <> v_offer.price_cents
      and not (
        v_amount_cents = 0
        and (record_period.invoice ->> 'is_first')::boolean
        -- Its client may have wanted another one since, on whose page nobody has paid.
        and greatest(v_membership.trial_days, v_offer.trial_days) > 0
      ) then
    perform public.record_security_event(
      'invoice_amount_mismatch',
      jsonb_build_object('membership_id', v_membership.id, 'invoice_id', record_period.invoice ->> 'id')
    );
    return;
  end if;

  select orders.id into v_order_id
  from public.orders
  where orders.stripe_invoice_id = record_period.invoice ->> 'id';

  if v_order_id is null then
    v_order_id := private.create_period_order(v_membership, v_offer, record_period.invoice, v_amount_cents);
  end if;

  if v_amount_cents > 0 then
    insert into public.payments (order_id, status, amount_cents, tax_cents, currency, stripe_payment_intent_id)
    values (
      v_order_id, 'succeeded', v_amount_cents, v_tax_cents, record_period.invoice ->> 'currency',
      record_period.invoice ->> 'payment_intent_id'
    )
    on conflict (stripe_payment_intent_id) do nothing;

    perform private.note_invoice(payments.id, record_period.invoice)
    from public.payments where payments.order_id = v_order_id;
  end if;

  if v_membership.stripe_subscription_id is distinct from record_period.invoice ->> 'subscription_id' then
    perform private.return_payment(payments, payments.amount_cents, 'paid_twice')
    from public.payments where payments.order_id = v_order_id;
  elsif private.has_left(v_membership.client_id, v_membership.coach_id, (record_period.invoice ->> 'paid_at')::timestamptz) then
    perform private.return_payment(payments, payments.amount_cents, 'paid_too_late')
    from public.payments where payments.order_id = v_order_id;
  elsif v_is_period then
    perform private.grant_period(v_order_id);
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
      and orders.period_ends_at + make_interval(mins => (private.settings()).release_after_minutes) <= now()
      and not exists (select from public.earnings where earnings.order_id = orders.id)
      and exists (select from private.period_split(orders.id))
    order by orders.paid_at
    limit 200
    for update skip locked
  loop
    perform private.release_whole(v_order_id);
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

CREATE OR REPLACE FUNCTION private.release_whole (
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
  select * into v_order from public.orders where orders.id = release_whole.order_id for update;

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

CREATE OR REPLACE FUNCTION private.session_cents (
  booking public.bookings
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when exists (
      select from public.credit_entries
      where credit_entries.booking_id = (session_cents.booking).id and credit_entries.kind = 'returned'
    ) then 0
    when private.is_left_out(session_cents.booking, orders) then 0
    else private.credit_cents(orders)
  end
  from public.orders
  where orders.id = (session_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.tax_of_gross (
  payment     public.payments,
  gross_cents integer,
  but_id      uuid            DEFAULT NULL::uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least(
    gone.left_tax_cents, tax_of_gross.gross_cents,
    -- What is more than is left of the price is tax.
    greatest(0, tax_of_gross.gross_cents - gone.left_price_cents, round(
      (tax_of_gross.payment).tax_cents::numeric * (gone.price_cents + gone.tax_cents + tax_of_gross.gross_cents)
        / ((tax_of_gross.payment).amount_cents + (tax_of_gross.payment).tax_cents)
    ) - gone.tax_cents)
  )::integer
  from private.gone_of_payment(
    tax_of_gross.payment, tax_of_gross.but_id,
    is_asked => tax_of_gross.gross_cents > (
      select planned.left_price_cents + planned.left_tax_cents
      from private.gone_of_payment(tax_of_gross.payment, tax_of_gross.but_id) as planned
    )
  ) as gone;
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
      perform private.lapse_hold(v_order_id, 'system');
      perform private.expire_package(v_order_id);
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
      );
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

CREATE OR REPLACE FUNCTION public.billing_list (
  page_size   integer DEFAULT 20,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    payment_id       uuid,
    created_at       timestamp with time zone,
    status           public.payment_status,
    amount_cents     integer,
    tax_cents        integer,
    returned_cents   integer,
    returning_cents  integer,
    failure_code     text,
    receipt_url      text,
    invoice_number   text,
    invoice_url      text,
    invoice_pdf_url  text,
    offer_title      text,
    offer_kind       public.offer_kind,
    coach_name       text,
    session_count    integer,
    first_booking_id uuid,
    starts_at        timestamp with time zone,
    membership_id    uuid,
    period_starts_at timestamp with time zone,
    period_ends_at   timestamp with time zone,
    is_no_show_fee   boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select payments.id, payments.created_at, payments.status, payments.amount_cents + payments.tax_cents, payments.tax_cents,
    returned.done_cents, returned.asked_cents,
    payments.failure_code, payments.receipt_url, payments.invoice_number, payments.invoice_url, payments.invoice_pdf_url,
    offers.title, offers.kind, coaches.display_name, orders.session_count,
    coalesce(missed.id, first.id), coalesce(missed.starts_at, first.starts_at),
    orders.membership_id, orders.period_starts_at, orders.period_ends_at, missed.id is not null
  from public.payments
  join public.orders on orders.id = payments.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  left join public.bookings as first on first.order_id = orders.id and first.position = 1
  left join public.bookings as missed on missed.id = private.missed_booking_id(orders.id)
  cross join lateral (
    select coalesce(sum(refunds.amount_cents + refunds.tax_cents) filter (where refunds.status = 'succeeded'), 0)::integer as done_cents,
      coalesce(sum(refunds.amount_cents + refunds.tax_cents) filter (where refunds.status = 'requested'), 0)::integer as asked_cents
    from public.refunds
    where refunds.payment_id = payments.id
  ) as returned
  where orders.client_id = private.current_profile_id()
  order by payments.created_at desc, payments.id
  limit least(billing_list.page_size, 100)
  offset (greatest(billing_list.page_number, 1) - 1) * least(billing_list.page_size, 100);
$function$;

CREATE OR REPLACE FUNCTION public.membership_checkout (
  membership_id uuid
)
  RETURNS TABLE (
    attempt             integer,
    offer_id            uuid,
    coach_slug          text,
    trial_days          integer,
    automatic_tax       boolean,
    stripe_price_id     text,
    stripe_customer_id  text,
    email               text,
    checkout_url        text,
    checkout_expires_at timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select memberships.attempt, memberships.offer_id, coaches.slug, memberships.trial_days, memberships.automatic_tax,
    stripe_prices.stripe_price_id, stripe_customers.stripe_customer_id, profile_contacts.email,
    memberships.checkout_url, memberships.checkout_expires_at
  from public.memberships
  join public.coaches on coaches.id = memberships.coach_id
  left join private.stripe_prices on stripe_prices.offer_id = memberships.offer_id
  left join public.profile_contacts on profile_contacts.profile_id = memberships.client_id
  left join private.stripe_customers on stripe_customers.profile_id = memberships.client_id
  where memberships.id = membership_checkout.membership_id
    and memberships.client_id = private.current_profile_id()
    and memberships.status = 'incomplete';
$function$;

CREATE OR REPLACE FUNCTION public.no_show_fee_checkout (
  booking_id uuid
)
  RETURNS TABLE (
    order_id           uuid,
    starts_at          timestamp with time zone,
    time_zone          text,
    offer_title        text,
    coach_name         text,
    amount_cents       integer,
    currency           text,
    session_count      integer,
    pay_by             timestamp with time zone,
    email              text,
    stripe_customer_id text,
    checkout_url       text,
    failure_code       text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, bookings.starts_at, bookings.client_time_zone, offers.title, coaches.display_name,
    orders.amount_cents, orders.currency, orders.session_count, private.late_pay_by(orders.id),
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    (
      select card_charges.failure_code from private.card_charges
      where card_charges.order_id = orders.id and card_charges.failure_code is not null
      order by card_charges.attempt desc
      limit 1
    )
  from private.no_show_fees
  join public.bookings on bookings.id = no_show_fees.booking_id
  join public.orders on orders.id = no_show_fees.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  left join public.profile_contacts on profile_contacts.profile_id = orders.client_id
  left join private.stripe_customers on stripe_customers.profile_id = orders.client_id
  where no_show_fees.booking_id = no_show_fee_checkout.booking_id
    and orders.client_id = private.current_profile_id()
    and private.no_show_fee_state(no_show_fees) = 'overdue'
    and not private.is_being_paid(orders);
$function$;

CREATE OR REPLACE FUNCTION public.record_checkout (
  order_id            uuid,
  checkout_session_id text,
  checkout_url        text,
  expires_at          timestamp with time zone
)
  RETURNS text
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client_id uuid := private.current_profile_id();
begin
  -- A charge that is asked for in this moment waits, and closes the page that is made here (charge_work).
  perform from public.orders
  where orders.id = record_checkout.order_id
    and orders.client_id = v_client_id
  for update;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  elsif private.is_being_charged(record_checkout.order_id) then
    raise exception 'Your card is being charged for this right now. Look again in a minute.' using errcode = 'OCHRG';
  end if;

  update public.orders
  set stripe_checkout_session_id = record_checkout.checkout_session_id,
      checkout_url = record_checkout.checkout_url,
      checkout_expires_at = record_checkout.expires_at
  where orders.id = record_checkout.order_id
    and (orders.checkout_expires_at is null or orders.checkout_expires_at <= now());

  return (select orders.checkout_url from public.orders where orders.id = record_checkout.order_id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.session_details (
  booking_id uuid
)
  RETURNS TABLE (
    party             public.booking_actor,
    status            public.booking_status,
    starts_at         timestamp with time zone,
    ends_at           timestamp with time zone,
    time_zone         text,
    hold_expires_at   timestamp with time zone,
    note              text,
    cancelled_by      public.booking_actor,
    cancel_reason     text,
    offer_title       text,
    offer_description text,
    duration_minutes  integer,
    counterpart_name  text,
    coach_id          uuid,
    coach_slug        text,
    conversation_id   uuid,
    amount_cents      integer,
    refunded_cents    integer,
    order_status      public.order_status,
    meeting_status    public.meeting_status,
    is_joinable       boolean,
    is_reviewable     boolean,
    is_cancellable    boolean,
    is_movable        boolean,
    answer_by         timestamp with time zone,
    is_charged        boolean,
    order_id          uuid,
    session_position  integer,
    session_count     integer,
    group_date_id     uuid,
    is_name_shown     boolean,
    credit_of         public.offer_kind,
    is_credit_back    boolean,
    asked_count       integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select party.actor, private.shown_status(bookings), bookings.starts_at, bookings.ends_at,
    private.party_zone(bookings, party.actor),
    bookings.hold_expires_at, bookings.note, bookings.cancelled_by, bookings.cancel_reason,
    offers.title, offers.description, offers.duration_minutes,
    case party.actor
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.id, coaches.slug, conversations.id,
    private.session_cents(bookings),
    private.session_returned_cents(bookings),
    orders.status, meetings.status,
    private.is_joinable(bookings),
    private.is_reviewable(bookings, party.actor),
    bookings.status = 'confirmed' and bookings.starts_at > now(),
    private.move_refusal(bookings, party.actor) is null,
    bookings.answer_by,
    orders.paid_at is not null and not private.is_left_out(bookings, orders),
    orders.id,
    place.position,
    place.session_count,
    bookings.group_date_id, bookings.is_name_shown,
    case when orders.credits_end_at is not null then offers.kind end,
    orders.credits_end_at is not null and not private.uses_credit(bookings),
    cardinality(private.asked_with(bookings))
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  cross join lateral private.place_in_series(bookings, orders) as place
  left join public.meetings on meetings.occasion_id = bookings.occasion_id and meetings.status <> 'cancelled'
  left join public.conversations
    on conversations.coach_id = bookings.coach_id and conversations.client_id = bookings.client_id
  where bookings.id = session_details.booking_id
    and party.actor is not null;
$function$;

CREATE OR REPLACE FUNCTION public.session_refunds (
  booking_id uuid
)
  RETURNS TABLE (
    id           uuid,
    amount_cents integer,
    tax_cents    integer,
    status       public.refund_status,
    settled_at   timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select refunds.id, refunds.amount_cents, case party.actor when 'client' then refunds.tax_cents else 0 end,
    refunds.status, refunds.settled_at
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.refunds
    on refunds.order_id = bookings.order_id and coalesce(refunds.booking_id, bookings.id) = bookings.id
  where bookings.id = session_refunds.booking_id
    and party.actor is not null
  order by refunds.created_at, refunds.id;
$function$;

REVOKE ALL ON FUNCTION "public"."session_refunds"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE INDEX orders_unknown_pages_idx ON public.orders USING btree (checkout_expires_at)
  WHERE ((status = ANY (ARRAY['pending'::public.order_status, 'expired'::public.order_status])) AND (stripe_checkout_session_id IS NOT NULL));

REVOKE ALL ON FUNCTION "private"."forget_page"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_page"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_page"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."gone_of_payment"(public.payments, uuid, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."gone_of_payment"(public.payments, uuid, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."gone_of_payment"(public.payments, uuid, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."has_left"(uuid, uuid, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."has_left"(uuid, uuid, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."has_left"(uuid, uuid, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_being_charged"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_being_charged"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_being_charged"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_being_paid"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_being_paid"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_being_paid"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_left_out"(public.bookings, public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_left_out"(public.bookings, public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_left_out"(public.bookings, public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."late_pay_by"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."late_pay_by"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."late_pay_by"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plus_tax"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plus_tax"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plus_tax"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."release_whole"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."release_whole"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."release_whole"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_checkout"(uuid, text, text, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_refunds"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_refunds"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_refunds"(uuid) TO "postgres";

SET local check_function_bodies = off;

DROP FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, integer, text);

DROP FUNCTION "public"."accept_request"(uuid);

DROP FUNCTION "public"."session_details"(uuid);

CREATE OR REPLACE FUNCTION private.asked_cents (
  order_row public.orders
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (asked_cents.order_row).credits_end_at is not null then (asked_cents.order_row).amount_cents
    else (asked_cents.order_row).amount_cents
      * greatest((asked_cents.order_row).session_count, count(*)::integer) / (asked_cents.order_row).session_count
  end
  from public.bookings
  where bookings.order_id = (asked_cents.order_row).id;
$function$;

CREATE OR REPLACE FUNCTION private.is_left_out (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.credits_end_at is null and (is_left_out.booking).position > orders.session_count
  from public.orders
  where orders.id = (is_left_out.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.is_let_go (
  payment  public.payments,
  movement jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if is_let_go.movement ->> 'reporting_category' = 'partial_capture_reversal' or (is_let_go.payment).status = 'released' then
    return true;
  elsif (is_let_go.payment).status = 'authorized' or (
    is_let_go.movement ->> 'reporting_category' is null and exists (
      select from public.orders
      where orders.id = (is_let_go.payment).order_id and private.asked_cents(orders) > orders.amount_cents
    )
  ) then
    raise exception 'It is not known yet what was captured of this payment.' using errcode = 'ORLTR';
  end if;

  return false;
end;
$function$;

CREATE OR REPLACE FUNCTION private.leave_out (
  order_id    uuid,
  booking_ids uuid[],
  reason      text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  if cardinality(leave_out.booking_ids) = 0 then
    return;
  end if;

  for v_booking in select * from public.bookings where bookings.id = any (leave_out.booking_ids) loop
    perform private.move_booking(
      v_booking.id, array['requested']::public.booking_status[], 'declined', 'coach',
      jsonb_build_object('reason', left(trim(leave_out.reason), 500))
    );
    perform private.give_back_credit(v_booking, 'coach_cancelled');
  end loop;

  if (select orders.credits_end_at is null from public.orders where orders.id = leave_out.order_id) then
    perform private.reduce_order(leave_out.order_id, leave_out.booking_ids);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_order_to_pay (
  order_id          uuid,
  payment_intent_id text,
  gross_cents       integer,
  tax_cents         integer,
  currency          text,
  is_held           boolean DEFAULT false
)
  RETURNS public.orders
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_tax_cents integer;
  v_expected integer;
begin
  -- Of one that is paid in parts the plan comes first (lock_plan).
  perform private.lock_plan(orders.plan_id) from public.orders where orders.id = lock_order_to_pay.order_id;
  select * into v_order from public.orders where orders.id = lock_order_to_pay.order_id for update;

  if not found then
    perform public.record_security_event(
      'payment_for_unknown_order', jsonb_build_object('payment_intent_id', lock_order_to_pay.payment_intent_id)
    );
    return null;
  end if;

  if lock_order_to_pay.is_held and exists (
    select from public.payments
    where payments.stripe_payment_intent_id = lock_order_to_pay.payment_intent_id
      and payments.status <> 'failed'
  ) then
    return null;
  end if;

  select coalesce(max(payments.tax_cents), lock_order_to_pay.tax_cents, 0) into v_tax_cents
  from public.payments
  where payments.stripe_payment_intent_id = lock_order_to_pay.payment_intent_id
    and payments.status <> 'failed';

  v_expected := v_order.amount_cents;
  if lock_order_to_pay.is_held then
    v_expected := private.asked_cents(v_order);
  end if;

  if lock_order_to_pay.gross_cents - v_tax_cents is distinct from v_expected
    or v_tax_cents < 0
    or v_tax_cents > 0 and not v_order.automatic_tax
    or lock_order_to_pay.currency is distinct from v_order.currency then
    perform public.record_security_event(
      'payment_amount_mismatch',
      jsonb_build_object('order_id', v_order.id, 'payment_intent_id', lock_order_to_pay.payment_intent_id)
    );
    return null;
  end if;

  return v_order;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mail_booking (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'booking_id', bookings.id,
    'party', case when bookings.client_id = (mail_booking.notification).recipient_id then 'client' else 'coach' end,
    'time_zone', case when bookings.client_id = (mail_booking.notification).recipient_id then bookings.client_time_zone else coaches.time_zone end,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'coach_slug', coaches.slug,
    'client_name', private.shown_name(client),
    'sessions', told.sessions,
    'session_count', orders.session_count,
    'paid_cents', told.paid_cents,
    'is_charged', orders.paid_at is not null,
    'answer_by', bookings.answer_by,
    'pay_by', bookings.hold_expires_at,
    'note', bookings.note,
    'refund_cents', told.refund_cents,
    'cancelled_by', bookings.cancelled_by,
    'cancel_reason', bookings.cancel_reason,
    'moved_by', bookings.moved_by,
    'moved_from', last_move.detail ->> 'from',
    'move_reason', last_move.detail ->> 'reason',
    'attendance', private.mail_attendance(bookings.id),
    'no_show_fee', private.mail_no_show_fee(bookings),
    'seats', private.mail_seats(bookings.group_date_id),
    'full_refund_until', deadlines.full_until,
    'review_until', private.review_ends_at(bookings),
    'credit_of', case when orders.credits_end_at is not null then offers.kind end,
    'credits_back', told.credits_back,
    'left_out', private.mail_left_out(bookings, mail_booking.notification)
  )
  from (
    select (array_agg(sessions.id order by sessions.starts_at))[1] as first_id,
      jsonb_agg(
        jsonb_build_object(
          'booking_id', sessions.id, 'sequence', sessions.sequence,
          'starts_at', sessions.starts_at, 'ends_at', sessions.ends_at
        )
        order by sessions.starts_at
      ) as sessions,
      sum(private.session_cents(sessions)) as paid_cents,
      sum(private.session_returned_cents(sessions)) as refund_cents,
      count(*) filter (where exists (
        select from public.credit_entries
        where credit_entries.booking_id = sessions.id and credit_entries.kind = 'returned'
      )) as credits_back
    from private.told_sessions(mail_booking.notification) as sessions
  ) as told
  join public.bookings on bookings.id = told.first_id
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  cross join lateral private.refund_deadlines(bookings) as deadlines
  left join lateral (
    select booking_events.detail
    from public.booking_events
    where booking_events.booking_id = bookings.id and booking_events.before = booking_events.after
    order by booking_events.id desc
    limit 1
  ) as last_move on true;
$function$;

CREATE OR REPLACE FUNCTION private.mail_left_out (
  booking      public.bookings,
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'sessions', jsonb_agg(
      jsonb_build_object('starts_at', sessions.starts_at, 'ends_at', sessions.ends_at) order by sessions.starts_at
    ),
    'reason', max(sessions.cancel_reason),
    'let_go_cents', private.asked_cents(orders) - orders.amount_cents,
    'credits_back', count(*) filter (where exists (
      select from public.credit_entries
      where credit_entries.booking_id = sessions.id and credit_entries.kind = 'returned'
    ))
  )
  from unnest(private.asked_with(mail_left_out.booking)) as asked (id)
  join public.bookings as sessions on sessions.id = asked.id
  join public.orders on orders.id = sessions.order_id
  where (mail_left_out.notification).kind = 'booking_confirmed'
    and sessions.status = 'declined'
  group by orders.id;
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
      or (place_in_series.booking).position > (place_in_series.order_row).session_count as is_it
  ) as alone;
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
    v_order.amount_cents, record_authorization.gross_cents - v_order.amount_cents, record_authorization.currency,
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
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_paid_page (
  order_id  uuid,
  session   jsonb,
  tax_cents integer
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.record_payment(
    record_paid_page.order_id, record_paid_page.session ->> 'payment_intent', null,
    (record_paid_page.session ->> 'amount_total')::integer, record_paid_page.tax_cents,
    record_paid_page.session ->> 'currency'
  )
  where record_paid_page.session ->> 'payment_status' = 'paid'
    and not exists (
      select from public.payments
      join public.orders on orders.id = payments.order_id
      where payments.stripe_payment_intent_id = record_paid_page.session ->> 'payment_intent'
        and (payments.status = 'authorized' or private.asked_cents(orders) > orders.amount_cents)
    );
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
    or refunds.id::text = record_stripe_refund.stripe_refund -> 'metadata' ->> 'refund_id';

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

CREATE OR REPLACE FUNCTION private.reduce_order (
  order_id    uuid,
  booking_ids uuid[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_asked integer;
  v_order public.orders;
begin
  select orders.session_count into v_asked from public.orders where orders.id = reduce_order.order_id;

  update public.orders
  set session_count = v_asked - cardinality(reduce_order.booking_ids),
      amount_cents = orders.amount_cents * (v_asked - cardinality(reduce_order.booking_ids)) / v_asked,
      discount_cents = orders.discount_cents * (v_asked - cardinality(reduce_order.booking_ids)) / v_asked,
      fee_cents = orders.fee_cents * (v_asked - cardinality(reduce_order.booking_ids)) / v_asked
  where orders.id = reduce_order.order_id
  returning * into v_order;

  update public.payments
  set amount_cents = v_order.amount_cents,
      tax_cents = round(payments.tax_cents::numeric * v_order.session_count / v_asked)::integer
  where payments.order_id = v_order.id
    and payments.status = 'authorized';

  -- Out of the way first: a number is given once.
  update public.bookings
  set position = bookings.position + v_asked
  where bookings.order_id = v_order.id;

  update public.bookings
  set position = counted.position
  from (
    select sessions.id,
      row_number() over (order by sessions.id = any (reduce_order.booking_ids), sessions.position) as position
    from public.bookings as sessions
    where sessions.order_id = v_order.id
  ) as counted
  where bookings.id = counted.id;
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
    when private.is_left_out(session_cents.booking) then 0
    else private.credit_cents(orders)
  end
  from public.orders
  where orders.id = (session_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION public.accept_request (
  booking_id  uuid,
  session_ids uuid[] DEFAULT NULL::uuid[],
  reason      text   DEFAULT ''::text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_request(accept_request.booking_id, 'coach');
  v_asked_ids uuid[] := private.asked_with(v_booking);
  v_taken_ids uuid[] := coalesce(accept_request.session_ids, v_asked_ids);
begin
  if cardinality(v_taken_ids) = 0 then
    raise exception 'Choose at least one date, or decline the request.' using errcode = 'OBPRT';
  elsif not v_taken_ids <@ v_asked_ids then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  perform private.leave_out(
    v_booking.order_id, array(select id from unnest(v_asked_ids) as id where id <> all (v_taken_ids)), accept_request.reason
  );

  perform private.move_booking(id, array['requested']::public.booking_status[], 'confirmed', 'coach')
  from unnest(v_taken_ids) as id;

  perform private.enqueue(
    'stripe.capture', 'stripe.capture:' || payments.id, jsonb_build_object('payment_id', payments.id)
  )
  from public.payments
  where payments.order_id = v_booking.order_id
    and payments.status = 'authorized';

  perform private.welcome_sessions(v_booking.order_id, v_taken_ids);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."accept_request"(uuid, uuid[], text) FROM PUBLIC, "anon", "service_role";

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

CREATE OR REPLACE FUNCTION public.asked_sessions (
  booking_id uuid
)
  RETURNS TABLE (
    session_id  uuid,
    starts_at   timestamp with time zone,
    ends_at     timestamp with time zone,
    price_cents integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select sessions.id, sessions.starts_at, sessions.ends_at, private.session_cents(sessions)
  from public.bookings as subject
  cross join unnest(private.asked_with(subject)) as asked (id)
  join public.bookings as sessions on sessions.id = asked.id
  where subject.id = asked_sessions.booking_id
    and private.booking_party(subject) = 'coach'
  order by sessions.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."asked_sessions"(uuid) FROM PUBLIC, "anon", "service_role";

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
    orders.paid_at is not null and not private.is_left_out(bookings),
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

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.session_list (
  party       public.booking_actor,
  is_past     boolean              DEFAULT false,
  page_number integer              DEFAULT 1
)
  RETURNS TABLE (
    booking_id       uuid,
    status           public.booking_status,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    hold_expires_at  timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    coach_slug       text,
    amount_cents     integer,
    is_joinable      boolean,
    is_reviewable    boolean,
    session_position integer,
    session_count    integer,
    group_date_id    uuid,
    seats            integer,
    seats_taken      integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select listed.*
  from (
    select bookings.id,
      private.shown_status(bookings) as status,
      bookings.starts_at, bookings.ends_at, bookings.hold_expires_at, offers.title,
      case session_list.party
        when 'client' then coaches.display_name
        else private.shown_name(client)
      end,
      coaches.slug, private.session_cents(bookings),
      private.is_joinable(bookings),
      private.is_reviewable(bookings, session_list.party),
      place.position, place.session_count,
      bookings.group_date_id, null::integer, null::integer
    from public.bookings
    join public.offers on offers.id = bookings.offer_id
    join public.coaches on coaches.id = bookings.coach_id
    join public.profiles as client on client.id = bookings.client_id
    join public.orders on orders.id = bookings.order_id
    cross join lateral private.place_in_series(bookings, orders) as place
    where case session_list.party
        when 'client' then bookings.client_id = private.current_profile_id()
        when 'coach' then bookings.coach_id = private.current_coach_id()
          and bookings.group_date_id is null
          and bookings.status not in ('held', 'expired') -- A checkout left open is not a session.
        else false
      end
    union all
    select dates.* from private.listed_dates() as dates where session_list.party = 'coach'
  ) as listed
  where session_list.is_past = not (
    listed.status in ('held', 'requested', 'confirmed') and listed.ends_at > now()
  )
  order by
    case when session_list.is_past then listed.starts_at end desc,
    listed.starts_at
  limit 21 offset (greatest(session_list.page_number, 1) - 1) * 20;
$function$;

REVOKE ALL ON FUNCTION "private"."asked_cents"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."asked_cents"(public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."asked_cents"(public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_left_out"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_left_out"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_left_out"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_let_go"(public.payments, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_let_go"(public.payments, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_let_go"(public.payments, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."leave_out"(uuid, uuid[], text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_out"(uuid, uuid[], text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."leave_out"(uuid, uuid[], text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, integer, text, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, integer, text, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_order_to_pay"(uuid, text, integer, integer, text, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_left_out"(public.bookings, public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_left_out"(public.bookings, public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_left_out"(public.bookings, public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."place_in_series"(public.bookings, public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."place_in_series"(public.bookings, public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."place_in_series"(public.bookings, public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_paid_page"(uuid, jsonb, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_paid_page"(uuid, jsonb, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_paid_page"(uuid, jsonb, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reduce_order"(uuid, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."reduce_order"(uuid, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."reduce_order"(uuid, uuid[]) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."accept_request"(uuid, uuid[], text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."accept_request"(uuid, uuid[], text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."accept_request"(uuid, uuid[], text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."asked_sessions"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."asked_sessions"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."asked_sessions"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "postgres";

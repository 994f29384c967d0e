/*
 * A bank holds the money of a request: written once, then the coach is asked, or the money is
 * let go if the time is gone. `charge_id` and amounts as for record_payment; nothing is paid yet. One
 * authorisation is handled once, however often Stripe tells of it; a second one of the same
 * order is let go.
 */
create function private.record_authorization(
  order_id uuid,
  payment_intent_id text,
  charge_id text,
  gross_cents integer,
  tax_cents integer,
  currency text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
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
$$;

/*
 * Sets until when the coach can answer, and tells both parties of the request. One of several
 * sessions is answered once, with the first of them in mind. `booking_ids` as for welcome_sessions.
 */
create function private.ask_coach(order_id uuid, booking_ids uuid[] default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  select * into v_booking
  from public.bookings
  where bookings.order_id = ask_coach.order_id
    and (ask_coach.booking_ids is null or bookings.id = any (ask_coach.booking_ids))
  order by bookings.starts_at
  limit 1;

  update public.bookings
  set answer_by = least(
    now() + make_interval(mins => (private.settings()).answer_minutes),
    v_booking.starts_at - make_interval(mins => availability_settings.minimum_notice_minutes)
  )
  from public.availability_settings
  where bookings.order_id = ask_coach.order_id
    and (ask_coach.booking_ids is null or bookings.id = any (ask_coach.booking_ids))
    and availability_settings.coach_id = bookings.coach_id;

  perform private.notify(v_booking.client_id, 'request_sent', v_booking.id, v_booking.id);
  perform private.notify(coaches.profile_id, 'request_received', v_booking.id, v_booking.id)
  from public.coaches where coaches.id = v_booking.coach_id;
end;
$$;

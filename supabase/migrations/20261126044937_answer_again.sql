SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.evidence_work (
  dispute_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'dispute_id', disputes.id,
    'stripe_dispute_id', disputes.stripe_dispute_id,
    'status', disputes.status,
    'client_name', concat_ws(' ', profiles.first_name, profiles.last_name),
    'coach_name', coaches.display_name,
    'offer_title', offers.title,
    'session_count', orders.session_count,
    'agreed_at', orders.created_at,
    'full_refund_minutes', orders.full_refund_minutes,
    'partial_refund_minutes', orders.partial_refund_minutes,
    'partial_refund_percent', orders.partial_refund_percent,
    'sessions', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'starts_at', bookings.starts_at,
          'ends_at', bookings.ends_at,
          'status', bookings.status,
          'sentence', attendance_decisions.sentence,
          'visits', (
            select coalesce(jsonb_agg(
              jsonb_build_object('party', visits.party, 'from', lower(visits.during), 'to', upper(visits.during))
              order by lower(visits.during)
            ), '[]')
            from private.visits(bookings.id) as visits
            where visits.party is not null
          )
        )
        order by bookings.starts_at
      ), '[]')
      from public.bookings
      left join public.attendance_decisions on attendance_decisions.booking_id = bookings.id
      where bookings.order_id = orders.id
        and bookings.status in ('confirmed', 'completed', 'cancelled', 'no_show_client', 'no_show_coach')
    )
  )
  from public.disputes
  join public.orders on orders.id = disputes.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles on profiles.id = orders.client_id
  where disputes.id = evidence_work.dispute_id
    and disputes.status in ('needs_response', 'warning_needs_response');
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

  perform private.post_dispute(v_dispute, v_object -> 'balance_transactions');
  perform private.settle_refunds_of_dispute(v_dispute);
  perform private.settle_order(v_dispute.order_id);
  perform private.tell_of_dispute(v_dispute, v_before.status);
end;
$function$;

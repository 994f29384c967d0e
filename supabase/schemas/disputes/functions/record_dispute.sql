/*
 * A dispute as Stripe has it, from webhooks in any order and from the answer to our evidence; null
 * says nothing. While it is open nothing of its order is released or sent, and what was sent is taken
 * back once the bank has taken the money; then the ledger has it among disputed_money. Won: all is as
 * before, and what an appeal wins back goes where it was to go. Lost: the money counts as returned. One of money that an admin took in (admin.take_in_money) is no
 * news to any row: what it moves is taken in, too. Raises ORLTR when the payment is not known yet: the event is
 * then not stored and Stripe sends it again.
 */
create function private.record_dispute(stripe_dispute jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
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
$$;

/*
 * Writes each movement of a dispute into the ledger, once by Stripe's id of it, and what of the money
 * is lost for good: of the price, and of its tax. Lost again, or regained by an appeal, is the difference.
 */
create function private.post_dispute(dispute public.disputes, movements jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_source text := 'dispute:' || (post_dispute.dispute).id || ':';
  v_move record;
  v_taken_cents integer;
  v_fee_cents integer;
  v_lost_cents integer;
  v_lost_tax_cents integer;
begin
  for v_move in
    select * from jsonb_to_recordset(post_dispute.movements) as move (id text, amount integer, fee integer, net integer)
    where move.net <> 0
  loop
    perform private.post_journal(
      case when v_move.amount < 0 then 'dispute' else 'dispute_won' end::private.journal_kind,
      v_source || v_move.id, (post_dispute.dispute).order_id,
      jsonb_build_object('stripe_balance', v_move.net, 'disputed_money', -v_move.amount)
        || case when v_move.fee = 0 then '{}' else jsonb_build_object('stripe_fees', v_move.fee) end
    );
  end loop;

  select coalesce(sum(ledger_entries.amount_cents) filter (where ledger_entries.account = 'disputed_money'), 0),
    coalesce(sum(ledger_entries.amount_cents) filter (where ledger_entries.account = 'stripe_fees'), 0)
  into v_taken_cents, v_fee_cents
  from private.ledger_journals
  join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
  where ledger_journals.order_id = (post_dispute.dispute).order_id
    and starts_with(ledger_journals.source, v_source);

  v_lost_cents := case
    when (post_dispute.dispute).status in ('lost', 'prevented', 'appeal_needs_response', 'appeal_under_review') then v_taken_cents
    else 0
  end;

  if v_lost_cents <> (post_dispute.dispute).lost_cents + (post_dispute.dispute).lost_tax_cents then
    select private.tax_of_gross(payments, v_lost_cents, (post_dispute.dispute).id) into v_lost_tax_cents
    from public.payments where payments.id = (post_dispute.dispute).payment_id;
    v_lost_cents := v_lost_cents - v_lost_tax_cents;

    perform private.post_journal(
      case when v_lost_cents + v_lost_tax_cents > 0 then 'dispute_lost' else 'dispute_won' end::private.journal_kind,
      'dispute_lost:' || (post_dispute.dispute).id || ':' || (
        select count(*) + 1 from private.ledger_journals
        where ledger_journals.order_id = (post_dispute.dispute).order_id
          and starts_with(ledger_journals.source, 'dispute_lost:' || (post_dispute.dispute).id)
      ),
      (post_dispute.dispute).order_id,
      jsonb_build_object(
        'disputed_money',
        (post_dispute.dispute).lost_cents + (post_dispute.dispute).lost_tax_cents - v_lost_cents - v_lost_tax_cents
      ) || private.taxed_amounts(
        v_lost_cents - (post_dispute.dispute).lost_cents, v_lost_tax_cents - (post_dispute.dispute).lost_tax_cents
      )
    );
    update public.disputes
    set lost_cents = v_lost_cents, lost_tax_cents = v_lost_tax_cents
    where disputes.id = (post_dispute.dispute).id;
  end if;

  update public.disputes
  set fee_cents = v_fee_cents
  where disputes.id = (post_dispute.dispute).id and fee_cents <> v_fee_cents;
end;
$$;

/*
 * Refunds that waited for the bank: Stripe is asked for them when the money is ours again. What was lost
 * the client has from their bank: a refund is of what is left of the payment then, the oldest first, and
 * fails if that is nothing; what it is less by is a refund of its own that failed (rest_of_id). If an appeal is won, all
 * that failed so is asked for after all, as far as the money is left. What was given back elsewhere is not left,
 * either. After post_dispute, which says what was lost.
 */
create function private.settle_refunds_of_dispute(dispute public.disputes)
returns void
language plpgsql
volatile
set search_path = ''
as $$
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
      and (refunds.status = 'requested' or refunds.status = 'failed' and (settle_refunds_of_dispute.dispute).status = 'won')
      and refunds.stripe_refund_id is null
    order by refunds.created_at, refunds.id
    for update
  loop
    v_refund := private.limit_refund(v_refund, v_left_cents, v_left_tax_cents);
    continue when v_refund.status = 'failed';

    v_left_cents := v_left_cents - v_refund.amount_cents;
    v_left_tax_cents := v_left_tax_cents - v_refund.tax_cents;
    -- It was asked for before, perhaps weeks ago: it is looked for first.
    perform private.ask_again('stripe.refund', v_refund.id, jsonb_build_object('refund_id', v_refund.id));
  end loop;
end;
$$;

/*
 * A refund that Stripe was not asked for is of so many cents at most, of the price and of the tax. Returns it as it is
 * then: requested, or failed if nothing is left for it. Of less, what is missing is written down as another that
 * failed.
 */
create function private.limit_refund(refund public.refunds, left_cents integer, left_tax_cents integer)
returns public.refunds
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_before public.refunds := limit_refund.refund;
  v_refund public.refunds;
  v_cents integer := least(v_before.amount_cents, limit_refund.left_cents);
  v_tax_cents integer := least(v_before.tax_cents, limit_refund.left_tax_cents);
begin
  if v_cents + v_tax_cents = 0 then
    update public.refunds
    set status = 'failed', settled_at = coalesce(settled_at, now())
    where refunds.id = v_before.id
    returning * into v_refund;
    return v_refund;
  end if;

  update public.refunds
  set status = 'requested', settled_at = null, amount_cents = v_cents, tax_cents = v_tax_cents
  where refunds.id = v_before.id
  returning * into v_refund;

  insert into public.refunds (
    order_id, payment_id, booking_id, amount_cents, tax_cents, reason, status, created_at, settled_at, rest_of_id
  )
  select v_refund.order_id, v_refund.payment_id, v_refund.booking_id, v_before.amount_cents - v_cents,
    v_before.tax_cents - v_tax_cents, v_refund.reason, 'failed', v_refund.created_at, now(), v_refund.id
  where v_before.amount_cents + v_before.tax_cents > v_cents + v_tax_cents;
  return v_refund;
end;
$$;

/*
 * What follows for people when a dispute is new or has changed from a status (null: it is new): its
 * coach and the admins are told that it is open and how it ended, and our evidence is sent three days
 * before it is due, when most is known and an admin can still say more in Stripe's dashboard.
 */
create function private.tell_of_dispute(dispute public.disputes, before public.dispute_status)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_dispute public.disputes := tell_of_dispute.dispute;
  v_step text := case
    when not private.is_open(v_dispute.status) then case when v_dispute.status in ('won', 'warning_closed') then 'won' else 'lost' end
    when v_dispute.status in ('warning_needs_response', 'warning_under_review') then 'asked'
    else 'opened'
  end;
begin
  perform private.notify(coaches.profile_id, 'dispute_' || v_step, v_dispute.id)
  from public.orders
  join public.coaches on coaches.id = orders.coach_id
  where orders.id = v_dispute.order_id;

  perform private.enqueue(
    'mail_admins', 'mail_admins:dispute_' || v_step || ':' || v_dispute.id,
    jsonb_build_object(
      'kind', 'dispute_' || v_step, 'order_id', v_dispute.order_id, 'stripe_dispute_id', v_dispute.stripe_dispute_id,
      'reason', v_dispute.reason, 'amount_cents', v_dispute.amount_cents, 'evidence_due_at', v_dispute.evidence_due_at
    )
  );

  if v_dispute.status in ('needs_response', 'warning_needs_response') and v_dispute.status is distinct from tell_of_dispute.before then
    perform private.enqueue(
      'stripe.submit_evidence', 'stripe.submit_evidence:' || v_dispute.id || ':' || v_dispute.status,
      jsonb_build_object('dispute_id', v_dispute.id),
      greatest(now(), v_dispute.evidence_due_at - interval '3 days')
    );
  end if;
end;
$$;

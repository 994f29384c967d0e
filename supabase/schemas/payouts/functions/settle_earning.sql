/*
 * Brings what was earned with an order in line with what came back of it, and with it what its coach
 * is sent. Called whenever that may have changed (settle_order).
 */
create function private.adjust_earnings(order_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_earning public.earnings;
  v_split record;
begin
  perform from public.orders where orders.id = adjust_earnings.order_id for update;

  for v_earning in
    select * from public.earnings where earnings.order_id = adjust_earnings.order_id order by earnings.id for update
  loop
    select coalesce(split.kept_cents, 0) as kept, coalesce(split.fee_cents, 0) as fee,
      coalesce(split.share_cents, 0) as share, coalesce(split.subsidy_cents, 0) as subsidy
    into v_split
    from (select) as one
    left join lateral (
      select session.* from public.bookings cross join lateral private.session_split(bookings) as session
      where bookings.id = v_earning.booking_id
      union all
      select period.* from private.period_split(v_earning.order_id) as period where v_earning.booking_id is null
    ) as split on true;

    if (v_earning.kept_cents, v_earning.fee_cents, v_earning.share_cents, v_earning.subsidy_cents)
      is distinct from (v_split.kept, v_split.fee, v_split.share, v_split.subsidy) then
      update public.earnings
      set kept_cents = v_split.kept, fee_cents = v_split.fee, share_cents = v_split.share,
          subsidy_cents = v_split.subsidy, adjustments = earnings.adjustments + 1
      where earnings.id = v_earning.id
      returning * into v_earning;
    end if;

    perform private.settle_earning(v_earning);
  end loop;
end;
$$;

/*
 * How many cents of what was earned are sent, on their way, to be sent, or kept back because the
 * coach owed them, less what is taken back. What an admin took back in Stripe's dashboard is left
 * out: nobody sends that again.
 */
create function private.settled_cents(earning_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(transfers.amount_cents + transfers.netted_cents - coalesce(reversed.cents, 0)), 0)::integer
  from public.transfers
  left join lateral (
    select sum(transfer_reversals.amount_cents) as cents
    from public.transfer_reversals
    where transfer_reversals.transfer_id = transfers.id and transfer_reversals.why <> 'made_in_stripe'
  ) as reversed on true
  where transfers.earning_id = settled_cents.earning_id
    and transfers.status <> 'failed';
$$;

/*
 * Has the coach sent what is still missing of a share, or taken back what is too much: all of it
 * while a bank has taken the payment back. Recounted from the rows, so that it may be called at any
 * time. The caller has locked the order.
 */
create function private.settle_earning(earning public.earnings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_missing_cents integer := case when exists (
    select from public.payments
    where payments.order_id = (settle_earning.earning).order_id
      and payments.status <> 'surplus'
      and private.is_taken_back(payments.id)
  ) then 0 else (settle_earning.earning).share_cents end - private.settled_cents((settle_earning.earning).id);
begin
  if v_missing_cents > 0 then
    perform private.plan_transfers(settle_earning.earning, v_missing_cents);
  elsif v_missing_cents < 0 then
    perform private.take_back(settle_earning.earning, -v_missing_cents);
  end if;
end;
$$;

/*
 * Writes down what is to be sent: as far as the client's money goes it is tied to their charge, whose
 * availability it then follows; what we add is sent from our own balance.
 */
create function private.plan_transfers(earning public.earnings, cents integer)
returns void
language sql
volatile
set search_path = ''
as $$
  with charge as (
    select payments.id,
      least(plan_transfers.cents, greatest(0, (plan_transfers.earning).kept_cents - (
        select coalesce(sum(transfers.amount_cents + transfers.netted_cents - coalesce((
          select sum(transfer_reversals.amount_cents)
          from public.transfer_reversals where transfer_reversals.transfer_id = transfers.id
        ), 0)), 0)
        from public.transfers
        where transfers.earning_id = (plan_transfers.earning).id
          and transfers.payment_id is not null
          and transfers.status <> 'failed'
      )))::integer as cents
    from public.payments
    where payments.order_id = (plan_transfers.earning).order_id
      and payments.status = 'succeeded'
  )
  insert into public.transfers (earning_id, payment_id, coach_id, amount_cents)
  select (plan_transfers.earning).id, part.payment_id, (plan_transfers.earning).coach_id, part.cents
  from (
    select charge.id, charge.cents from charge
    union all
    select null, plan_transfers.cents - coalesce((select charge.cents from charge), 0)
  ) as part (payment_id, cents)
  where part.cents > 0;
$$;

/*
 * Takes back `cents` of what was sent for a session: first what is not on its way yet, then by
 * reversals, then what was kept back for a debt, which is owed again. What was taken back in
 * Stripe's dashboard counts.
 */
create function private.take_back(earning public.earnings, cents integer)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_transfer record;
  v_part integer;
  v_reversal_id uuid;
  v_left integer := take_back.cents;
begin
  for v_transfer in
    select transfers.id, transfers.status, transfers.amount_cents
    from public.transfers
    where transfers.earning_id = (take_back.earning).id and transfers.status = 'waiting'
    order by transfers.created_at desc, transfers.payment_id nulls first
  loop
    v_part := least(v_left, v_transfer.amount_cents);
    if v_part = v_transfer.amount_cents then
      delete from public.transfers where transfers.id = v_transfer.id;
    elsif v_part > 0 then
      update public.transfers set amount_cents = amount_cents - v_part where transfers.id = v_transfer.id;
    end if;
    v_left := v_left - v_part;
  end loop;

  v_left := v_left - coalesce((
    select sum(transfer_reversals.amount_cents)
    from public.transfers
    join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
    where transfers.earning_id = (take_back.earning).id and transfer_reversals.why = 'made_in_stripe'
  ), 0);

  for v_transfer in
    select transfers.id, transfers.amount_cents - coalesce((
      select sum(transfer_reversals.amount_cents)
      from public.transfer_reversals where transfer_reversals.transfer_id = transfers.id
    ), 0) as amount_cents
    from public.transfers
    where transfers.earning_id = (take_back.earning).id and transfers.status in ('requested', 'succeeded')
    order by transfers.created_at desc, transfers.payment_id nulls first
  loop
    v_part := least(v_left, v_transfer.amount_cents);
    if v_part > 0 then
      insert into public.transfer_reversals (transfer_id, amount_cents)
      values (v_transfer.id, v_part)
      returning transfer_reversals.id into v_reversal_id;
      perform private.enqueue(
        'stripe.reverse_transfer', 'stripe.reverse_transfer:' || v_reversal_id, jsonb_build_object('reversal_id', v_reversal_id)
      );
      v_left := v_left - v_part;
    end if;
  end loop;

  for v_transfer in
    select transfers.id, transfers.netted_cents
    from public.transfers
    where transfers.earning_id = (take_back.earning).id
      and transfers.status in ('requested', 'succeeded') and transfers.netted_cents > 0
    order by transfers.created_at desc
  loop
    v_part := least(v_left, v_transfer.netted_cents);
    if v_part > 0 then
      update public.transfers set netted_cents = netted_cents - v_part where transfers.id = v_transfer.id;
      v_left := v_left - v_part;
    end if;
  end loop;
end;
$$;

/*
 * A refund as Stripe shows it, from a webhook. Ours carries our id in its metadata; one
 * made in Stripe's dashboard is taken in as such, its amount split into price and tax, first in place of what
 * failed (replace_failed_refunds). What a bank let go is
 * none of them, though Stripe makes a refund of it: all of it when nothing was captured, or what was left over
 * when a part was. Nor is what goes back of money that an admin took in (take_in_money). Raises ORLTR when that cannot be told yet, or the payment it belongs to is not known yet:
 * the event is then not stored and Stripe sends it again.
 * https://docs.stripe.com/reports/reporting-categories
 */
create function private.record_stripe_refund(stripe_refund jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_refund public.refunds;
  v_payment public.payments;
  v_gross_cents integer := (record_stripe_refund.stripe_refund ->> 'amount')::integer;
  v_tax_cents integer;
begin
  select * into v_refund
  from public.refunds
  where refunds.stripe_refund_id = record_stripe_refund.stripe_refund ->> 'id'
    or refunds.id = private.uuid_or_null(record_stripe_refund.stripe_refund -> 'metadata' ->> 'refund_id');

  if not found then
    select * into v_payment
    from public.payments
    where payments.stripe_payment_intent_id = record_stripe_refund.stripe_refund ->> 'payment_intent';

    if not found and private.is_taken_in(record_stripe_refund.stripe_refund ->> 'charge') then
      return;
    elsif not found then
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
    on conflict (stripe_refund_id) do nothing
    returning refunds.* into v_refund;

    if found then
      perform private.replace_failed_refunds(v_refund);
    else -- Another webhook of it came first.
      select * into v_refund
      from public.refunds
      where refunds.stripe_refund_id = record_stripe_refund.stripe_refund ->> 'id';
    end if;
  end if;

  perform private.record_refund(v_refund.id, record_stripe_refund.stripe_refund);
end;
$$;

/*
 * Whether a refund that nobody asked for is of money that a bank only held. `movement` is what it moved
 * at Stripe, with its category. Raises: ORLTR (it was not booked yet, or it is not known what was captured).
 */
create function private.is_let_go(payment public.payments, movement jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
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
$$;

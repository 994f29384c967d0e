/*
 * An invoice of a membership that was paid becomes an order for its period, once: with the payment,
 * by whose trigger the ledger knows, and the sessions that it gives; with the first of them its parties are told
 * that it has begun. The first invoice of a trial is of nothing and gives sessions too. What is paid must be, without the tax that Stripe says, the offer's
 * price, or what Stripe reckoned for a change in the middle of a period; anything else is not taken for
 * payment, and is a security event. What a second subscription of one membership has taken goes back, and
 * what was taken after one of the two had left, or is heard of only then. What comes while the coach is
 * suspended goes back, too, should Stripe have charged before it was halted; its sessions are given by no
 * later reading. A trial that begins then has cost nothing, and gives its sessions: they wait for the suspension to
 * be lifted, as what was paid before does. What was recorded before is not looked at again.
 */
create function private.record_period(invoice jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_membership public.memberships := private.lock_membership(record_period.invoice);
  v_tax_cents integer := coalesce(record_period.invoice ->> 'tax_cents', '0')::integer;
  v_amount_cents integer := (record_period.invoice ->> 'amount_paid')::integer - v_tax_cents;
  v_is_change boolean := (record_period.invoice ->> 'has_proration')::boolean;
  v_is_period boolean := (record_period.invoice ->> 'is_period')::boolean;
  v_offer public.offers;
  v_order_id uuid;
  v_is_new boolean;
  v_has_left boolean;
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

  v_is_new := v_order_id is null;
  if v_is_new then
    v_order_id := private.create_period_order(v_membership, v_offer, record_period.invoice, v_amount_cents);
  end if;

  v_has_left := private.has_left(v_membership.client_id, v_membership.coach_id, now());

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
    perform private.return_period(v_order_id, 'paid_twice');
  elsif private.has_left(v_membership.client_id, v_membership.coach_id, (record_period.invoice ->> 'paid_at')::timestamptz)
    -- Paid in time and heard of too late: nothing of it can be used, and nobody looked at it when they left.
    or v_is_new and (v_has_left or v_amount_cents > 0 and private.is_suspended(v_membership.coach_id)) then
    perform private.return_period(v_order_id, 'paid_too_late');
  elsif v_is_period and not v_has_left and not exists (
    select from public.refunds where refunds.order_id = v_order_id and refunds.reason = 'paid_too_late'
  ) then
    perform private.grant_period(v_order_id);
    perform private.tell_of_begin(v_membership);
  end if;
end;
$$;

/*
 * Gives back all that was taken for a period, for a reason, once: an admin may have said of a refund that failed
 * that it is not to go back again, which every later reading keeps to.
 */
create function private.return_period(order_id uuid, reason public.refund_reason)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.return_payment(payments, payments.amount_cents, return_period.reason)
  from public.payments
  where payments.order_id = return_period.order_id
    and not exists (
      select from public.refunds
      where refunds.payment_id = payments.id and refunds.reason = return_period.reason
    );
$$;

/* The order of a period that was paid: what it cost, without tax, our fee of it, and from when to when it is. */
create function private.create_period_order(
  membership public.memberships,
  offer public.offers,
  invoice jsonb,
  amount_cents integer
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
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
$$;

/*
 * What the client of a membership agreed to pay for a session to which they do not come, when they agreed to
 * this version of the offer; 0 for nothing. A policy that asks for more since then does not bind them.
 */
create function private.agreed_no_show_fee_cents(membership_id uuid, offer_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select membership_consents.no_show_fee_cents
    from public.membership_consents
    where membership_consents.membership_id = agreed_no_show_fee_cents.membership_id
      and membership_consents.offer_id = agreed_no_show_fee_cents.offer_id
    order by membership_consents.agreed_at desc
    limit 1
  ), 0);
$$;

/*
 * Gives the sessions of a period, once: those of a month, twelve times as many when a year is paid.
 * They can be used until the period is over. A trial gives those of a month.
 */
create function private.grant_period(order_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.grant_credits(
    orders.id,
    offers.sessions_a_month * case when offers.billing_interval = 'year' and orders.amount_cents > 0 then 12 else 1 end,
    orders.period_ends_at
  )
  from public.orders
  join public.offers on offers.id = orders.offer_id
  where orders.id = grant_period.order_id;
$$;

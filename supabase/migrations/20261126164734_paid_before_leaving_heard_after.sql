SET local check_function_bodies = off;

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
    perform private.return_payment(payments, payments.amount_cents, 'paid_twice')
    from public.payments where payments.order_id = v_order_id;
  elsif private.has_left(v_membership.client_id, v_membership.coach_id, (record_period.invoice ->> 'paid_at')::timestamptz)
    -- Paid in time and heard of too late: nothing of it can be used, and nobody looked at it when they left.
    or v_is_new and (v_has_left or private.is_suspended(v_membership.coach_id)) then
    perform private.return_payment(payments, payments.amount_cents, 'paid_too_late')
    from public.payments where payments.order_id = v_order_id;
  elsif v_is_period and not v_has_left and not exists (
    select from public.refunds where refunds.order_id = v_order_id and refunds.reason = 'paid_too_late'
  ) then
    perform private.grant_period(v_order_id);
  end if;
end;
$function$;

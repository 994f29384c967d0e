/*
 * Of a new refund that was made in Stripe's dashboard: writes down which of the payment's refunds it is in place of
 * that failed and that nobody followed up, since nothing at Stripe says so. First of the one that lacks just as
 * much, then of those that failed first, as far as it goes: so it is of what they were of, and not of the order as a
 * whole. What of it is tax is what they lack of that, and of what is more than they lack, tax_of_gross. The
 * caller has locked the order.
 */
create function private.replace_failed_refunds(refund public.refunds)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_refund_id uuid := (replace_failed_refunds.refund).id;
  v_rest_cents integer := (replace_failed_refunds.refund).amount_cents + (replace_failed_refunds.refund).tax_cents;
  v_gone record;
  v_failed record;
  v_price_cents integer;
  v_tax_cents integer;
  v_of_tax_cents integer := 0;
begin
  select gone.left_price_cents, gone.left_tax_cents into v_gone
  from public.payments
  cross join lateral private.gone_of_payment(payments, v_refund_id) as gone
  where payments.id = (replace_failed_refunds.refund).payment_id;

  for v_failed in
    select failed.id, lacked.price_cents, lacked.tax_cents
    from public.refunds as failed
    cross join lateral private.unreplaced_of_refund(failed) as lacked
    where failed.payment_id = (replace_failed_refunds.refund).payment_id and private.is_not_followed_up(failed)
    order by lacked.price_cents + lacked.tax_cents = v_rest_cents desc, failed.settled_at, failed.id
  loop
    v_price_cents := least(v_failed.price_cents, v_gone.left_price_cents);
    v_tax_cents := least(v_failed.tax_cents, v_gone.left_tax_cents);
    continue when least(v_price_cents + v_tax_cents, v_rest_cents) <= 0;

    if v_rest_cents < v_price_cents + v_tax_cents then
      v_tax_cents := round(v_tax_cents::numeric * v_rest_cents / (v_price_cents + v_tax_cents));
      v_price_cents := v_rest_cents - v_tax_cents;
    end if;

    insert into private.refund_replacements (failed_id, refund_id, amount_cents, tax_cents)
    values (v_failed.id, v_refund_id, v_price_cents, v_tax_cents);
    v_gone.left_price_cents := v_gone.left_price_cents - v_price_cents;
    v_gone.left_tax_cents := v_gone.left_tax_cents - v_tax_cents;
    v_rest_cents := v_rest_cents - v_price_cents - v_tax_cents;
    v_of_tax_cents := v_of_tax_cents + v_tax_cents;
  end loop;

  v_of_tax_cents := v_of_tax_cents
    + least(v_rest_cents, greatest(0, (replace_failed_refunds.refund).tax_cents - v_of_tax_cents));
  update public.refunds
  set tax_cents = v_of_tax_cents, amount_cents = refunds.amount_cents + refunds.tax_cents - v_of_tax_cents
  where refunds.id = v_refund_id;
end;
$$;

/* What was given back in Stripe's dashboard in place of a refund that failed, in cents: of its price and its tax. */
create function private.replaced_of_refund(failed_id uuid)
returns table (price_cents integer, tax_cents integer)
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(refund_replacements.amount_cents), 0)::integer,
    coalesce(sum(refund_replacements.tax_cents), 0)::integer
  from private.refund_replacements
  join public.refunds on refunds.id = refund_replacements.refund_id and refunds.status <> 'failed'
  where refund_replacements.failed_id = replaced_of_refund.failed_id;
$$;

/*
 * What of a refund that failed was not given back in Stripe's dashboard in its place, in cents. One that was made
 * there in place of another, and failed, too, is not counted twice: the other one is lacking, if nobody
 * followed that up.
 */
create function private.unreplaced_of_refund(refund public.refunds)
returns table (price_cents integer, tax_cents integer)
language sql
stable
set search_path = ''
as $$
  select (unreplaced_of_refund.refund).amount_cents - replaced.price_cents - lacked_there.price_cents,
    (unreplaced_of_refund.refund).tax_cents - replaced.tax_cents - lacked_there.tax_cents
  from private.replaced_of_refund((unreplaced_of_refund.refund).id) as replaced
  cross join (
    select coalesce(sum(refund_replacements.amount_cents), 0)::integer as price_cents,
      coalesce(sum(refund_replacements.tax_cents), 0)::integer as tax_cents
    from private.refund_replacements
    join public.refunds as failed on failed.id = refund_replacements.failed_id
    where refund_replacements.refund_id = (unreplaced_of_refund.refund).id and failed.followed_up_at is null
  ) as lacked_there;
$$;

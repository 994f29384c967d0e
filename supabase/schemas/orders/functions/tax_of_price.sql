/*
 * How many cents of tax go back with `price_cents` of a payment: what all that has gone back by then
 * has of the tax, less what went back before. With the last of the price goes all that is left, so what
 * is given back is never more than was taken, and in the end neither less.
 */
create function private.tax_of_price(payment public.payments, price_cents integer)
returns integer
language sql
stable
set search_path = ''
as $$
  select least(gone.left_tax_cents, greatest(0, round(
    (tax_of_price.payment).tax_cents::numeric * (gone.price_cents + tax_of_price.price_cents)
      / (tax_of_price.payment).amount_cents
  ) - gone.tax_cents))::integer
  from private.gone_of_payment(tax_of_price.payment) as gone;
$$;

/*
 * The same for `gross_cents`, tax included: what is given back in Stripe's dashboard, or taken by a
 * bank, does not say what of it is tax. Nothing is counted twice: `but_id` is the refund or dispute that
 * it is about, when that is written down already. When it is more than is left, it was taken of what a
 * refund is to give back that Stripe was not asked for yet: that one fails, or is of less.
 */
create function private.tax_of_gross(payment public.payments, gross_cents integer, but_id uuid default null)
returns integer
language sql
stable
set search_path = ''
as $$
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
$$;

/*
 * What of a payment's price and tax is back, on its way back, or lost to the client's bank, and what of
 * each is left, without the refund or dispute `but_id`; if `is_asked`, without refunds that Stripe was not
 * asked for yet.
 */
create function private.gone_of_payment(payment public.payments, but_id uuid default null, is_asked boolean default false)
returns table (price_cents integer, tax_cents integer, left_price_cents integer, left_tax_cents integer)
language sql
stable
set search_path = ''
as $$
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
$$;

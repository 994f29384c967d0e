/*
 * What the client of a refund that failed still lacks of it, in cents: its price and its tax, as far as they
 * have not gone back otherwise.
 */
create function private.lacking_of_refund(refund public.refunds)
returns table (price_cents integer, tax_cents integer)
language sql
stable
set search_path = ''
as $$
  select least(unreplaced.price_cents, gone.left_price_cents), least(unreplaced.tax_cents, gone.left_tax_cents)
  from public.payments
  cross join lateral private.gone_of_payment(payments) as gone
  cross join lateral private.unreplaced_of_refund(lacking_of_refund.refund) as unreplaced
  where payments.id = (lacking_of_refund.refund).payment_id;
$$;

/* Whether a refund that Stripe was asked for failed, and nobody followed it up. */
create function private.is_not_followed_up(refund public.refunds)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_not_followed_up.refund).status = 'failed'
    and (is_not_followed_up.refund).stripe_refund_id is not null
    and (is_not_followed_up.refund).followed_up_at is null;
$$;

/* The same, while its client still lacks some of the money: not all that it was of has gone back otherwise. */
create function private.is_to_follow_up(refund public.refunds)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.is_not_followed_up(is_to_follow_up.refund)
    and exists (
      select from private.lacking_of_refund(is_to_follow_up.refund) as lacking
      where lacking.price_cents + lacking.tax_cents > 0
    );
$$;

/* How many cents of an order's price its client waits for, because refunds of them failed. */
create function private.awaited_cents(order_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(lacking.price_cents), 0)::integer
  from public.refunds
  join public.payments on payments.id = refunds.payment_id
  cross join lateral private.lacking_of_refund(refunds) as lacking
  where refunds.order_id = awaited_cents.order_id
    and refunds.status = 'failed'
    and payments.status <> 'surplus'
    and private.is_to_follow_up(refunds);
$$;

/*
 * How many cents of a payment, tax included, its client waits for, because their bank refused them and nobody has followed
 * that up.
 */
create function private.refused_cents(payment public.payments)
returns integer
language sql
stable
set search_path = ''
as $$
  select least(coalesce(sum(lacking.price_cents + lacking.tax_cents), 0), min(gone.left_price_cents + gone.left_tax_cents))::integer
  from private.gone_of_payment(refused_cents.payment) as gone
  left join public.refunds
    on refunds.payment_id = (refused_cents.payment).id and refunds.status = 'failed' and private.is_to_follow_up(refunds)
  left join lateral private.lacking_of_refund(refunds) as lacking on refunds.id is not null;
$$;

/*
 * An admin sees to a refund that failed. `how` and `reason` are written down. Locks its order. Returns it
 * with what its client still lacks of it. Raises: ORNFR (it did not fail, was followed up, or all of the money
 * has gone back).
 */
create function private.follow_up_refund(refund_id uuid, how text, reason text)
returns public.refunds
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_refund public.refunds;
begin
  perform from public.orders
  where orders.id = (select refunds.order_id from public.refunds where refunds.id = follow_up_refund.refund_id)
  for update;

  update public.refunds
  set followed_up_at = now()
  where refunds.id = follow_up_refund.refund_id and private.is_to_follow_up(refunds)
  returning * into v_refund;

  if not found then
    raise exception 'There is no refund % that failed and is still to be seen to.', follow_up_refund.refund_id
      using errcode = 'ORNFR';
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values (
    'refunds', v_refund.id::text, follow_up_refund.how, session_user,
    jsonb_build_object('reason', trim(follow_up_refund.reason))
  );

  select lacking.price_cents, lacking.tax_cents into v_refund.amount_cents, v_refund.tax_cents
  from private.lacking_of_refund(v_refund) as lacking;
  return v_refund;
end;
$$;

/*
 * An admin has a refund tried again that failed: `select admin.retry_refund('…', 'Her bank has a new account
 * for it.')` in Studio's editor, with its id from admin.failed_refunds. It is another refund, of what
 * its client still lacks.
 * Raises: ORNFR.
 */
create function admin.retry_refund(refund_id uuid, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_refund public.refunds := private.follow_up_refund(retry_refund.refund_id, 'tried again', retry_refund.reason);
begin
  perform private.return_payment(payments, v_refund.amount_cents, v_refund.reason, v_refund.booking_id)
  from public.payments
  where payments.id = v_refund.payment_id;
end;
$$;

/*
 * An admin has given back in another way, by transfer or by check, what a refund could not:
 * `select admin.record_refund_elsewhere('…', 'Check 1042 of today.')` in Studio's editor. It counts as any
 * other; its money left our bank, and what the bank refused stays with Stripe. Raises: ORNFR.
 */
create function admin.record_refund_elsewhere(refund_id uuid, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_refund public.refunds := private.follow_up_refund(
    record_refund_elsewhere.refund_id, 'given back elsewhere', record_refund_elsewhere.reason
  );
begin
  insert into public.refunds (
    order_id, payment_id, booking_id, amount_cents, tax_cents, reason, status, settled_at, is_elsewhere
  )
  values (
    v_refund.order_id, v_refund.payment_id, v_refund.booking_id, v_refund.amount_cents, v_refund.tax_cents,
    v_refund.reason, 'succeeded', now(), true
  );
  perform private.settle_order(v_refund.order_id);
end;
$$;

/*
 * An admin says that nobody waits for a refund that failed any more, because it is not to go back:
 * `select admin.dismiss_failed_refund('…', 'She asked us to keep it.')` in Studio's editor. No money moves; what is
 * not back is its coach's again. Raises: ORNFR.
 */
create function admin.dismiss_failed_refund(refund_id uuid, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_refund public.refunds := private.follow_up_refund(
    dismiss_failed_refund.refund_id, 'dismissed', dismiss_failed_refund.reason
  );
begin
  perform private.settle_order(v_refund.order_id);
end;
$$;

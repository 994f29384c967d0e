/*
 * What Stripe answered to a transfer: `result` has the `transfer` as Stripe has it, or why it was
 * `refused`, and the `charge_id` if that had to be read. A refused one stays as it is; what is still
 * to be sent is planned anew. Null when there was nothing to do.
 */
create function private.record_transfer(transfer_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_transfer public.transfers;
  v_earning public.earnings := private.lock_earning_of_transfer(record_transfer.transfer_id);
begin
  update public.payments
  set stripe_charge_id = record_transfer.result ->> 'charge_id'
  from public.transfers
  where transfers.id = record_transfer.transfer_id
    and payments.id = transfers.payment_id
    and payments.stripe_charge_id is null;

  if record_transfer.result ? 'transfer' then
    perform private.record_stripe_transfer(record_transfer.result -> 'transfer');
  elsif record_transfer.result ? 'refused' then
    update public.transfers
    set status = 'failed', failure_code = record_transfer.result ->> 'refused', settled_at = now()
    where transfers.id = record_transfer.transfer_id and transfers.status = 'requested'
    returning * into v_transfer;

    if v_transfer.id is not null then
      delete from public.transfer_reversals
      where transfer_reversals.transfer_id = v_transfer.id and transfer_reversals.status = 'requested';
      perform public.record_security_event(
        'transfer_refused', jsonb_build_object('transfer_id', v_transfer.id, 'code', v_transfer.failure_code)
      );
      perform private.settle_earning(v_earning);
    end if;
  end if;
end;
$$;

/* What a transfer is of, with its order locked first, as by every path that moves money. */
create function private.lock_earning_of_transfer(transfer_id uuid)
returns public.earnings
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_earning public.earnings;
begin
  perform from public.orders
  where orders.id = (
    select earnings.order_id
    from public.transfers join public.earnings on earnings.id = transfers.earning_id
    where transfers.id = lock_earning_of_transfer.transfer_id
  )
  for update;

  select earnings.* into v_earning
  from public.transfers join public.earnings on earnings.id = transfers.earning_id
  where transfers.id = lock_earning_of_transfer.transfer_id;

  return v_earning;
end;
$$;

/*
 * A transfer as Stripe has it, with what was taken back of it: from the answer to our call and from
 * webhooks, in any order and more than once. Ours carries our id in its metadata. One that was made
 * in Stripe's dashboard, or is not what we asked for, is written down as a security event for an
 * admin to look at; a reversal that was made there is taken in.
 */
create function private.record_stripe_transfer(stripe_transfer jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_stripe_id text := record_stripe_transfer.stripe_transfer ->> 'id';
  v_transfer public.transfers;
  v_earning public.earnings;
begin
  select * into v_transfer
  from public.transfers
  where transfers.stripe_transfer_id = v_stripe_id
    or transfers.id = private.uuid_or_null(record_stripe_transfer.stripe_transfer -> 'metadata' ->> 'transfer_id');

  v_earning := private.lock_earning_of_transfer(v_transfer.id);
  select * into v_transfer from public.transfers where transfers.id = v_transfer.id;

  if v_transfer.id is null
    or coalesce(v_transfer.stripe_transfer_id, v_stripe_id) <> v_stripe_id
    or v_transfer.amount_cents <> (record_stripe_transfer.stripe_transfer ->> 'amount')::integer then
    perform public.record_security_event('transfer_made_in_stripe', jsonb_build_object('stripe_transfer_id', v_stripe_id));
    return;
  end if;

  update public.transfers
  set stripe_transfer_id = v_stripe_id, status = 'succeeded', failure_code = null, settled_at = now()
  where transfers.id = v_transfer.id
    and transfers.status <> 'succeeded';

  perform private.record_stripe_reversal(v_transfer.id, reversal)
  from jsonb_array_elements(coalesce(record_stripe_transfer.stripe_transfer -> 'reversals', '[]')) as reversal;

  perform private.settle_earning(v_earning);
end;
$$;

/* One reversal as Stripe has it: ours by its metadata, or one that an admin made in the dashboard. */
create function private.record_stripe_reversal(transfer_id uuid, stripe_reversal jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  update public.transfer_reversals
  set stripe_reversal_id = record_stripe_reversal.stripe_reversal ->> 'id', status = 'succeeded', settled_at = now(),
      failure_code = case
        when amount_cents > (record_stripe_reversal.stripe_reversal ->> 'amount')::integer then 'balance_insufficient'
      end,
      reversed_cents = (record_stripe_reversal.stripe_reversal ->> 'amount')::integer
  where transfer_reversals.transfer_id = record_stripe_reversal.transfer_id
    and transfer_reversals.id = private.uuid_or_null(record_stripe_reversal.stripe_reversal -> 'metadata' ->> 'reversal_id')
    and transfer_reversals.stripe_reversal_id is null;

  if not found then
    insert into public.transfer_reversals (
      transfer_id, why, amount_cents, reversed_cents, status, stripe_reversal_id, settled_at
    )
    values (
      record_stripe_reversal.transfer_id, 'made_in_stripe',
      (record_stripe_reversal.stripe_reversal ->> 'amount')::integer,
      (record_stripe_reversal.stripe_reversal ->> 'amount')::integer,
      'succeeded', record_stripe_reversal.stripe_reversal ->> 'id', now()
    )
    on conflict (stripe_reversal_id) do nothing;
  end if;
end;
$$;

/*
 * What Stripe answered when it was to take money back: `result` has the `transfer` with all of its
 * reversals, and why ours was `refused`, if it was. What Stripe can't take for lack of balance the
 * coach owes; what an admin has taken back meanwhile need not be taken twice. Null when there was
 * nothing to do.
 */
create function private.record_reversal(reversal_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_reversal public.transfer_reversals;
  v_earning public.earnings;
  v_reversed_cents integer;
begin
  select * into v_reversal from public.transfer_reversals where transfer_reversals.id = record_reversal.reversal_id;
  if record_reversal.result is null or v_reversal.id is null then
    return;
  end if;

  v_earning := private.lock_earning_of_transfer(v_reversal.transfer_id);
  perform private.record_stripe_reversal(v_reversal.transfer_id, reversal)
  from jsonb_array_elements(record_reversal.result -> 'transfer' -> 'reversals') as reversal;

  select coalesce(sum(transfer_reversals.reversed_cents), 0) into v_reversed_cents
  from public.transfer_reversals
  where transfer_reversals.transfer_id = v_reversal.transfer_id;

  if record_reversal.result ? 'refused' then
    if v_reversed_cents + v_reversal.amount_cents > (
      select transfers.amount_cents from public.transfers where transfers.id = v_reversal.transfer_id
    ) then
      delete from public.transfer_reversals
      where transfer_reversals.id = v_reversal.id and transfer_reversals.status = 'requested';
    else
      update public.transfer_reversals
      set status = 'failed', reversed_cents = 0, failure_code = record_reversal.result ->> 'refused', settled_at = now()
      where transfer_reversals.id = v_reversal.id and transfer_reversals.status = 'requested';
    end if;
  end if;

  perform private.settle_earning(v_earning);
end;
$$;

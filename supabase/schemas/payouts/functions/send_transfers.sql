/*
 * How many cents a coach owes: what Stripe could not take back from them, less what was kept back of
 * later shares.
 */
create function private.coach_debt_cents(coach_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select (
    coalesce((
      select sum(transfer_reversals.amount_cents - transfer_reversals.reversed_cents)
      from public.transfers
      join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
      where transfers.coach_id = coach_debt_cents.coach_id and transfer_reversals.status <> 'requested'
    ), 0)
    - coalesce((
      select sum(transfers.netted_cents) from public.transfers
      where transfers.coach_id = coach_debt_cents.coach_id and transfers.status <> 'failed'
    ), 0)
  )::integer;
$$;

/*
 * Why a share that is the coach's is not sent, or null when it can be: the account where they are
 * paid is not active, the client objects to the charge, Stripe refused it within six hours, or they are
 * suspended.
 */
create function private.unsent_because(transfer public.transfers)
returns public.earning_hold
language sql
stable
set search_path = ''
as $$
  select case
    when orders.status = 'disputed' then 'dispute'
    when private.is_suspended(earnings.coach_id) then 'suspended'
    when payout_accounts.status is null then 'no_account'
    when payout_accounts.status = 'incomplete' then 'account_incomplete'
    when payout_accounts.status = 'verifying' then 'account_verifying'
    when payout_accounts.status = 'rejected' then 'account_rejected'
    when exists (
      select from public.transfers as before
      where before.earning_id = earnings.id
        and before.status = 'failed'
        and before.settled_at > now() - interval '6 hours'
    ) then 'refused'
  end::public.earning_hold
  from public.earnings
  join public.orders on orders.id = earnings.order_id
  left join public.payout_accounts on payout_accounts.coach_id = earnings.coach_id
  where earnings.id = (unsent_because.transfer).earning_id;
$$;

/*
 * Run by cron. Asks Stripe, through the outbox, for the transfers that wait for nothing any more, at
 * most 200 at a time. What the coach owes is kept back first; a transfer of which nothing is left is
 * done. The lock on the account lets one transfer after the other see what is owed; whatever is
 * locked is left for the next run, so that nobody waits for anybody here.
 */
create function private.send_transfers()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_transfer public.transfers;
  v_netted_cents integer;
begin
  for v_transfer in
    select transfers.*
    from public.transfers
    where transfers.status = 'waiting'
      and private.unsent_because(transfers) is null
    order by transfers.coach_id, transfers.created_at
    limit 200
  loop
    perform from public.orders
    where orders.id = (select earnings.order_id from public.earnings where earnings.id = v_transfer.earning_id)
    for update skip locked;
    continue when not found;

    perform from public.payout_accounts where payout_accounts.coach_id = v_transfer.coach_id for update skip locked;
    continue when not found;

    -- Looked at again under the locks.
    select * into v_transfer from public.transfers where transfers.id = v_transfer.id and transfers.status = 'waiting';
    continue when not found or private.unsent_because(v_transfer) is not null;

    v_netted_cents := least(v_transfer.amount_cents, private.coach_debt_cents(v_transfer.coach_id));
    if v_netted_cents = v_transfer.amount_cents then
      update public.transfers
      set status = 'succeeded', amount_cents = 0, netted_cents = v_netted_cents, settled_at = now()
      where transfers.id = v_transfer.id;
    else
      update public.transfers
      set status = 'requested', amount_cents = amount_cents - v_netted_cents, netted_cents = v_netted_cents
      where transfers.id = v_transfer.id;
      perform private.enqueue(
        'stripe.transfer', 'stripe.transfer:' || v_transfer.id, jsonb_build_object('transfer_id', v_transfer.id)
      );
    end if;
  end loop;
end;
$$;

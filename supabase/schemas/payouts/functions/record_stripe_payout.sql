/*
 * A payout from a coach's account to their bank, as Stripe has it: from webhooks, in any order and
 * more than once. One that failed or was called off stays so, and one that arrived can only fail.
 * The coach is told of a failure, once. One of an account that we do not know is a security event.
 */
create function private.record_stripe_payout(stripe_account_id text, stripe_payout jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_payout public.payouts;
begin
  insert into public.payouts as known (
    coach_id, stripe_payout_id, status, amount_cents, arrives_on, failure_code, created_at
  )
  select payout_accounts.coach_id, record_stripe_payout.stripe_payout ->> 'id', state.status,
    (record_stripe_payout.stripe_payout ->> 'amount')::integer,
    (to_timestamp((record_stripe_payout.stripe_payout ->> 'arrival_date')::bigint) at time zone 'UTC')::date,
    case when state.status = 'failed' then coalesce(record_stripe_payout.stripe_payout ->> 'failure_code', 'unknown') end,
    to_timestamp((record_stripe_payout.stripe_payout ->> 'created')::bigint)
  from public.payout_accounts
  cross join lateral (
    select (record_stripe_payout.stripe_payout ->> 'status')::public.payout_status as status
  ) as state
  where payout_accounts.stripe_account_id = record_stripe_payout.stripe_account_id
  on conflict (stripe_payout_id) do update
  set status = excluded.status, arrives_on = excluded.arrives_on, failure_code = excluded.failure_code
  where known.status in ('pending', 'in_transit') or known.status = 'paid' and excluded.status = 'failed'
  returning * into v_payout;

  if v_payout.status = 'failed' then
    perform private.notify(coaches.profile_id, 'payout_failed', v_payout.id)
    from public.coaches where coaches.id = v_payout.coach_id;
  elsif v_payout.id is null and not exists (
    select from public.payout_accounts
    where payout_accounts.stripe_account_id = record_stripe_payout.stripe_account_id
  ) then
    perform public.record_security_event(
      'payout_of_nobody', jsonb_build_object('stripe_payout_id', record_stripe_payout.stripe_payout ->> 'id')
    );
  end if;
end;
$$;

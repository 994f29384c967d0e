/*
 * Keeps what Stripe says of the account that a coach is paid to: from the answer when it was made,
 * when the coach comes back from Stripe's pages, and from webhooks. `account` is Stripe's object as
 * it is now; whose it is says the coach_id that we put into its metadata, which its holder cannot
 * change. The first account of a coach stands: another one, or one of nobody, is written down as a
 * security event and changes nothing. Of who has left the bank is not kept.
 * https://docs.stripe.com/connect/handling-api-verification
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.record_payout_account(account jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_account_id text := record_payout_account.account ->> 'id';
  v_bank jsonb := record_payout_account.account -> 'external_accounts' -> 'data' -> 0;
begin
  insert into public.payout_accounts as known (coach_id, stripe_account_id, status, currently_due, bank_name, bank_last4)
  select coaches.id, v_account_id,
    private.payout_account_status(record_payout_account.account),
    array(select jsonb_array_elements_text(record_payout_account.account -> 'requirements' -> 'currently_due')),
    case when profiles.deleted_at is null then v_bank ->> 'bank_name' end,
    case when profiles.deleted_at is null then v_bank ->> 'last4' end
  from public.coaches
  join public.profiles on profiles.id = coaches.profile_id
  where coaches.id = private.uuid_or_null(record_payout_account.account -> 'metadata' ->> 'coach_id')
  on conflict (coach_id) do update
  set status = excluded.status,
      currently_due = excluded.currently_due,
      bank_name = excluded.bank_name,
      bank_last4 = excluded.bank_last4,
      updated_at = now()
  where known.stripe_account_id = excluded.stripe_account_id;

  if not found then
    perform public.record_security_event('payout_account_of_nobody', jsonb_build_object('stripe_account_id', v_account_id));
  end if;
end;
$$;

grant execute on function public.record_payout_account(jsonb) to service_role;

/* How an account stands, from Stripe's object: it is paid once transfers to it and payouts from it work. */
create function private.payout_account_status(account jsonb)
returns public.payout_account_status
language sql
immutable
set search_path = ''
as $$
  select case
    when payout_account_status.account -> 'requirements' ->> 'disabled_reason' like 'rejected%' then 'rejected'
    when payout_account_status.account -> 'capabilities' ->> 'transfers' = 'active'
      and (payout_account_status.account ->> 'payouts_enabled')::boolean then 'active'
    when jsonb_array_length(payout_account_status.account -> 'requirements' -> 'currently_due') > 0 then 'incomplete'
    else 'verifying'
  end::public.payout_account_status;
$$;

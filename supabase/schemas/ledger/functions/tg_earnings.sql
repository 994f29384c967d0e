/*
 * What is kept of a session is its coach's share and our fee from here on; what we add because a
 * coupon was ours is our cost. Each change later is a step of its own, of the difference.
 */
create function private.tg_earnings__post_journal()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.post_journal(
      'release', 'release:' || new.id, new.order_id,
      private.release_amounts(new.kept_cents, new.subsidy_cents, new.share_cents, new.fee_cents)
    );
  else
    perform private.post_journal(
      'release_adjusted', 'release_adjusted:' || new.id || ':' || new.adjustments, new.order_id,
      private.release_amounts(
        new.kept_cents - old.kept_cents, new.subsidy_cents - old.subsidy_cents,
        new.share_cents - old.share_cents, new.fee_cents - old.fee_cents
      )
    );
  end if;
  return null;
end;
$$;

/* What such a step does to each account; what stays as it is has no entry. */
create function private.release_amounts(kept_cents integer, subsidy_cents integer, share_cents integer, fee_cents integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_object_agg(entry.account, entry.cents)
  from (values
    ('client_money', release_amounts.kept_cents),
    ('platform_discounts', release_amounts.subsidy_cents),
    ('coach_payable', -release_amounts.share_cents),
    ('platform_fees', -release_amounts.fee_cents)
  ) as entry (account, cents)
  where entry.cents <> 0;
$$;

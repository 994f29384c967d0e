/*
 * What Stripe says of a membership, read at `read_at`: `reading` has the subscription and invoices of
 * it (supabase/functions/_shared/stripe-membership.ts says what of them). From webhooks and from our
 * own asking, in any order and more than once. Of one that we first hear of after it was renewed, what
 * was paid before is read as well.
 */
create function private.record_membership(reading jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_invoice jsonb;
begin
  if record_membership.reading -> 'subscription' is null then
    return; -- A payment page that nobody paid on.
  end if;

  perform private.enqueue(
    'stripe.read_subscription', format('stripe.read_subscription:%s:heard_late', memberships.id),
    jsonb_build_object('membership_id', memberships.id)
  )
  from public.memberships
  where memberships.id = private.uuid_or_null(record_membership.reading -> 'subscription' ->> 'membership_id')
    and memberships.stripe_subscription_id is null
    and not record_membership.reading -> 'invoices' @> '[{"is_first": true}]';

  perform private.record_subscription(
    record_membership.reading -> 'subscription', (record_membership.reading ->> 'read_at')::timestamptz
  );

  for v_invoice in
    select value from jsonb_array_elements(record_membership.reading -> 'invoices') order by value ->> 'created_at'
  loop
    perform private.record_period(v_invoice);
  end loop;
end;
$$;

/*
 * How a subscription stands. What has ended stays so, and what was read earlier never undoes what was
 * read later: two deliveries at once may be applied in either order. A second subscription of one
 * membership, from two payment pages, is ended at Stripe, and so is one that was paid for after somebody
 * left; its money goes back (record_period).
 */
create function private.record_subscription(subscription jsonb, read_at timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_id text := record_subscription.subscription ->> 'id';
  v_before public.memberships := private.lock_membership(record_subscription.subscription);
  v_after public.memberships;
begin
  if v_before.id is null then
    perform public.record_security_event('subscription_of_nobody', jsonb_build_object('subscription_id', v_id));
    return;
  end if;

  if v_before.stripe_subscription_id <> v_id or v_before.stripe_subscription_id is null and v_before.status = 'ended' then
    if record_subscription.subscription ->> 'status' not in ('canceled', 'incomplete_expired') then
      perform private.enqueue(
        'stripe.end_subscription', 'stripe.end_subscription:' || v_id, jsonb_build_object('subscription_id', v_id)
      );
    end if;
    return;
  end if;

  update public.memberships
  set stripe_subscription_id = v_id,
      stripe_item_id = record_subscription.subscription ->> 'item_id',
      offer_id = coalesce(private.offer_of_price(record_subscription.subscription ->> 'price_id', memberships.coach_id), memberships.offer_id),
      trial_days = private.tried_days(memberships, record_subscription.subscription),
      status = private.membership_status(record_subscription.subscription),
      period_starts_at = (record_subscription.subscription ->> 'period_starts_at')::timestamptz,
      period_ends_at = (record_subscription.subscription ->> 'period_ends_at')::timestamptz,
      trial_ends_at = (record_subscription.subscription ->> 'trial_ends_at')::timestamptz,
      is_ending = (record_subscription.subscription ->> 'is_ending')::boolean,
      is_halted = coalesce((record_subscription.subscription ->> 'is_halted')::boolean, false),
      ended_at = case
        when private.membership_status(record_subscription.subscription) = 'ended'
          then coalesce((record_subscription.subscription ->> 'ended_at')::timestamptz, record_subscription.read_at)
      end,
      last_read_at = record_subscription.read_at
  where memberships.id = v_before.id
    and memberships.status <> 'ended'
    and coalesce(memberships.last_read_at <= record_subscription.read_at, true)
  returning * into v_after;

  if v_after.id is not null then
    perform private.confirm_intent(v_after);
    perform private.tell_of_membership(v_before, v_after);
  end if;
end;
$$;

/*
 * The membership of a subscription or an invoice, locked: by the id that we gave it. Null when there
 * is none.
 */
create function private.lock_membership(told jsonb)
returns public.memberships
language sql
volatile
set search_path = ''
as $$
  select memberships.*
  from public.memberships
  where memberships.id = private.uuid_or_null(lock_membership.told ->> 'membership_id')
  for update;
$$;

/*
 * How many days a client tries a membership, once Stripe says that it has begun: they may have paid on an
 * earlier page than the last, for a trial that the last has not, or the contrary. Later readings change nothing.
 */
create function private.tried_days(membership public.memberships, subscription jsonb)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when (tried_days.membership).stripe_subscription_id is not null then (tried_days.membership).trial_days
    when tried_days.subscription ->> 'trial_ends_at' is null then 0
    else coalesce(
      (
        select private.trial_days_for(offers, (tried_days.membership).client_id, (tried_days.membership).id)
        from public.offers
        where offers.id = private.offer_of_price(tried_days.subscription ->> 'price_id', (tried_days.membership).coach_id)
      ),
      (tried_days.membership).trial_days
    )
  end;
$$;

/* How a membership stands, from Stripe's words for it. */
create function private.membership_status(subscription jsonb)
returns public.membership_status
language sql
immutable
set search_path = ''
as $$
  select case
    when membership_status.subscription ->> 'status' in ('canceled', 'incomplete_expired') then 'ended'
    when membership_status.subscription ->> 'status' = 'incomplete' then 'incomplete'
    when (membership_status.subscription ->> 'is_paused')::boolean
      or membership_status.subscription ->> 'status' = 'paused' then 'paused'
    when membership_status.subscription ->> 'status' = 'trialing' then 'trialing'
    when membership_status.subscription ->> 'status' in ('past_due', 'unpaid') then 'past_due'
    else 'active'
  end::public.membership_status;
$$;

/* The version of a coach's membership offer that has this price at Stripe; null when none has. */
create function private.offer_of_price(stripe_price_id text, coach_id uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select offers.id
  from private.stripe_prices
  join public.offers on offers.id = stripe_prices.offer_id
  where stripe_prices.stripe_price_id = offer_of_price.stripe_price_id
    and offers.coach_id = offer_of_price.coach_id;
$$;

/* What a client decided is done once Stripe, asked after that, says so; or when all is over. */
create function private.confirm_intent(membership public.memberships)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.memberships
  set intent = null, intent_offer_id = null
  where memberships.id = (confirm_intent.membership).id
    and (
      memberships.status = 'ended'
      or memberships.last_read_at >= memberships.intended_at and case memberships.intent
        when 'pause' then memberships.status = 'paused'
        when 'resume' then memberships.status <> 'paused'
        when 'cancel' then memberships.is_ending
        when 'keep' then not memberships.is_ending
        when 'change_plan' then memberships.offer_id = memberships.intent_offer_id
      end
    );
$$;

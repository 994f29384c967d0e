/*
 * What is to be asked of Stripe about a membership: a decision that it has not confirmed, and what to
 * read. `number` names the call; a repeated one is the same. `halt` is true when charging is to stop because
 * the coach is suspended, false when it is to go on, null when it is as it should be; what a client decided of
 * it before waits until then. Null when the payment page was never made.
 */
create function private.membership_work(membership_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'membership_id', memberships.id,
    'subscription_id', memberships.stripe_subscription_id,
    'checkout_session_id', memberships.stripe_checkout_session_id,
    'item_id', memberships.stripe_item_id,
    'intent', case when memberships.intent <> 'resume' or not halt.is_due then memberships.intent end,
    'number', memberships.intent_number,
    'price_id', stripe_prices.stripe_price_id,
    'halt', case when halt.is_due <> memberships.is_halted then halt.is_due end
  )
  from public.memberships
  cross join lateral private.is_suspended(memberships.coach_id) as halt (is_due)
  left join private.stripe_prices on stripe_prices.offer_id = memberships.intent_offer_id
  where memberships.id = membership_work.membership_id
    and memberships.status <> 'ended'
    and coalesce(memberships.stripe_subscription_id, memberships.stripe_checkout_session_id) is not null;
$$;

/*
 * The same for the site, while its client waits for it; no row for anyone else.
 *
 * Security definer: Stripe's ids are not granted to anyone.
 */
create function public.membership_decision(membership_id uuid)
returns table (
  intent public.membership_intent,
  number integer,
  stripe_subscription_id text,
  stripe_item_id text,
  stripe_price_id text
)
language sql
stable
security definer
set search_path = ''
as $$
  select memberships.intent, memberships.intent_number, memberships.stripe_subscription_id, memberships.stripe_item_id,
    stripe_prices.stripe_price_id
  from public.memberships
  left join private.stripe_prices on stripe_prices.offer_id = memberships.intent_offer_id
  where memberships.id = membership_decision.membership_id
    and memberships.client_id = private.current_profile_id()
    and memberships.intent is not null;
$$;

grant execute on function public.membership_decision(uuid) to authenticated;

/*
 * Has Stripe asked about memberships of which it should have told us something: a decision that it did
 * not confirm, a period that is over and was not renewed, a card that was declined and may have been
 * charged since, a payment page that was left and may have been paid. Run by cron every ten minutes; a
 * lost webhook is made good here. Those of a coach who is suspended, or not any more, are halted, or go on.
 */
create function private.reconcile_memberships()
returns void
language sql
volatile
set search_path = ''
as $$
  select private.enqueue(
    'stripe.read_subscription',
    format('stripe.read_subscription:%s:%s', memberships.id, to_char(now(), 'YYYY-MM-DD HH24:MI')),
    jsonb_build_object('membership_id', memberships.id)
  )
  from public.memberships
  where memberships.status <> 'ended'
    and (
      memberships.intent is not null and memberships.intended_at < now() - interval '2 minutes'
      or memberships.period_ends_at < now() - interval '1 hour'
      or memberships.stripe_subscription_id is not null
        and memberships.is_halted <> private.is_suspended(memberships.coach_id)
    );

  select private.ask_again(
    'stripe.read_subscription', memberships.id, jsonb_build_object('membership_id', memberships.id),
    case memberships.status when 'past_due' then 'hour' else 'day' end
  )
  from public.memberships
  where memberships.status = 'past_due'
    or memberships.status = 'incomplete'
      and memberships.stripe_checkout_session_id is not null
      and memberships.checkout_expires_at between now() - interval '8 days' and now();
$$;

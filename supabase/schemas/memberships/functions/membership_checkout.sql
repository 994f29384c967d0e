/*
 * What the payment page of a membership needs. No row for anyone but its client, nor once it has
 * begun.
 *
 * Security definer: Stripe's ids are not granted to anyone.
 */
create function public.membership_checkout(membership_id uuid)
returns table (
  attempt integer,
  offer_id uuid,
  coach_slug text,
  trial_days integer,
  automatic_tax boolean,
  stripe_price_id text,
  stripe_customer_id text,
  email text,
  checkout_url text,
  checkout_expires_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select memberships.attempt, memberships.offer_id, coaches.slug, memberships.trial_days, memberships.automatic_tax,
    stripe_prices.stripe_price_id, stripe_customers.stripe_customer_id, profile_contacts.email,
    memberships.checkout_url, memberships.checkout_expires_at
  from public.memberships
  join public.coaches on coaches.id = memberships.coach_id
  left join private.stripe_prices on stripe_prices.offer_id = memberships.offer_id
  left join public.profile_contacts on profile_contacts.profile_id = memberships.client_id
  left join private.stripe_customers on stripe_customers.profile_id = memberships.client_id
  where memberships.id = membership_checkout.membership_id
    and memberships.client_id = private.current_profile_id()
    and memberships.status = 'incomplete';
$$;

grant execute on function public.membership_checkout(uuid) to authenticated;

/*
 * Remembers the payment page of an attempt of `profile_id`'s, so that coming back leads to the same one. For
 * the site alone, which made it: Stripe is asked what was paid on a noted page. Nothing happens for another
 * attempt, or another's membership.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.record_membership_checkout(
  profile_id uuid,
  membership_id uuid,
  attempt integer,
  checkout_session_id text,
  checkout_url text
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  update public.memberships
  set stripe_checkout_session_id = record_membership_checkout.checkout_session_id,
      checkout_url = record_membership_checkout.checkout_url
  where memberships.id = record_membership_checkout.membership_id
    and memberships.client_id = record_membership_checkout.profile_id
    and memberships.attempt = record_membership_checkout.attempt
    and memberships.status = 'incomplete'
    and memberships.checkout_url is null;
end;
$$;

grant execute on function public.record_membership_checkout(uuid, uuid, integer, text, text) to service_role;

/*
 * Keeps the price that was made at Stripe for a version of an offer. The first one stands. For the site
 * alone, which made it: who could name a price could name a lower one.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.record_stripe_price(offer_id uuid, stripe_price_id text)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into private.stripe_prices (offer_id, stripe_price_id)
  values (record_stripe_price.offer_id, record_stripe_price.stripe_price_id)
  on conflict (offer_id) do nothing;

  return (select stripe_prices.stripe_price_id from private.stripe_prices where stripe_prices.offer_id = record_stripe_price.offer_id);
end;
$$;

grant execute on function public.record_stripe_price(uuid, text) to service_role;

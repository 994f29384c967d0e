/*
 * The asker's memberships, or the one that is named, as pages show them: what it is, how it stands,
 * when it renews and for how much, what is left to use, and what can be done with it. `is_confirmed`
 * is false while Stripe has not confirmed what the client decided last, `is_halted` true while nothing is
 * charged since the coach is suspended. Live ones first.
 *
 * Security definer: a membership shows its offer whether or not that is still on sale, and the
 * functions it asks are granted to nobody.
 */
create function public.membership_list(membership_id uuid default null)
returns table (
  id uuid,
  status public.membership_status,
  is_ending boolean,
  is_confirmed boolean,
  is_halted boolean,
  choices public.membership_intent[],
  coach_name text,
  coach_slug text,
  coach_id uuid,
  title text,
  description text,
  duration_minutes integer,
  sessions_a_month integer,
  billing_interval public.billing_interval,
  price_cents integer,
  current_title text,
  period_starts_at timestamptz,
  period_ends_at timestamptz,
  trial_ends_at timestamptz,
  ended_at timestamptz,
  sessions_left integer,
  order_id uuid,
  agreed_at timestamptz,
  agreed_words text,
  time_zone text
)
language sql
stable
security definer
set search_path = ''
as $$
  select memberships.id, standing.status, standing.is_ending, memberships.intent is null,
    private.is_halted(memberships), private.membership_choices(memberships),
    coaches.display_name, coaches.slug, coaches.id,
    offers.title, offers.description, offers.duration_minutes, offers.sessions_a_month, offers.billing_interval,
    offers.price_cents,
    coalesce(current_offer.title, offers.title),
    memberships.period_starts_at, memberships.period_ends_at, memberships.trial_ends_at, memberships.ended_at,
    coalesce(present.sessions_left, 0)::integer, present.order_id,
    consent.agreed_at, consent.words,
    profiles.time_zone
  from public.memberships
  cross join lateral private.membership_standing(memberships) as standing
  join public.coaches on coaches.id = memberships.coach_id
  join public.profiles on profiles.id = memberships.client_id
  join public.offers on offers.id = standing.offer_id
  left join lateral (
    select orders.id as order_id, orders.offer_id,
      (select sum(credit_entries.sessions) from public.credit_entries where credit_entries.order_id = orders.id) as sessions_left
    from public.orders
    where orders.membership_id = memberships.id and orders.credits_end_at > now()
    order by orders.period_starts_at desc
    limit 1
  ) as present on true
  left join public.offers as current_offer on current_offer.id = present.offer_id
  left join lateral (
    select membership_consents.agreed_at, membership_consents.words
    from public.membership_consents
    where membership_consents.membership_id = memberships.id
    order by membership_consents.agreed_at desc
    limit 1
  ) as consent on true
  where memberships.client_id = private.current_profile_id()
    and memberships.status <> 'incomplete'
    and memberships.stripe_subscription_id is not null
    and (membership_list.membership_id is null or memberships.id = membership_list.membership_id)
  order by memberships.status = 'ended', memberships.created_at desc;
$$;

grant execute on function public.membership_list(uuid) to authenticated;

/*
 * What a membership of the asker's can be changed to, cheapest first, with the words to agree to.
 *
 * Security definer: as membership_list.
 */
create function public.membership_plans(membership_id uuid)
returns table (
  offer_id uuid,
  title text,
  description text,
  duration_minutes integer,
  sessions_a_month integer,
  billing_interval public.billing_interval,
  price_cents integer,
  words text,
  words_sha256 text
)
language sql
stable
security definer
set search_path = ''
as $$
  select offers.id, offers.title, offers.description, offers.duration_minutes, offers.sessions_a_month,
    offers.billing_interval, offers.price_cents, terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex')
  from public.memberships
  cross join lateral private.plans_for(memberships) as plan
  join public.offers on offers.id = plan.offer_id
  cross join lateral private.membership_terms(offers, 0, true) as terms
  where memberships.id = membership_plans.membership_id
    and memberships.client_id = private.current_profile_id()
  order by offers.price_cents;
$$;

grant execute on function public.membership_plans(uuid) to authenticated;

/*
 * How the membership that the asker has just paid for stands; null for anyone else. For the page that
 * waits for Stripe's word.
 *
 * Security definer: as membership_list.
 */
create function public.membership_begun(membership_id uuid)
returns table (status public.membership_status, coach_slug text, offer_id uuid)
language sql
stable
security definer
set search_path = ''
as $$
  select memberships.status, coaches.slug, memberships.offer_id
  from public.memberships
  join public.coaches on coaches.id = memberships.coach_id
  where memberships.id = membership_begun.membership_id
    and memberships.client_id = private.current_profile_id();
$$;

grant execute on function public.membership_begun(uuid) to authenticated;

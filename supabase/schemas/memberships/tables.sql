comment on table public.memberships is 'Sessions every month with one coach until it is cancelled: how it stands at Stripe, and what the client decided since.';
comment on table public.membership_consents is 'That a client agreed to be charged again and again: the words that they read, when. Append only.';
comment on table private.stripe_prices is 'The price at Stripe of a version of a membership offer.';

alter table public.memberships
  add constraint memberships_trial check (trial_days between 0 and 30),
  add constraint memberships_ended_have_a_time check ((status = 'ended') = (ended_at is not null)),
  add constraint memberships_begun_have_a_period check (
    status = 'incomplete'
    or status = 'ended' and stripe_subscription_id is null -- Somebody left before it was paid for.
    or num_nulls(stripe_subscription_id, period_starts_at, period_ends_at) = 0
  ),
  add constraint memberships_intents_have_a_time check (intent is null or intended_at is not null),
  add constraint memberships_plans_are_named check ((intent is not distinct from 'change_plan') = (intent_offer_id is not null));

-- A client has one membership with a coach. Two forms at once: the second finds the first here.
create unique index memberships_one_live_per_client_and_coach
  on public.memberships (client_id, coach_id) where status <> 'ended';

-- And tries it once, whatever becomes of it.
create unique index memberships_one_trial_per_client_and_coach
  on public.memberships (client_id, coach_id) where trial_days > 0;

-- What the job that asks Stripe again looks for.
create index memberships_unconfirmed_idx on public.memberships (intended_at) where intent is not null;
create index memberships_period_idx on public.memberships (period_ends_at) where status <> 'ended';

alter table public.membership_consents
  add constraint membership_consents_no_show_fee check (no_show_fee_cents >= 0),
  add constraint membership_consents_hash check (words_sha256 = encode(sha256(convert_to(words, 'UTF8')), 'hex'));

alter table public.memberships enable row level security;
alter table public.membership_consents enable row level security;
alter table private.stripe_prices enable row level security;

-- By column: Stripe's ids and the payment page are for functions.
grant select (
  id, client_id, coach_id, offer_id, status, trial_days, period_starts_at, period_ends_at, trial_ends_at, is_ending,
  ended_at, created_at
) on public.memberships to authenticated;
grant select on public.membership_consents to authenticated;

-- No writes: begin_membership and its siblings, and what Stripe says.

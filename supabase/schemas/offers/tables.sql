comment on table public.offers is 'One version of what a coach sells. What was bought never changes: a change adds a version.';

alter table public.offers
  add constraint offers_title_is_short check (char_length(title) between 3 and 80),
  add constraint offers_description_is_short check (char_length(description) <= 600),
  add constraint offers_duration check (duration_minutes between 15 and 240),
  add constraint offers_duration_step check (duration_minutes % 5 = 0),
  -- What a package costs is divided by its sessions: each of them costs what a session may.
  add constraint offers_price check (
    price_cents between 500 * coalesce(session_count, 1) and 500000 * coalesce(session_count, 1)
    or price_cents = 0 and kind = 'intro_call'
  ),
  add constraint offers_sessions_cost_the_same check (price_cents % session_count = 0),
  add constraint offers_session_count check (session_count between 2 and 52),
  add constraint offers_valid_months check (valid_months between 1 and 24),
  add constraint offers_packages_say_how_many check (
    (kind = 'package') = (session_count is not null) and (kind = 'package') = (valid_months is not null)
  ),
  -- Each part pays for whole sessions, and is due before their months are over.
  add constraint offers_instalments check (
    instalments is null or kind = 'package' and instalments between 2 and 12 and instalments <= valid_months
    and (session_count - coalesce(deposit_sessions, 0)) % greatest(instalments - num_nonnulls(deposit_sessions), 1) = 0
  ),
  add constraint offers_deposit check (
    deposit_sessions is null or instalments is not null and deposit_sessions between 1 and session_count - instalments + 1
  ),
  add constraint offers_seats check (seats between 2 and 50),
  add constraint offers_seats_of_groups check ((seats is null) = (kind <> 'group_session')),
  add constraint offers_membership_terms check (
    num_nulls(billing_interval, sessions_a_month, trial_days) = case kind when 'membership' then 0 else 3 end
  ),
  add constraint offers_sessions_a_month check (sessions_a_month between 1 and 20),
  add constraint offers_trial_days check (trial_days between 0 and 30),
  add constraint offers_currency check (currency = 'usd');

-- A lineage has one version on sale.
create unique index offers_one_open_per_lineage
  on public.offers (lineage_id) where archived_at is null;

-- A coach offers one free intro call: a client has one with each coach, whatever it is called.
create unique index offers_one_free_per_coach_and_kind
  on public.offers (coach_id, kind) where price_cents = 0 and archived_at is null;

alter table public.offers enable row level security;

grant select on public.offers to anon, authenticated;

-- No writes: make_offer, change_offer and archive_offer.

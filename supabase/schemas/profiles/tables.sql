comment on table public.profiles is 'A person: what the other party of a session may see of them. Contact data is in profile_contacts.';
comment on table public.profile_contacts is 'How to reach a person; kept in step with Clerk. Only they and our functions see it.';
comment on table public.credentials is 'Licences and NMLS ids. A person may hold several.';
comment on table public.states is 'Reference data: the states and territories that license agents.';

alter table public.profiles
  add constraint profiles_names_are_short check (char_length(first_name) <= 80 and char_length(last_name) <= 80),
  add constraint profiles_quiet_hours check ((quiet_from is null) = (quiet_until is null) and quiet_from <> quiet_until),
  add constraint profiles_company_is_short check (char_length(company) <= 120),
  add constraint profiles_onboarded_are_complete
    check (onboarded_at is null or deleted_at is not null or (kind is not null and first_name <> ''));

alter table public.profile_contacts
  add constraint profile_contacts_stop_has_a_reason check ((mail_stopped_at is null) = (mail_stopped_by is null));

alter table public.credentials
  add constraint credentials_licenses_have_a_state check ((kind = 'state_license') = (state is not null)),
  add constraint credentials_number_is_plausible check (number ~ '^[A-Za-z0-9 .-]{2,30}$'),
  add constraint credentials_nmls_is_numeric check (kind <> 'nmls' or number ~ '^[0-9]{3,12}$');

-- One entry per licence; a second save of the same form changes nothing.
create unique index credentials_one_per_number
  on public.credentials (profile_id, kind, coalesce(state, ''), number);

alter table public.profiles enable row level security;
alter table public.profile_contacts enable row level security;
alter table public.credentials enable row level security;
alter table public.states enable row level security;

-- By column: who someone is in Clerk is nobody's business but ours.
grant select (id, kind, first_name, last_name, home_state, company, time_zone, onboarded_at, created_at)
  on public.profiles to authenticated;
grant select on public.profile_contacts to authenticated;
grant select on public.credentials to authenticated;
grant select on public.states to anon, authenticated;

-- No writes: complete_profile, ensure_profile and apply_clerk_event are the only ways.

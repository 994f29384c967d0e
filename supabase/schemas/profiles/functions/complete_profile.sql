/*
 * A person says who they are. May be called again to change it. An agent gives a licence
 * number for their home state, a loan officer an NMLS id (permanent and numeric, whatever
 * the employer); a person who only coaches gives neither.
 *
 * Raises: UPSGN, UPNAM, UPSTA (unknown state), UPZON (not an IANA zone), UPLIC (licence
 * number), UPNML (NMLS id).
 * Security definer: nobody may write profiles.
 */
create function public.complete_profile(
  kind public.profile_kind,
  first_name text,
  last_name text,
  home_state text,
  company text,
  credential_number text,
  time_zone text
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_profile_id uuid := private.current_profile_id();
  v_number text := upper(trim(coalesce(complete_profile.credential_number, '')));
  v_state text := upper(complete_profile.home_state);
begin
  if v_profile_id is null then
    raise exception 'Sign in to continue.' using errcode = 'UPSGN';
  end if;
  if trim(complete_profile.first_name) = '' or trim(complete_profile.last_name) = ''
    or char_length(complete_profile.first_name) > 80 or char_length(complete_profile.last_name) > 80 then
    raise exception 'Enter your first and last name.' using errcode = 'UPNAM';
  end if;
  if not exists (select from public.states where states.code = v_state) then
    raise exception 'Choose the state you work in.' using errcode = 'UPSTA';
  end if;
  if not private.is_time_zone(complete_profile.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;
  if complete_profile.kind = 'realtor' and v_number !~ '^[A-Z0-9 .-]{2,30}$' then
    raise exception 'Enter your license number: letters, digits, dots and dashes.' using errcode = 'UPLIC';
  end if;
  if complete_profile.kind = 'loan_officer' and v_number !~ '^[0-9]{3,12}$' then
    raise exception 'Enter your NMLS id: digits only.' using errcode = 'UPNML';
  end if;

  update public.profiles
  set kind = complete_profile.kind,
      first_name = trim(complete_profile.first_name),
      last_name = trim(complete_profile.last_name),
      home_state = v_state,
      company = left(trim(coalesce(complete_profile.company, '')), 120),
      time_zone = complete_profile.time_zone,
      onboarded_at = coalesce(onboarded_at, now())
  where profiles.id = v_profile_id;

  if complete_profile.kind <> 'coach' then
    insert into public.credentials (profile_id, kind, state, number)
    values (
      v_profile_id,
      case complete_profile.kind when 'realtor' then 'state_license' else 'nmls' end::public.credential_kind,
      case complete_profile.kind when 'realtor' then v_state end,
      v_number
    )
    on conflict do nothing;
  end if;
end;
$$;

grant execute on function public.complete_profile(public.profile_kind, text, text, text, text, text, text)
  to authenticated;

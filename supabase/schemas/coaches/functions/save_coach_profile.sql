/*
 * Starts or changes the asker's practice. The slug comes from the name and stays once the
 * practice was approved: links to it are out in the world. Returns the coach's id.
 *
 * Raises: UPSGN, UPONB, OCSUS, OCHED (headline), OCBIO, OCSTA (states), OCSPE
 * (specialties), OCLAN (languages), OCYRS (years), UPZON.
 * Security definer: nobody may write coaches.
 */
create function public.save_coach_profile(
  headline text,
  bio text,
  states text[],
  specialties text[],
  languages text[],
  years_in_business integer,
  time_zone text
)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_profile public.profiles := private.require_profile();
  v_coach_id uuid;
  v_name text := trim(v_profile.first_name || ' ' || v_profile.last_name);
begin
  if char_length(trim(save_coach_profile.headline)) not between 10 and 120 then
    raise exception 'Write a headline of 10 to 120 characters.' using errcode = 'OCHED';
  end if;
  if char_length(trim(save_coach_profile.bio)) not between 80 and 4000 then
    raise exception 'Write a bio of 80 to 4,000 characters.' using errcode = 'OCBIO';
  end if;
  if not private.are_known_states(save_coach_profile.states) then
    raise exception 'Choose at least one state.' using errcode = 'OCSTA';
  end if;
  if not private.are_known_specialties(save_coach_profile.specialties) then
    raise exception 'Choose one to five specialties.' using errcode = 'OCSPE';
  end if;
  if not private.are_known_languages(save_coach_profile.languages) then
    raise exception 'Choose at least one language.' using errcode = 'OCLAN';
  end if;
  if save_coach_profile.years_in_business not between 0 and 70 then
    raise exception 'Enter your years in the business, from 0 to 70.' using errcode = 'OCYRS';
  end if;
  if not private.is_time_zone(save_coach_profile.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  insert into public.coaches (profile_id, slug, display_name, cancellation_policy_id)
  select v_profile.id, private.free_slug(v_name), v_name, cancellation_policies.id
  from public.cancellation_policies
  where cancellation_policies.is_default
  on conflict (profile_id) do nothing;

  v_coach_id := (private.require_coach()).id;

  update public.coaches
  set display_name = v_name,
      headline = trim(save_coach_profile.headline),
      bio = trim(save_coach_profile.bio),
      states = save_coach_profile.states,
      specialties = save_coach_profile.specialties,
      languages = save_coach_profile.languages,
      years_in_business = save_coach_profile.years_in_business,
      time_zone = save_coach_profile.time_zone,
      updated_at = now()
  where coaches.id = v_coach_id;

  insert into public.availability_settings (coach_id) values (v_coach_id) on conflict do nothing;

  return v_coach_id;
end;
$$;

grant execute on function public.save_coach_profile(text, text, text[], text[], text[], integer, text)
  to authenticated;

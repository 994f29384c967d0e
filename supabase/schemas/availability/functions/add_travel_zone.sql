/*
 * A coach says where they are for some days: on these dates their hours, overrides and times
 * away are wall time there. Booked sessions keep their instants. Raises: UPSGN, UPONB, OCNON,
 * OCSUS, UPZON (not an IANA zone), OATRP (ends before it starts or is over, is more than a
 * year ahead or longer, or shares a day with another trip).
 *
 * Security definer: nobody may write travel_zones.
 */
create function public.add_travel_zone(first_day date, last_day date, time_zone text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  if not private.is_time_zone(add_travel_zone.time_zone) then
    raise exception 'Choose a time zone from the list.' using errcode = 'UPZON';
  end if;
  if not private.is_coming_day(add_travel_zone.last_day, v_coach.time_zone) then
    raise exception 'Choose a last day from today on, at most a year ahead.' using errcode = 'OATRP';
  end if;

  insert into public.travel_zones (coach_id, first_day, last_day, time_zone)
  values (v_coach.id, add_travel_zone.first_day, add_travel_zone.last_day, add_travel_zone.time_zone);
exception
  when check_violation or not_null_violation then
    raise exception 'A trip must end on the day it starts or later.' using errcode = 'OATRP';
  when exclusion_violation then
    raise exception 'You are on another trip on one of these days. Remove that one first.' using errcode = 'OATRP';
end;
$$;

grant execute on function public.add_travel_zone(date, date, text) to authenticated;

/*
 * A coach stays at home after all. One that is gone already, or somebody else's, is nothing
 * to do. Raises: UPSGN, UPONB, OCNON, OCSUS.
 *
 * Security definer: nobody may write travel_zones.
 */
create function public.remove_travel_zone(travel_zone_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  delete from public.travel_zones
  where travel_zones.id = remove_travel_zone.travel_zone_id and travel_zones.coach_id = v_coach.id;
end;
$$;

grant execute on function public.remove_travel_zone(uuid) to authenticated;

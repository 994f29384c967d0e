/*
 * A coach schedules a date of a group session: a day and a wall time in the zone in which they
 * are then. Its length and its seats are the offer's, as it is now. The coach's own hours, notice
 * and limits are not asked: it is they who choose. Returns the date's id.
 * Raises: UPSGN, UPONB, OCNON, OCSUS, OFGON (no group session of theirs on sale), OGDAY (past, or
 * more than a year ahead), OGMNY (50 to come), OGCLH (something else is at this time).
 *
 * Security definer: nobody may write dates.
 */
create function public.schedule_date(offer_id uuid, day date, starts_at time)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: nobody is booking meanwhile.
  v_offer public.offers;
  v_during tstzrange;
  v_date_id uuid;
begin
  select * into v_offer
  from public.offers
  where offers.id = schedule_date.offer_id
    and offers.coach_id = v_coach.id
    and offers.kind = 'group_session'
    and offers.archived_at is null;

  if not found then
    raise exception 'This session is no longer offered.' using errcode = 'OFGON';
  end if;

  v_during := private.date_span(v_coach, v_offer, schedule_date.day, schedule_date.starts_at);

  if (
    select count(*) from public.group_dates
    where group_dates.coach_id = v_coach.id
      and group_dates.called_off_at is null
      and group_dates.starts_at > now()
  ) >= 50 then
    raise exception 'You have 50 dates to come. Hold or call off one of them first.' using errcode = 'OGMNY';
  end if;

  perform private.expire_lapsed_holds(v_coach.id, v_during);

  begin
    insert into public.group_dates (offer_id, coach_id, starts_at, ends_at, seats)
    values (v_offer.id, v_coach.id, lower(v_during), upper(v_during), v_offer.seats)
    returning group_dates.id into v_date_id;
  exception when exclusion_violation then
    raise exception 'You have something else in your calendar at this time. Choose another one.' using errcode = 'OGCLH';
  end;

  return v_date_id;
end;
$$;

grant execute on function public.schedule_date(uuid, date, time) to authenticated;

/* From when to when a date lasts that begins at this wall time. Raises: OGDAY. */
create function private.date_span(coach public.coaches, offer public.offers, day date, starts_at time)
returns tstzrange
language plpgsql
stable
set search_path = ''
as $$
declare
  v_starts_at timestamptz := (date_span.day + date_span.starts_at)
    at time zone private.zone_on((date_span.coach).id, date_span.day);
begin
  if v_starts_at is null or v_starts_at not between now() and now() + interval '366 days' then
    raise exception 'Choose a time that is still to come, at most a year ahead.' using errcode = 'OGDAY';
  end if;

  return tstzrange(v_starts_at, v_starts_at + make_interval(mins => (date_span.offer).duration_minutes));
end;
$$;

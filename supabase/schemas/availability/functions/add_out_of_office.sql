/*
 * A coach says when they are away: from a time on one date to a time on another, in the zone
 * in which they are then, 24:00 for midnight at the end. `note` is read by clients. Booked
 * sessions stay. Raises: UPSGN, UPONB, OCNON, OCSUS, OAOFF (ends before it starts or is over,
 * begins more than a year ahead or lasts longer), OANOT (a note over 200 characters), OAMNY
 * (50 are planned already).
 *
 * Security definer: nobody may write out_of_office.
 */
create function public.add_out_of_office(first_day date, starts_at time, last_day date, ends_at time, note text default '')
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
  if char_length(trim(add_out_of_office.note)) > 200 then
    raise exception 'Say it in at most 200 characters.' using errcode = 'OANOT';
  end if;
  if not private.is_coming_day(add_out_of_office.last_day, v_coach.time_zone)
    or not private.is_coming_day(greatest(add_out_of_office.first_day, now()::date), v_coach.time_zone) then
    raise exception 'Choose an end from today on, at most a year ahead.' using errcode = 'OAOFF';
  end if;
  -- Two forms sent at once would both see room for one more.
  perform from public.availability_settings where availability_settings.coach_id = v_coach.id for no key update;
  if (
    select count(*) from public.out_of_office
    where out_of_office.coach_id = v_coach.id and out_of_office.last_day >= now()::date - 1
  ) >= 50 then
    raise exception 'You have planned 50 of these already. Remove one first.' using errcode = 'OAMNY';
  end if;

  insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at, note)
  values (
    v_coach.id, add_out_of_office.first_day, add_out_of_office.starts_at,
    add_out_of_office.last_day, add_out_of_office.ends_at, trim(add_out_of_office.note)
  );
exception
  when check_violation or not_null_violation then
    raise exception 'Being away must end after it starts, within a year.' using errcode = 'OAOFF';
end;
$$;

grant execute on function public.add_out_of_office(date, time, date, time, text) to authenticated;

/*
 * A coach is not away after all. One that is gone already, or somebody else's, is nothing to
 * do. Raises: UPSGN, UPONB, OCNON, OCSUS.
 *
 * Security definer: nobody may write out_of_office.
 */
create function public.remove_out_of_office(out_of_office_id uuid)
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
  delete from public.out_of_office
  where out_of_office.id = remove_out_of_office.out_of_office_id and out_of_office.coach_id = v_coach.id;
end;
$$;

grant execute on function public.remove_out_of_office(uuid) to authenticated;

/*
 * What a listed coach says to clients about being away between two instants (at most 62
 * days): from when to when, and the note. In order.
 *
 * Security definer: clients read these few facts, and not the coach's calendar.
 */
create function public.out_of_office_notes(coach_id uuid, from_at timestamptz, to_at timestamptz)
returns table (starts_at timestamptz, ends_at timestamptz, note text)
language sql
stable
security definer
set search_path = ''
as $$
  select away.starts_at, away.ends_at, away.note
  from public.coaches
  cross join lateral private.away_spans(coaches.id) as away
  where coaches.id = out_of_office_notes.coach_id
    and coaches.status = 'approved'
    and away.ends_at > greatest(out_of_office_notes.from_at, now())
    and away.starts_at < least(out_of_office_notes.to_at, out_of_office_notes.from_at + interval '62 days')
  order by away.starts_at;
$$;

grant execute on function public.out_of_office_notes(uuid, timestamptz, timestamptz) to anon, authenticated;

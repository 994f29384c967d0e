/*
 * Notes that a coach's calendar has changed. A row of its own each time, never one that is
 * shared: a booking's transaction waits for nobody here, and takes no lock that could deadlock
 * with another's.
 *
 * Security definer: the notes are nobody's to write.
 */
create function private.tg_calendar__note_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  insert into private.calendar_changes (coach_id)
  select coaches.id
  from public.coaches
  -- None when the coach is being deleted with all that is theirs.
  where coaches.id = case tg_op when 'DELETE' then old.coach_id else new.coach_id end;
  return null;
end;
$$;

/*
 * The same for the practice itself.
 *
 * Security definer: the notes are nobody's to write.
 */
create function private.tg_coaches__note_calendar_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  insert into private.calendar_changes (coach_id) values (new.id);
  return null;
end;
$$;

/*
 * Whether a party may object to what was decided: the one who is said to have been missing, the
 * client to a session that is said to have been held and is charged, or either when nothing could be told; in time, before anybody has, and before an admin settled it.
 */
create function private.may_object(decision public.attendance_decisions, party public.booking_actor)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (may_object.decision).objected_at is null
    and (may_object.decision).settled_at is null
    and now() < (may_object.decision).objection_ends_at
    and private.is_concerned((may_object.decision).outcome, may_object.party);
$$;

/* Whether what was decided costs a party something, or could cost either because it is unknown. */
create function private.is_concerned(outcome public.attendance_outcome, party public.booking_actor)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select case is_concerned.outcome
    when 'client_missing' then is_concerned.party = 'client'
    when 'coach_missing' then is_concerned.party = 'coach'
    when 'held' then is_concerned.party = 'client'
    when 'unknown' then is_concerned.party in ('client', 'coach')
    else false
  end;
$$;

/*
 * A party says that it was otherwise. No money moves until an admin has settled it; both are told.
 * Raises: OBNFD (not a party), MTNDC (nothing was decided), MTNOB (not theirs to object to), MTTWO
 * (an objection is being looked at), MTLAT (the time for it is over), MTWRD (too few or too many
 * words).
 *
 * Security definer: nobody may update decisions.
 */
create function public.object_to_attendance(booking_id uuid, words text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(object_to_attendance.booking_id);
  v_party public.booking_actor := private.booking_party(v_booking);
  v_decision public.attendance_decisions;
begin
  if v_party is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  select * into v_decision
  from public.attendance_decisions
  where attendance_decisions.booking_id = v_booking.id
  for update;

  if not found then
    raise exception 'Nothing has been decided about this session yet.' using errcode = 'MTNDC';
  elsif not private.is_concerned(v_decision.outcome, v_party) then
    raise exception 'Only whom the decision costs something can object to it.' using errcode = 'MTNOB';
  elsif v_decision.objected_at is not null and v_decision.settled_at is null then
    raise exception 'An objection has been made already. We are looking at it.' using errcode = 'MTTWO';
  elsif not private.may_object(v_decision, v_party) then
    raise exception 'The time to object is over.' using errcode = 'MTLAT';
  elsif char_length(trim(object_to_attendance.words)) not between 10 and 2000 then
    raise exception 'Say what happened, in 10 to 2,000 characters.' using errcode = 'MTWRD';
  end if;

  update public.attendance_decisions
  set objected_at = now(), objected_by = v_party, objection = trim(object_to_attendance.words)
  where attendance_decisions.booking_id = v_booking.id;

  perform private.notify_parties(v_booking.id, 'attendance_objected');
end;
$$;

grant execute on function public.object_to_attendance(uuid, text) to authenticated;

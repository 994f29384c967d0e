SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.is_concerned (
  outcome public.attendance_outcome,
  party   public.booking_actor
)
  RETURNS boolean
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case is_concerned.outcome
    when 'client_missing' then is_concerned.party = 'client'
    when 'coach_missing' then is_concerned.party = 'coach'
    when 'held' then is_concerned.party = 'client'
    when 'unknown' then is_concerned.party in ('client', 'coach')
    else false
  end;
$function$;

CREATE OR REPLACE FUNCTION public.object_to_attendance (
  booking_id uuid,
  words      text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
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
$function$;

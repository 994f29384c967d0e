/*
 * The one way a booking changes its status: from one of `expected` to `target`, noting who
 * did it. Returns false, and changes nothing, when its status is another by now: whoever
 * was first has won. Raises OBMOV when the state machine (private.booking_transitions) does
 * not know this change, or not by this actor: that is a mistake of the caller.
 */
create function private.move_booking(
  booking_id uuid,
  expected public.booking_status[],
  target public.booking_status,
  actor public.booking_actor,
  detail jsonb default '{}'
)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_before public.booking_status;
begin
  select bookings.status into v_before
  from public.bookings
  where bookings.id = move_booking.booking_id
  for update;

  if not (v_before = any (move_booking.expected)) then
    return false;
  end if;

  perform private.require_transition(v_before, move_booking.target, move_booking.actor);

  update public.bookings
  set status = move_booking.target,
      hold_expires_at = case when move_booking.target = 'held' then hold_expires_at end,
      confirmed_at = case when move_booking.target = 'confirmed' then now() else confirmed_at end,
      completed_at = case when move_booking.target = 'completed' then now() else completed_at end,
      sequence = bookings.sequence + (move_booking.target = 'cancelled')::integer,
      cancelled_at = case when move_booking.target = 'cancelled' then now() end,
      cancelled_by = case when move_booking.target = 'cancelled' then move_booking.actor end,
      cancel_reason = case when move_booking.target in ('cancelled', 'declined') then move_booking.detail ->> 'reason' end
  where bookings.id = move_booking.booking_id;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    move_booking.booking_id,
    move_booking.actor,
    case when move_booking.actor in ('client', 'coach') then private.current_profile_id() end,
    v_before,
    move_booking.target,
    move_booking.detail
  );

  return true;
end;
$$;

/* Raises OBMOV when the state machine does not know this change, or not by this actor. */
create function private.require_transition(
  before public.booking_status,
  after public.booking_status,
  actor public.booking_actor
)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (
    select from private.booking_transitions
    where booking_transitions.before = require_transition.before
      and booking_transitions.after = require_transition.after
      and require_transition.actor = any (booking_transitions.actors)
  ) then
    raise exception 'A booking that is % cannot be made % by the %.',
      require_transition.before, require_transition.after, require_transition.actor using errcode = 'OBMOV';
  end if;
end;
$$;

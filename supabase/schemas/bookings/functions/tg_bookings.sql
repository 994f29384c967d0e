/*
 * Whoever changes a booking's status, a function or an admin in the table editor, keeps to
 * the state machine (private.booking_transitions). Raises: OBMOV.
 *
 * Security definer: the state machine is not granted to anyone.
 */
create function private.tg_bookings__keep_to_transitions()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not exists (
    select from private.booking_transitions
    where booking_transitions.before = old.status
      and booking_transitions.after = new.status
  ) then
    raise exception 'A booking that is % cannot become %.', old.status, new.status using errcode = 'OBMOV';
  end if;

  return new;
end;
$$;

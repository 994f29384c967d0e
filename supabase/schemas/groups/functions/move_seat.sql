/*
 * Moves a seat to another date of the same group session. Order and payment stay. The caller has
 * locked the order and then the booking, and has asked move_refusal.
 * Raises: OBTIM (no such date, or the one it is at), OGTWO, OGOVR, OGFUL.
 */
create function private.move_seat(
  booking public.bookings,
  actor public.booking_actor,
  starts_at timestamptz,
  reason text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_date public.group_dates;
begin
  select * into v_date
  from private.other_dates(move_seat.booking) as dates
  where dates.starts_at = move_seat.starts_at;

  if not found then
    raise exception 'A seat moves to another date of the same session. Choose one of them.' using errcode = 'OBTIM';
  end if;

  -- Both dates, in one order: two seats that change places would each wait for the other.
  perform from public.group_dates
  where group_dates.id in ((move_seat.booking).group_date_id, v_date.id)
  order by group_dates.id
  for update;

  perform private.expire_lapsed_holds(v_date.coach_id, v_date.during);
  perform private.require_no_seat(v_date.id, (move_seat.booking).client_id);
  perform private.write_move(move_seat.booking, move_seat.actor, v_date.starts_at, move_seat.reason, v_date.id);

  perform private.plan_meeting(v_date.id);
  perform private.leave_meeting(move_seat.booking);
end;
$$;

/* The dates to come of the session that a seat is at, other than its own, whether full or not. */
create function private.other_dates(booking public.bookings)
returns setof public.group_dates
language sql
stable
set search_path = ''
as $$
  select group_dates.*
  from public.offers as sold
  join public.offers as version on version.lineage_id = sold.lineage_id
  join public.group_dates on group_dates.offer_id = version.id
  where sold.id = (other_dates.booking).offer_id
    and group_dates.id <> (other_dates.booking).group_date_id
    and group_dates.called_off_at is null
    and group_dates.starts_at > now();
$$;

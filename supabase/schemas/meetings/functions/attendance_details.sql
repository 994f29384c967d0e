/*
 * What was decided about who came to a session, for its two parties, and whether the asker may
 * object. No row for anyone else, and before anything is decided.
 *
 * Security definer: who the asker is in it is asked of functions that are not granted.
 */
create function public.attendance_details(booking_id uuid)
returns table (
  outcome public.attendance_outcome,
  sentence text,
  objection_ends_at timestamptz,
  objected_by public.booking_actor,
  objection text,
  objected_at timestamptz,
  settled_outcome public.attendance_outcome,
  settled_reason text,
  settled_at timestamptz,
  may_object boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select decisions.outcome, decisions.sentence, decisions.objection_ends_at,
    decisions.objected_by, decisions.objection, decisions.objected_at,
    decisions.settled_outcome, decisions.settled_reason, decisions.settled_at,
    private.may_object(decisions, private.booking_party(bookings))
  from public.bookings
  join public.attendance_decisions as decisions on decisions.booking_id = bookings.id
  where bookings.id = attendance_details.booking_id
    and private.booking_party(bookings) is not null;
$$;

grant execute on function public.attendance_details(uuid) to authenticated;

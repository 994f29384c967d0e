-- Sessions about whose attendance somebody objects, the oldest first: what was decided, on what, and
-- what they say. After looking into it: settle_attendance.sql.
select decisions.booking_id, decisions.objected_at, decisions.objected_by, decisions.objection,
  decisions.outcome, decisions.sentence, decisions.evidence, bookings.starts_at, coaches.display_name as coach
from public.attendance_decisions as decisions
join public.bookings on bookings.id = decisions.booking_id
join public.coaches on coaches.id = bookings.coach_id
where decisions.objected_at is not null
  and decisions.settled_at is null
order by decisions.objected_at;

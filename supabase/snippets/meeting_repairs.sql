-- What the hourly and nightly sweeps found to differ between Zoom and us, and have mended, in the
-- last 30 days. A few are normal (somebody cleans up in Zoom); many of a kind have a cause.
select meeting_repairs.found_at, meeting_repairs.kind, meeting_repairs.host_id, meeting_repairs.zoom_meeting_id,
  meeting_repairs.booking_id, bookings.starts_at, coaches.display_name as coach
from private.meeting_repairs
left join public.bookings on bookings.id = meeting_repairs.booking_id
left join public.coaches on coaches.id = bookings.coach_id
where meeting_repairs.found_at > now() - interval '30 days'
order by meeting_repairs.id desc
limit 200;

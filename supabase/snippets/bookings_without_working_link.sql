-- Confirmed sessions of the next two days that nobody could join: no meeting, none made yet, or
-- one at another time. Must be empty; `last_error` says what stands in the way.
select bookings.id as booking_id, bookings.starts_at, coaches.display_name as coach, meetings.status as meeting, meetings.host_id,
  meetings.starts_at as meeting_starts_at, outbox.attempts, outbox.last_error
from public.bookings
join public.coaches on coaches.id = bookings.coach_id
left join public.meetings on meetings.booking_id = bookings.id and meetings.status <> 'cancelled'
left join private.outbox on outbox.dedupe_key = 'zoom.create_meeting:' || meetings.id
where bookings.status = 'confirmed'
  and bookings.ends_at > now()
  and bookings.starts_at < now() + interval '2 days'
  and (
    meetings.status is distinct from 'ready'
    or (meetings.starts_at, meetings.ends_at) <> (bookings.starts_at, bookings.ends_at)
  )
order by bookings.starts_at;

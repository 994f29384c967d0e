/* The clients of sessions that ended so long ago as a rule says and can be reviewed by them. */
create function private.due_session_ends(rule public.notification_rules)
returns table (recipient_id uuid, subject_id uuid, booking_id uuid, version integer)
language sql
stable
set search_path = ''
as $$
  select bookings.client_id, bookings.id, bookings.id, 1
  from private.due_moments(due_session_ends.rule) as due
  join public.bookings
    on bookings.status = 'completed'
    and bookings.ends_at > due.after_at
    and bookings.ends_at <= due.until_at
  where private.is_reviewable(bookings, 'client');
$$;

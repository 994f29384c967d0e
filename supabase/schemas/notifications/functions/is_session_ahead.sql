/*
 * Whether the session that a reminder is of is confirmed and ahead, at the time it had when the reminder
 * became due (its version). Of a date of a group session: whether anybody still has a seat at it.
 */
create function private.is_session_ahead(notification public.notifications)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.bookings
    where bookings.id = (is_session_ahead.notification).subject_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
      and bookings.sequence + 1 = (is_session_ahead.notification).version
  ) or exists (
    select from public.bookings
    where bookings.group_date_id = (is_session_ahead.notification).subject_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
  );
$$;

/* The clients whose last session with a coach ended so long ago as a rule says, with none to follow. */
create function private.due_no_next_session(rule public.notification_rules)
returns table (recipient_id uuid, subject_id uuid, booking_id uuid, version integer)
language sql
stable
set search_path = ''
as $$
  select bookings.client_id, bookings.id, bookings.id, 1
  from private.due_moments(due_no_next_session.rule) as due
  join public.bookings
    on bookings.status = 'completed'
    and bookings.ends_at > due.after_at
    and bookings.ends_at <= due.until_at
  where private.is_next_missing(bookings);
$$;

/*
 * Whether a session is the last of its client and coach, with none held, asked for or confirmed after it,
 * and the two can still meet: both have their accounts, the practice takes clients, and neither has blocked the
 * other, nor an admin closed their thread.
 */
create function private.is_next_missing(booking public.bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_next_missing.booking).status = 'completed'
    and exists (
      select from public.coaches
      join public.profiles as client on client.id = (is_next_missing.booking).client_id and client.deleted_at is null
      where coaches.id = (is_next_missing.booking).coach_id and coaches.status = 'approved'
    )
    and not exists (
      select from public.conversations
      where conversations.client_id = (is_next_missing.booking).client_id
        and conversations.coach_id = (is_next_missing.booking).coach_id
        and (conversations.closed_at is not null or private.is_blocked(conversations))
    )
    and not exists (
      select from public.bookings as other
      where other.client_id = (is_next_missing.booking).client_id
        and other.coach_id = (is_next_missing.booking).coach_id
        and other.starts_at > (is_next_missing.booking).starts_at
        and private.shown_status(other) in ('held', 'requested', 'confirmed', 'completed')
    );
$$;

/*
 * The parties of confirmed sessions whose start has the distance of a rule. One whose moment was before
 * the booking was confirmed, or moved, is left out: they have just been told. A session that was moved is
 * told of anew: the version is the booking's sequence and one. Of a date of a group session the coach is
 * told once.
 */
create function private.due_session_starts(rule public.notification_rules)
returns table (recipient_id uuid, subject_id uuid, booking_id uuid, version integer)
language sql
stable
set search_path = ''
as $$
  select case (due_session_starts.rule).recipient when 'coach' then coaches.profile_id else bookings.client_id end,
    case (due_session_starts.rule).recipient when 'coach' then bookings.occasion_id else bookings.id end,
    bookings.id,
    case when (due_session_starts.rule).recipient = 'coach' and bookings.group_date_id is not null then 1 else bookings.sequence + 1 end
  from private.due_moments(due_session_starts.rule) as due
  join public.bookings
    on bookings.status = 'confirmed'
    and bookings.starts_at > due.after_at
    and bookings.starts_at <= due.until_at
    and bookings.starts_at > now()
    and greatest(bookings.confirmed_at, bookings.moved_at)
      <= bookings.starts_at + make_interval(mins => (due_session_starts.rule).offset_minutes)
  join public.coaches on coaches.id = bookings.coach_id;
$$;

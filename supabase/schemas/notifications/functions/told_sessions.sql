/*
 * The sessions that a notification is about: its booking, and of a series those to which the same
 * happened at the same time and of which it still holds. What was confirmed, moved or called off
 * together has one moment for it, which is that of the notification. Of a date of a group session it is
 * one of the seats that are taken now, whichever seat it was written for.
 */
create function private.told_sessions(notification public.notifications)
returns setof public.bookings
language sql
stable
set search_path = ''
as $$
  select sibling.*
  from public.bookings as subject
  join public.bookings as sibling on sibling.order_id = subject.order_id
  where subject.id = coalesce(
      (
        select seat.id
        from public.bookings as seat
        where seat.group_date_id = (told_sessions.notification).subject_id and seat.status = 'confirmed'
        order by seat.created_at, seat.id
        limit 1
      ),
      (told_sessions.notification).booking_id
    )
    and case
      when (told_sessions.notification).kind = 'booking_confirmed'
        then sibling.status in ('confirmed', 'completed') and sibling.confirmed_at = subject.confirmed_at
      when (told_sessions.notification).kind = 'booking_moved'
        then sibling.status = 'confirmed' and case sibling.id
          when subject.id then (told_sessions.notification).version = sibling.sequence + 1
          else sibling.moved_at = (told_sessions.notification).created_at
        end
      when (told_sessions.notification).kind = 'booking_cancelled'
        then sibling.status = 'cancelled' and sibling.cancelled_at = subject.cancelled_at
      when (told_sessions.notification).kind = 'payment_returned'
        or (told_sessions.notification).kind like 'request\_%'
        then sibling.status = subject.status and sibling.created_at = subject.created_at
      else sibling.id = subject.id
    end;
$$;

/*
 * Reminds both parties of confirmed sessions, at each lead that notification_kinds has.
 * Run by cron. Due reminders are derived from bookings every time, never planned ahead, so
 * there is none to take back when a session is cancelled. One that would come more than
 * half its lead late is left out, and so is one whose moment was before the booking was
 * confirmed, or moved. A session that was moved is reminded of anew: a reminder's version is
 * the booking's sequence and one. Of a date of a group session the coach is reminded once, by
 * one of its seats. That it still holds is asked again when the mail leaves.
 */
create function private.send_reminders()
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(
    party.profile_id, notification_kinds.kind, party.subject_id, bookings.id, bookings.sequence + 1
  )
  from private.reminder_leads() as notification_kinds
  join public.bookings
    on bookings.status = 'confirmed'
    and bookings.starts_at > now() + notification_kinds.lead / 2
    and bookings.starts_at <= now() + notification_kinds.lead
    and greatest(bookings.confirmed_at, bookings.moved_at) <= bookings.starts_at - notification_kinds.lead
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (
    values (bookings.client_id, bookings.id), (coaches.profile_id, bookings.occasion_id)
  ) as party (profile_id, subject_id)
  where not exists (
    select from public.notifications
    where notifications.subject_id = party.subject_id
      and notifications.recipient_id = party.profile_id
      and notifications.kind = notification_kinds.kind
      and (notifications.version = bookings.sequence + 1 or party.subject_id = bookings.group_date_id)
  );
$$;

/* The reminders of sessions that are switched on and how long before the start they are due. */
create function private.reminder_leads()
returns table (kind text, lead interval)
language sql
stable
set search_path = ''
as $$
  select notification_kinds.kind, make_interval(mins => notification_kinds.minutes_before_start)
  from public.notification_kinds
  where notification_kinds.kind like 'reminder\_%'
    and notification_kinds.minutes_before_start is not null
    and notification_kinds.is_enabled;
$$;

/* Whether a time that opened is still free, and its client still waits for one. */
create function private.is_still_open(opening_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(bool_or(
    private.watch_until(slot_watches) > slot_openings.starts_at
    and private.is_free(
      private.watched_offer(slot_watches), slot_openings.starts_at, array_remove(array[slot_watches.booking_id], null)
    )
  ), false)
  from private.slot_openings
  join public.slot_watches on slot_watches.id = slot_openings.watch_id
  where slot_openings.id = is_still_open.opening_id;
$$;

/*
 * What the mail about a time that opened says, as an object to add to mail_work's; null for
 * every other notification.
 */
create function private.mail_opening(notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('opening', jsonb_build_object(
    'starts_at', slot_openings.starts_at,
    'ends_at', slot_openings.starts_at + make_interval(mins => offer.duration_minutes),
    'time_zone', slot_watches.time_zone,
    'booking_id', slot_watches.booking_id,
    'offer_id', offer.id,
    'offer_title', offer.title,
    'coach_name', coaches.display_name,
    'coach_slug', coaches.slug
  ))
  from private.slot_openings
  join public.slot_watches on slot_watches.id = slot_openings.watch_id
  join public.coaches on coaches.id = slot_openings.coach_id
  cross join lateral private.watched_offer(slot_watches) as offer
  where (mail_opening.notification).kind = 'slot_opened'
    and slot_openings.id = (mail_opening.notification).subject_id;
$$;

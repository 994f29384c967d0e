/*
 * Asks the parties of a session that is over for a review: only who may write one, and the coach of a group
 * session of none of its seats, or they would be asked by each. `version` is 2 when they are asked again, since the
 * session had been taken for missed; of whom the first still waits to be sent is not.
 */
create function private.invite_to_review(booking_id uuid, version integer default 1)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(party.profile_id, 'review_invitation', bookings.id, bookings.id, invite_to_review.version)
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (
    values (bookings.client_id, 'client'::public.booking_actor), (coaches.profile_id, 'coach')
  ) as party (profile_id, actor)
  where bookings.id = invite_to_review.booking_id
    and private.is_reviewable(bookings, party.actor)
    and (party.actor = 'client' or bookings.group_date_id is null)
    and not exists (
      select from public.notifications
      where notifications.recipient_id = party.profile_id
        and notifications.kind = 'review_invitation'
        and notifications.subject_id = bookings.id
        and notifications.sent_at is null
        and notifications.skipped_at is null
    );
$$;

/*
 * Asks the parties of a session that is over for a review: only who may write one, and the coach of a group
 * session of none of its seats, or they would be asked by each.
 */
create function private.invite_to_review(booking_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(party.profile_id, 'review_invitation', bookings.id, bookings.id)
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (
    values (bookings.client_id, 'client'::public.booking_actor), (coaches.profile_id, 'coach')
  ) as party (profile_id, actor)
  where bookings.id = invite_to_review.booking_id
    and private.is_reviewable(bookings, party.actor)
    and (party.actor = 'client' or bookings.group_date_id is null);
$$;

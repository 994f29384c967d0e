/*
 * As whom somebody is told of a booking, or of a subject that is an order or a conversation: 'coach' if
 * the practice is theirs, else 'client'. Somebody can be the coach of one and the client of another.
 */
create function private.party_of(recipient_id uuid, subject_id uuid, booking_id uuid)
returns public.notification_recipient
language sql
stable
set search_path = ''
as $$
  select (case when exists (
    select from public.coaches
    where coaches.profile_id = party_of.recipient_id
      and coaches.id = coalesce(
        (select bookings.coach_id from public.bookings where bookings.id = party_of.booking_id),
        (select orders.coach_id from public.orders where orders.id = party_of.subject_id),
        (select conversations.coach_id from public.conversations where conversations.id = party_of.subject_id)
      )
  ) then 'coach' else 'client' end)::public.notification_recipient;
$$;

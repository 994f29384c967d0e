/* Whether a party of this booking may review it now. */
create function private.is_reviewable(booking public.bookings, party public.booking_actor)
returns boolean
language sql
stable
set search_path = ''
as $$
  select is_reviewable.party in ('client', 'coach')
    and private.review_refusal(is_reviewable.booking, is_reviewable.party) is null;
$$;

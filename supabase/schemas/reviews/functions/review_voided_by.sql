/*
 * Why a review counts nowhere, whoever wrote it: 'removed' by an admin, its session was 'missed' (a no-show, once
 * decided), or 'given_back' (is_given_back). Null when it stands. Found anew each time, kept nowhere.
 */
create function private.review_voided_by(review public.reviews)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when (review_voided_by.review).removed_at is not null then 'removed'
    when bookings.status <> 'completed' then 'missed'
    when private.is_given_back(bookings) then 'given_back'
  end
  from public.bookings
  where bookings.id = (review_voided_by.review).booking_id;
$$;

/*
 * Money went back, or came back: a coach whose reviews that may concern is counted anew.
 *
 * Security definer: search rows are written by nobody else.
 */
create function private.tg_returns__refresh_reviews()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.refresh_listing(concerned.coach_id)
  from (
    select distinct reviews.coach_id
    from public.bookings
    join public.reviews on reviews.booking_id = bookings.id
    where bookings.order_id = case tg_op when 'DELETE' then old.order_id else new.order_id end
  ) as concerned;
  return null;
end;
$$;

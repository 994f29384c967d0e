/*
 * What only one of the two has written is shown once the other can't any more. Run by cron; at most 500 sessions
 * at a time, and one that somebody has locked waits for the next run. So does one of which it is still asked
 * whether it was missed: if it was held after all, the other can write, and is not to have read the first.
 */
create function private.publish_due_reviews()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    where bookings.id in (select reviews.booking_id from public.reviews where reviews.published_at is null)
      and private.review_ends_at(bookings) <= now()
      and not exists (
        select from public.attendance_decisions
        where attendance_decisions.booking_id = bookings.id
          and attendance_decisions.settled_at is null
          and private.status_of_outcome(attendance_decisions.outcome) <> 'completed'
      )
    limit 500
    for no key update skip locked
  loop
    perform private.publish_reviews(v_booking.id);
  end loop;
end;
$$;

/*
 * The client of a completed session says how it was, once, within the review window.
 * Returns the review's id. Two at once meet in reviews_one_per_author_and_booking.
 * Raises: UPSGN, UPONB, OBNFD (not their booking), RVFRE (a free intro call), RVEAR (not completed), RVLAT (the window
 * of platform_settings.review_window_days is over), RVRAT, RVBOD, RVTWO (there is one).
 *
 * Security definer: nobody may insert reviews.
 */
create function public.write_review(booking_id uuid, rating integer, body text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_author public.profiles := private.require_profile();
  v_booking public.bookings;
  v_review_id uuid;
begin
  select * into v_booking
  from public.bookings
  where bookings.id = write_review.booking_id
    and bookings.client_id = v_author.id;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;
  if v_booking.is_intro_call then
    raise exception 'A free intro call is not reviewed. A session that was paid for is.' using errcode = 'RVFRE';
  end if;
  if v_booking.status <> 'completed' then
    raise exception 'You can review a session once it is over.' using errcode = 'RVEAR';
  end if;
  if v_booking.ends_at + make_interval(days => (private.settings()).review_window_days) <= now() then
    raise exception 'The time to review this session is over.' using errcode = 'RVLAT';
  end if;
  if write_review.rating is null or write_review.rating not between 1 and 5 then
    raise exception 'Choose one to five stars.' using errcode = 'RVRAT';
  end if;
  if char_length(trim(write_review.body)) not between 20 and 2000 then
    raise exception 'Write 20 to 2,000 characters about the session.' using errcode = 'RVBOD';
  end if;

  insert into public.reviews (booking_id, coach_id, author_id, author_name, rating, body)
  values (
    v_booking.id, v_booking.coach_id, v_author.id,
    v_author.first_name || ' ' || left(v_author.last_name, 1) || '.',
    write_review.rating, trim(write_review.body)
  )
  on conflict (booking_id, author_id) do nothing
  returning reviews.id into v_review_id;

  if v_review_id is null then
    raise exception 'You have reviewed this session already.' using errcode = 'RVTWO';
  end if;

  perform private.notify(coaches.profile_id, 'review_received', v_review_id, v_booking.id)
  from public.coaches
  where coaches.id = v_booking.coach_id;

  return v_review_id;
end;
$$;

grant execute on function public.write_review(uuid, integer, text) to authenticated;

/*
 * Why a party may not review a session now, as a code, or null when they may: RVFRE (a free intro call), RVEAR
 * (not completed), RVREF (what it cost went back), RVLAT (the window of platform_settings.review_window_days after
 * the session is over), RVTWO (they have), RVMON (they wrote about the same person within review_pause_days).
 * Who is invited, which pages offer it and what is refused all ask here.
 */
create function private.review_refusal(booking public.bookings, party public.booking_actor)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when (review_refusal.booking).is_intro_call then 'RVFRE'
    when (review_refusal.booking).status <> 'completed' then 'RVEAR'
    when private.review_ends_at(review_refusal.booking) <= now() then 'RVLAT'
    when exists (
      select from public.reviews
      where reviews.booking_id = (review_refusal.booking).id and reviews.author_party = review_refusal.party
    ) then 'RVTWO'
    when exists (
      select from public.reviews
      where reviews.client_id = (review_refusal.booking).client_id
        and reviews.coach_id = (review_refusal.booking).coach_id
        and reviews.author_party = review_refusal.party
        and reviews.created_at > now() - make_interval(days => (private.settings()).review_pause_days)
    ) then 'RVMON'
    when private.is_given_back(review_refusal.booking) then 'RVREF'
  end;
$$;

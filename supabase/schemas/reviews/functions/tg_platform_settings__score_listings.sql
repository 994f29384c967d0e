/* Scores follow the settings, whoever changes them: the nightly job, or an admin in Studio. */
create function private.tg_platform_settings__score_listings()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.coach_listings
  set rating_score = scored.score
  from (
    select listing.coach_id, round(private.rating_score(listing.rating_total, listing.review_count), 4) as score
    from public.coach_listings as listing
  ) as scored
  where scored.coach_id = coach_listings.coach_id
    and scored.score <> coach_listings.rating_score;
  return null;
end;
$$;

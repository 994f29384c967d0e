create trigger reviews__refresh_listing
  after insert or update or delete on public.reviews
  for each row execute function private.tg_coach_facts__refresh_listing();

-- What was paid for a session decides whether its review counts.
create trigger refunds__refresh_reviews
  after insert or update of status or delete on public.refunds
  for each row execute function private.tg_returns__refresh_reviews();

create trigger disputes__refresh_reviews
  after insert or update of lost_cents or delete on public.disputes
  for each row execute function private.tg_returns__refresh_reviews();

create trigger platform_settings__score_listings
  after update of rating_prior_average, rating_prior_weight on private.platform_settings
  for each row
  when ((new.rating_prior_average, new.rating_prior_weight) is distinct from (old.rating_prior_average, old.rating_prior_weight))
  execute function private.tg_platform_settings__score_listings();

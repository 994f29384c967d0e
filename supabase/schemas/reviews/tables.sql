comment on table public.reviews is 'What a client says of a completed session, once. Ratings are recounted from here.';

alter table public.reviews
  add constraint reviews_rating check (rating between 1 and 5),
  add constraint reviews_body_length check (char_length(body) between 20 and 2000);

alter table public.reviews enable row level security;

-- By column: reviews are public, who wrote them for which session is not.
grant select (id, coach_id, author_name, rating, body, created_at) on public.reviews to anon, authenticated;

-- No writes: write_review. No delete: a review is removed by admins only, with a reason.

/*
 * A person left: their name goes from the reviews they wrote, and with them what they told only us. Reviews and
 * replies stay as they were written, and count: they are the other party's too. Their `names` go from what others
 * told only us of them.
 */
create function private.forget_reviews(profile_id uuid, names text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  update public.reviews
  set author_name = case reviews.author_party when 'client' then 'A former member' else 'A former coach' end
  where reviews.author_id = forget_reviews.profile_id;

  delete from private.review_notes
  using public.reviews
  where reviews.id = review_notes.review_id and reviews.author_id = forget_reviews.profile_id;

  update private.review_notes
  set note = left(private.without_names(review_notes.note, forget_reviews.names), 2000)
  from public.reviews
  where reviews.id = review_notes.review_id and private.review_subject(reviews) = forget_reviews.profile_id;
end;
$$;

/* Until when a coach can reply to a review; null while it is not shown. */
create function private.reply_ends_at(review public.reviews)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select (reply_ends_at.review).published_at + make_interval(days => (private.settings()).review_reply_days);
$$;

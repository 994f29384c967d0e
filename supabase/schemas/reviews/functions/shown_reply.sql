/* What a coach answered to a review, as anyone reads it: nothing once an admin has removed it. */
create function private.shown_reply(review public.reviews)
returns text
language sql
stable
set search_path = ''
as $$
  select case when (shown_reply.review).reply_removed_at is null then (shown_reply.review).reply end;
$$;

/* Whether the coach of whom a review is may reply to it now: not while they are suspended. */
create function private.may_reply(review public.reviews)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (may_reply.review).author_party = 'client'
    and (may_reply.review).removed_at is null
    and (may_reply.review).reply is null
    and coalesce(private.reply_ends_at(may_reply.review) > now(), false)
    and not private.is_suspended((may_reply.review).coach_id);
$$;

/*
 * The asker's threads, the one with the newest message first: who the other is, the last
 * words, how many are unread. For a coach, members who wait for an answer come before all
 * others: that is what a membership promises. One page of 30 and one more when there is a next.
 *
 * Security definer: one pass over rows whose policies would each be checked.
 */
create function public.inbox(page_number integer default 1)
returns table (
  conversation_id uuid,
  party text,
  counterpart_name text,
  is_member boolean,
  coach_slug text,
  last_body text,
  last_is_own boolean,
  last_is_deleted boolean,
  last_message_at timestamptz,
  unread_count integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select conversations.id, private.conversation_party(conversations),
    private.counterpart_name(conversations), membership.is_current, coaches.slug,
    left(last.body, 160), last.sender_id = private.current_profile_id(), last.deleted_at is not null or last.removed_at is not null,
    conversations.last_message_at, private.unread_messages(conversations, private.current_profile_id())
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  cross join lateral (
    select conversations.coach_id = private.current_coach_id()
      and private.is_member(conversations.client_id, conversations.coach_id) as is_current
  ) as membership
  left join public.messages as last
    on last.conversation_id = conversations.id and last.seq = conversations.last_seq
  where conversations.client_id = private.current_profile_id()
    or conversations.coach_id = private.current_coach_id()
  order by coalesce(membership.is_current and last.sender_id = conversations.client_id, false) desc,
    coalesce(conversations.last_message_at, conversations.created_at) desc
  limit 31 offset (greatest(inbox.page_number, 1) - 1) * 30;
$$;

grant execute on function public.inbox(integer) to authenticated;

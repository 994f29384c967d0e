/*
 * The asker's threads, the one with the newest message first: who the other is, the last words, how many are unread,
 * since when the other waits for an answer that may be given. For a coach, members who wait come before all others: that is what a
 * membership promises. With `only_waiting` those alone in which one does, whoever has
 * waited longest first. One page of 30 and one more when there is a next: names, words and counts are found for these.
 *
 * Security definer: one pass over rows whose policies would each be checked.
 */
create function public.inbox(page_number integer default 1, only_waiting boolean default false)
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
  waiting_since timestamptz,
  unread_count integer
)
language sql
stable
security definer
set search_path = ''
as $$
  with own as (
    select conversations as thread, conversations.id, conversations.coach_id = private.current_coach_id() as is_coach,
      -- Where nobody may answer nobody waits.
      case
        when conversations.owed_by::text = private.conversation_party(conversations) and private.closed_because(conversations) is null
          then conversations.owed_at
      end as waiting_since
    from public.conversations
    where conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id()
  ),
  page as (
    select own.*, row_number() over (
        order by
          -- Who does not wait is not looked up.
          case when own.is_coach and own.waiting_since is not null then private.is_member((own.thread).client_id, (own.thread).coach_id) else false end desc,
          case when inbox.only_waiting then own.waiting_since end,
          coalesce((own.thread).last_message_at, (own.thread).created_at) desc
      ) as position
    from own
    where not inbox.only_waiting or own.waiting_since is not null
    order by position
    limit 31 offset (greatest(inbox.page_number, 1) - 1) * 30
  )
  select page.id, private.conversation_party(page.thread), private.counterpart_name(page.thread),
    page.is_coach is true and private.is_member((page.thread).client_id, (page.thread).coach_id), coaches.slug,
    left(case when last.is_hidden then '' else last.body end, 160), last.sender_id = private.current_profile_id(),
    last.deleted_at is not null or last.removed_at is not null or last.is_hidden, (page.thread).last_message_at, page.waiting_since,
    private.unread_messages(page.thread, private.current_profile_id())
  from page
  join public.coaches on coaches.id = (page.thread).coach_id
  left join lateral (
    select messages.*, private.is_hidden(messages.conversation_id, messages.sender_id, private.current_profile_id())
    from public.messages
    where messages.conversation_id = page.id and messages.seq = (page.thread).last_seq
  ) as last on true
  order by page.position;
$$;

grant execute on function public.inbox(integer, boolean) to authenticated;

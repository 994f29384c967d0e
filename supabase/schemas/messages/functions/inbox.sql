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
      -- The asker is one of the two.
      case
        when conversations.owed_by = case when conversations.client_id = private.current_profile_id() then 'client' else 'coach' end::public.booking_actor
          then conversations.owed_at
      end as owed_at
    from public.conversations
    where conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id()
  ),
  sorted as (
    select own.*, row_number() over (
        order by
          -- Who does not wait is not looked up, and why nobody may answer is asked of members alone.
          case
            when own.is_coach and own.owed_at is not null and private.is_member((own.thread).client_id, (own.thread).coach_id)
              then private.closed_because(own.thread) is null
            else false
          end desc,
          case when inbox.only_waiting then own.owed_at end,
          coalesce((own.thread).last_message_at, (own.thread).created_at) desc
      ) as position
    from own
    where not inbox.only_waiting or own.owed_at is not null
    order by position
    -- Sorted first, so that no more are asked below than a page takes.
    offset 0
  ),
  page as (
    select sorted.*
    from sorted
    -- Where nobody may answer nobody waits.
    where not inbox.only_waiting or private.closed_because(sorted.thread) is null
    order by sorted.position
    limit 31 offset (greatest(inbox.page_number, 1) - 1) * 30
  )
  select page.id, private.conversation_party(page.thread), private.counterpart_name(page.thread),
    page.is_coach is true and private.is_member((page.thread).client_id, (page.thread).coach_id), coaches.slug,
    left(case when last.is_hidden then '' else last.body end, 160), last.sender_id = private.current_profile_id(),
    last.deleted_at is not null or last.removed_at is not null or last.is_hidden, (page.thread).last_message_at,
    case when page.owed_at is not null and (inbox.only_waiting or private.closed_because(page.thread) is null) then page.owed_at end,
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

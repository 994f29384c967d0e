/*
 * Notes who owes an answer in a thread, and since when: since the first of the messages that follow each other at its
 * end. What was deleted or removed asks and answers nothing. Called under the thread's lock by all that changes what
 * stands in it, so that an inbox need not look for it. Reads the end of the thread alone, as far back as one of the two wrote last.
 */
create function private.note_owed(conversation_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  -- Not materialized: that would be all of the thread, each time.
  with standing as not materialized (
    select messages.seq, messages.sender_id, messages.created_at
    from public.messages
    where messages.conversation_id = note_owed.conversation_id
      and messages.deleted_at is null
      and messages.removed_at is null
  ),
  last as (
    select standing.sender_id from standing order by standing.seq desc limit 1
  ),
  asked as (
    select last.sender_id, (
        select standing.created_at
        from standing
        where standing.seq > coalesce(
          (select answer.seq from standing as answer where answer.sender_id <> last.sender_id order by answer.seq desc limit 1), 0
        )
        order by standing.seq
        limit 1
      ) as asked_at
    from last
  )
  update public.conversations
  set owed_by = case
        when asked.sender_id = conversations.client_id then 'coach'
        when asked.sender_id is not null then 'client'
      end::public.booking_actor,
      owed_at = asked.asked_at
  from (select) as one
  left join asked on true
  where conversations.id = note_owed.conversation_id;
$$;

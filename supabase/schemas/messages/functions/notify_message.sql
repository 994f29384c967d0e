/*
 * Mails the other party of a thread that a message waits, five minutes later and only if it
 * is unread by then: once for each run of unread messages, numbered by the first of them that
 * still stands. Where the first was taken back, the next one is told of anew (is_message_unread).
 */
create function private.notify_message(conversation_id uuid, sender_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(
    other.profile_id, 'message_received', conversations.id,
    version => first.seq::integer,
    run_after => now() + interval '5 minutes'
  )
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  cross join lateral (
    select case when notify_message.sender_id = conversations.client_id then coaches.profile_id else conversations.client_id end as profile_id
  ) as other
  left join public.conversation_reads
    on conversation_reads.conversation_id = conversations.id
    and conversation_reads.profile_id = other.profile_id
  cross join lateral (
    select messages.seq
    from public.messages
    where messages.conversation_id = conversations.id
      and messages.seq > coalesce(conversation_reads.last_read_seq, 0)
      and messages.sender_id = notify_message.sender_id
      and messages.deleted_at is null
      and messages.removed_at is null
    order by messages.seq
    limit 1
  ) as first
  where conversations.id = notify_message.conversation_id;
$$;

/*
 * Mails the other party of a thread that a message waits, five minutes later and only if it
 * is unread by then: once for each run of unread messages, numbered by where it begins.
 */
create function private.notify_message(conversation_id uuid, sender_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(
    other.profile_id, 'message_received', conversations.id,
    version => (coalesce(conversation_reads.last_read_seq, 0) + 1)::integer,
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
  where conversations.id = notify_message.conversation_id;
$$;

/*
 * Mails the other party of a thread that a message waits, five minutes later and only if it
 * is unread by then: once for each run of unread messages, numbered by the first of them that
 * still stands. Where the first was taken back, the next one is told of anew (is_message_unread); so it is where
 * what was to be told of it was left out, as while mail to an address was stopped.
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
      and messages.seq > greatest(
        conversation_reads.last_read_seq,
        private.untold_until(conversations.id, other.profile_id),
        0
      )
      and messages.sender_id = notify_message.sender_id
      and messages.deleted_at is null
      and messages.removed_at is null
    order by messages.seq
    limit 1
  ) as first
  where conversations.id = notify_message.conversation_id;
$$;

/* The last message of a thread that a party was to be told of and was not, over any channel; null without one. */
create function private.untold_until(conversation_id uuid, profile_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select notifications.version
  from public.notifications
  where notifications.subject_id = untold_until.conversation_id
    and notifications.kind = 'message_received'
    and notifications.recipient_id = untold_until.profile_id
  group by notifications.version
  having bool_and(notifications.skipped_at is not null)
  order by notifications.version desc
  limit 1;
$$;

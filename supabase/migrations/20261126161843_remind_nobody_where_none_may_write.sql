SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.is_answer_owed (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.messages
    join public.conversations on conversations.id = messages.conversation_id
    where messages.conversation_id = (is_answer_owed.notification).subject_id
      and messages.seq = (is_answer_owed.notification).version
      and messages.deleted_at is null
      and messages.removed_at is null
      and private.closed_because(conversations) is null
      and not exists (select from public.profiles where profiles.id = messages.sender_id and profiles.deleted_at is not null)
  ) and not exists (
    select from public.messages
    where messages.conversation_id = (is_answer_owed.notification).subject_id
      and messages.seq > (is_answer_owed.notification).version
      and messages.sender_id = (is_answer_owed.notification).recipient_id
      and messages.deleted_at is null
      and messages.removed_at is null
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_message_unread (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.conversations
    where conversations.id = (is_message_unread.notification).subject_id
      and private.closed_because(conversations) is null
      and private.unread_messages(conversations, (is_message_unread.notification).recipient_id) > 0
  ) and not exists (
    select
    from public.notifications as later
    where later.recipient_id = (is_message_unread.notification).recipient_id
      and later.kind = (is_message_unread.notification).kind
      and later.channel = (is_message_unread.notification).channel
      and later.subject_id = (is_message_unread.notification).subject_id
      and later.version > (is_message_unread.notification).version
  );
$function$;

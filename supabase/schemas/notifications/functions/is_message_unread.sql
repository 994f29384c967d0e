/*
 * Whether what a notice says waits to be read still does: in a thread where both may write, and unless a later notice
 * of the same is on its way (its first message was taken back, and another written).
 */
create function private.is_message_unread(notification public.notifications)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from public.conversations
    where conversations.id = (is_message_unread.notification).subject_id
      and private.closed_because(conversations) is null
      and private.unread_messages(conversations, (is_message_unread.notification).recipient_id) > 0
  ) and not private.is_overtaken(is_message_unread.notification);
$$;

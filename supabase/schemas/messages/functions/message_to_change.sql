/*
 * A message of the asker's before they change it or take it back: what it says, whether that may still be changed,
 * how many files go with it. No row for one that was deleted or removed, or is not theirs.
 *
 * Security definer: one pass over rows whose policies would each be checked.
 */
create function public.message_to_change(message_id uuid)
returns table (conversation_id uuid, body text, is_changeable boolean, file_count integer)
language sql
stable
security definer
set search_path = ''
as $$
  select messages.conversation_id, messages.body, private.is_changeable(messages),
    (select count(*)::integer from public.message_attachments where message_attachments.message_id = messages.id)
  from public.messages
  where messages.id = message_to_change.message_id
    and messages.sender_id = private.current_profile_id()
    and messages.deleted_at is null
    and messages.removed_at is null;
$$;

grant execute on function public.message_to_change(uuid) to authenticated;

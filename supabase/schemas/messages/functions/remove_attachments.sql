/*
 * The files of a message go: their rows at once, so that nobody is led to them any more, their bytes
 * through the outbox, since only Storage itself can remove them.
 */
create function private.remove_attachments(message_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  with removed as (
    delete from public.message_attachments
    where message_attachments.message_id = remove_attachments.message_id
    returning message_attachments.message_id
  )
  select private.enqueue(
    'storage.remove_files', 'storage.remove_files:' || messages.id,
    jsonb_build_object('prefix', messages.conversation_id || '/' || messages.id || '/')
  )
  from public.messages
  where messages.id in (select removed.message_id from removed);
$$;

/* A person leaves: the files that they sent go. Their messages stay, as their words do. */
create function private.forget_attachments(profile_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.remove_attachments(messages.id)
  from public.messages
  where messages.sender_id = forget_attachments.profile_id
    and exists (select from public.message_attachments where message_attachments.message_id = messages.id);
$$;

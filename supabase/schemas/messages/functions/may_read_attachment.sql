/*
 * Whether the asker may read a file that was sent: a party of its conversation whom the other has not blocked, while
 * its message stands and is not hidden from them. The one place that
 * says so; the policies of its row and of its bytes both ask here.
 *
 * Security definer: rows whose policies would each be checked.
 */
create function private.may_read_attachment(attachment_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select
    from public.message_attachments
    join public.messages on messages.id = message_attachments.message_id
    join public.conversations on conversations.id = messages.conversation_id
    where message_attachments.id = may_read_attachment.attachment_id
      and messages.deleted_at is null
      and messages.removed_at is null
      and not private.is_hidden(messages.conversation_id, messages.sender_id, private.current_profile_id())
      and private.conversation_party(conversations) is not null
      and not private.is_shut_out(conversations)
  );
$$;

grant execute on function private.may_read_attachment(uuid) to authenticated;

/*
 * The same for an object of the bucket, by its name. One that belongs to no message is nobody's: not
 * even who put it there reads it.
 *
 * Security definer: as above.
 */
create function private.may_read_file(name text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select
    from private.parse_file_name(may_read_file.name) as file
    join public.message_attachments on message_attachments.id = file.attachment_id
    join public.messages
      on messages.id = message_attachments.message_id
      and messages.id = file.message_id
      and messages.conversation_id = file.conversation_id
    where private.may_read_attachment(message_attachments.id)
  );
$$;

grant execute on function private.may_read_file(text) to authenticated;

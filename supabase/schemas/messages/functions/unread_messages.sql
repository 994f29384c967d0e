/*
 * How many messages of a thread somebody has not read, up to 100: one more is nobody's to count. Deleted, removed and hidden ones are
 * nothing to read; their own count as read when sent.
 */
create function private.unread_messages(conversation public.conversations, profile_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  -- What is hidden is all that the other wrote: it is not asked of each message.
  select case
    when (unread_messages.conversation).client_id = unread_messages.profile_id
      and private.is_suspended((unread_messages.conversation).coach_id) then 0
    else (
      select count(*)::integer
      from (
        select
        from public.messages
        where messages.conversation_id = (unread_messages.conversation).id
          and messages.seq > coalesce(
            (
              select conversation_reads.last_read_seq
              from public.conversation_reads
              where conversation_reads.conversation_id = (unread_messages.conversation).id
                and conversation_reads.profile_id = unread_messages.profile_id
            ), 0
          )
          and messages.sender_id <> unread_messages.profile_id
          and messages.deleted_at is null
          and messages.removed_at is null
        limit 100
      ) as unread
    )
  end;
$$;

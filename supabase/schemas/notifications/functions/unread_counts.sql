/*
 * How many messages and notices the asker has not read, and why nothing is mailed to them, if so: what the
 * frame of every page shows, in one call.
 *
 * Security definer: one pass over rows whose policies would each be checked.
 */
create function public.unread_counts()
returns table (messages integer, notices integer, mail_stopped_by public.mail_stop)
language sql
stable
security definer
set search_path = ''
as $$
  select (
      select coalesce(sum(private.unread_messages(conversations, private.current_profile_id())), 0)::integer
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = private.current_profile_id()
      where (conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id())
        -- Most threads are read: of these no message is looked at.
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    ),
    private.unread_notices(private.current_profile_id()),
    (
      select profile_contacts.mail_stopped_by
      from public.profile_contacts
      where profile_contacts.profile_id = private.current_profile_id()
    );
$$;

grant execute on function public.unread_counts() to authenticated;

/*
 * How many messages the asker has not read, over all threads: the number in the header.
 *
 * Security definer: one pass over rows whose policies would each be checked.
 */
create function public.unread_count()
returns integer
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(sum(conversations.last_seq - coalesce(conversation_reads.last_read_seq, 0)), 0)::integer
  from public.conversations
  left join public.conversation_reads
    on conversation_reads.conversation_id = conversations.id
    and conversation_reads.profile_id = private.current_profile_id()
  where conversations.client_id = private.current_profile_id()
    or conversations.coach_id = private.current_coach_id();
$$;

grant execute on function public.unread_count() to authenticated;

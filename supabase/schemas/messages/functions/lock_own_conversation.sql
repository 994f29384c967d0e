/*
 * A thread of the asker's, locked: what is being done to it is over, and what comes waits. The numbers of messages, blocks and
 * who owes an answer all go by this lock; rows that only refer to the thread, as of who has read how far, do not wait for it. Raises: MSNFD (not a party, or no such thread: the two look the same).
 */
create function private.lock_own_conversation(conversation_id uuid)
returns public.conversations
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations where conversations.id = lock_own_conversation.conversation_id for no key update;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  return v_conversation;
end;
$$;

/*
 * Asks whether a party may write in a thread now, as send_message does first, and as who has files to look at and to
 * upload does before that. Leaves the thread locked until the transaction ends.
 * Returns the number of a message that is sent already; null when it can be sent.
 *
 * Raises: UPSGN, UPONB, MSNFD (not a party, or no such thread), MSNID (no id), MSBLK (blocked or closed), MSRDO (over),
 * MSFST (more than 20 a minute).
 * Security definer: nobody may lock conversations.
 */
create function public.prepare_message(conversation_id uuid, message_id uuid)
returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_sender public.profiles := private.require_profile();
  v_conversation public.conversations := private.lock_own_conversation(prepare_message.conversation_id);
  v_seq bigint;
begin
  if prepare_message.message_id is null then
    raise exception 'This message has no id. Load the page again and write it once more.' using errcode = 'MSNID';
  end if;

  select messages.seq into v_seq
  from public.messages
  where messages.id = prepare_message.message_id
    and messages.conversation_id = v_conversation.id
    and messages.sender_id = v_sender.id;

  if found then
    return v_seq;
  end if;

  perform private.require_open(v_conversation);
  perform private.lock_limit('messages', v_sender.id);

  if (
    select count(*) from public.messages
    where messages.sender_id = v_sender.id
      and messages.created_at > now() - interval '1 minute'
  ) >= 20 then
    raise exception 'That is a lot of messages. Wait a minute.' using errcode = 'MSFST';
  end if;

  return null;
end;
$$;

grant execute on function public.prepare_message(uuid, uuid) to authenticated;

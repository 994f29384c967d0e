/*
 * A party writes to the other. The sender makes the message's id; the same id again is the
 * same message, whatever its text. With files, which were uploaded before, it may say nothing; they
 * are there with the message, or neither is. Returns the message's number in the thread.
 * The lock on the conversation (prepare_message) makes numbers gapless and in order of commit, so that a
 * browser that asks for what is newer than it has misses nothing. Who has read all that the other wrote has read
 * this, too; who has not is no further by it: files take minutes, and the other may write meanwhile.
 *
 * Raises: what prepare_message does, MSBOD (empty or over 4,000 characters), MSTWO (the id is another message's), MSTEN, MSGON.
 * Security definer: nobody may insert messages.
 */
create function public.send_message(
  conversation_id uuid,
  message_id uuid,
  body text,
  attachment_ids uuid[] default '{}'
)
returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_sender public.profiles := private.require_profile();
  v_conversation public.conversations;
  v_message public.messages;
  v_body text := trim(coalesce(send_message.body, ''));
  v_seq bigint := public.prepare_message(send_message.conversation_id, send_message.message_id);
  v_has_read_all boolean;
begin
  if v_seq is not null then
    return v_seq;
  end if;

  if char_length(v_body) > 4000 or v_body = '' and coalesce(cardinality(send_message.attachment_ids), 0) = 0 then
    raise exception 'Write a message of up to 4,000 characters.' using errcode = 'MSBOD';
  end if;

  select * into v_conversation from public.conversations where conversations.id = send_message.conversation_id;
  v_seq := v_conversation.last_seq + 1;
  v_has_read_all := private.unread_messages(v_conversation, v_sender.id) = 0;

  insert into public.messages (id, conversation_id, seq, change, sender_id, body)
  values (
    send_message.message_id, v_conversation.id, v_seq, private.next_change(v_conversation.id), v_sender.id, v_body
  )
  on conflict (id) do nothing
  returning * into v_message;

  if not found then
    raise exception 'This message could not be sent. Load the page again and write it once more.' using errcode = 'MSTWO';
  end if;

  perform private.attach_files(v_message, send_message.attachment_ids);

  update public.conversations
  set last_seq = v_seq, last_message_at = now()
  where conversations.id = v_conversation.id;

  perform private.note_owed(v_conversation.id);
  perform private.note_read(v_conversation.id, v_sender.id, v_seq) where v_has_read_all;
  perform private.notify_message(v_conversation.id, v_sender.id);

  return v_seq;
end;
$$;

grant execute on function public.send_message(uuid, uuid, text, uuid[]) to authenticated;

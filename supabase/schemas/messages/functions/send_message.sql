/*
 * A party writes to the other. The sender makes the message's id; the same id again is the
 * same message, whatever its text. With files, which were uploaded before, it may say nothing; they
 * are there with the message, or neither is. Returns the message's number in the thread.
 * The lock on the conversation makes numbers gapless and in order of commit, so that a
 * browser that asks for what is newer than it has misses nothing.
 *
 * Raises: UPSGN, UPONB, MSNFD (not a party, or no such thread), MSBLK (blocked or closed), MSRDO (over), MSBOD (empty or over
 * 4,000 characters), MSFST (more than 20 a minute), MSTEN, MSGON.
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
  v_seq bigint;
begin
  select * into v_conversation from public.conversations where conversations.id = send_message.conversation_id for update;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  select messages.seq into v_seq
  from public.messages
  where messages.id = send_message.message_id
    and messages.conversation_id = v_conversation.id
    and messages.sender_id = v_sender.id;

  if found then
    return v_seq;
  end if;

  perform private.require_open(v_conversation);

  if char_length(trim(send_message.body)) > 4000
    or trim(send_message.body) = '' and coalesce(cardinality(send_message.attachment_ids), 0) = 0
  then
    raise exception 'Write a message of up to 4,000 characters.' using errcode = 'MSBOD';
  end if;

  if (
    select count(*) from public.messages
    where messages.sender_id = v_sender.id
      and messages.created_at > now() - interval '1 minute'
  ) >= 20 then
    raise exception 'That is a lot of messages. Wait a minute.' using errcode = 'MSFST';
  end if;

  v_seq := v_conversation.last_seq + 1;

  insert into public.messages (id, conversation_id, seq, change, sender_id, body)
  values (
    send_message.message_id, v_conversation.id, v_seq, private.next_change(v_conversation.id), v_sender.id, trim(send_message.body)
  )
  returning * into v_message;

  perform private.attach_files(v_message, send_message.attachment_ids);

  update public.conversations
  set last_seq = v_seq, last_message_at = now()
  where conversations.id = v_conversation.id;

  perform private.note_owed(v_conversation.id);
  perform private.note_read(v_conversation.id, v_sender.id, v_seq);
  perform private.notify_message(v_conversation.id, v_sender.id);

  return v_seq;
end;
$$;

grant execute on function public.send_message(uuid, uuid, text, uuid[]) to authenticated;

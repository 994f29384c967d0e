/*
 * A message that the asker wrote, as it is once its thread is locked. Raises: UPSGN, UPONB, MSNON (not theirs, or
 * no such message: the two look the same), MSDEL (it was deleted, or removed by us).
 */
create function private.require_own_message(message_id uuid)
returns public.messages
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_sender public.profiles := private.require_profile();
  v_message public.messages;
begin
  -- The thread before the message, as send_message does. A message never changes its thread.
  perform from public.conversations
  where conversations.id = (
    select messages.conversation_id from public.messages where messages.id = require_own_message.message_id
  )
  for update;

  select * into v_message
  from public.messages
  where messages.id = require_own_message.message_id
    and messages.sender_id = v_sender.id;

  if not found then
    raise exception 'This message does not exist.' using errcode = 'MSNON';
  end if;

  if v_message.deleted_at is not null then
    raise exception 'This message was deleted.' using errcode = 'MSDEL';
  end if;

  if v_message.removed_at is not null then
    raise exception 'We have removed this message.' using errcode = 'MSDEL';
  end if;

  return v_message;
end;
$$;

/*
 * An admin takes a message from both, or puts it back: the trace says that we did. Its words are kept meanwhile, its
 * files lie where they are and nobody reads them. What is put back after its words were purged, 90 days later, stays
 * removed: there is nothing to show.
 */
create function private.remove_message(message_id uuid, is_removed boolean)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_message public.messages;
  v_body text;
begin
  -- The thread before the message, as send_message does.
  perform from public.conversations
  where conversations.id = (select messages.conversation_id from public.messages where messages.id = remove_message.message_id)
  for update;
  select * into v_message from public.messages where messages.id = remove_message.message_id;

  if remove_message.is_removed = (v_message.removed_at is not null) then
    return;
  end if;

  if remove_message.is_removed then
    -- Also where it says nothing: these are the words to put back.
    insert into private.message_words (message_id, body) values (v_message.id, v_message.body);
  else
    select message_words.body into v_body
    from private.message_words
    where message_words.message_id = v_message.id
    order by message_words.id desc
    limit 1;
    if not found then
      return;
    end if;
  end if;

  update public.messages
  set body = coalesce(v_body, ''),
      removed_at = case when remove_message.is_removed then now() end,
      change = private.next_change(v_message.conversation_id)
  where messages.id = v_message.id;

  perform private.note_owed(v_message.conversation_id);
end;
$$;

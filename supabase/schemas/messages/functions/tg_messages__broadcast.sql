/*
 * Tells the browsers of a thread to look: the id and numbers of a message that was written, edited
 * or deleted, not its text. They read it under their own rights. The topic is private: who may listen is the
 * policy on realtime.messages.
 *
 * Security definer: realtime.send is not granted to clients.
 */
create function private.tg_messages__broadcast()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform realtime.send(
    jsonb_build_object('id', new.id, 'seq', new.seq, 'change', new.change),
    'message',
    'conversation:' || new.conversation_id,
    true
  );
  return null;
end;
$$;

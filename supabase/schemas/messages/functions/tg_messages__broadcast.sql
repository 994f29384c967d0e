/*
 * Tells the browsers of a thread to look: the number and id of the new message, not its
 * text. They read it under their own rights. The topic is private: who may listen is the
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
    jsonb_build_object('id', new.id, 'seq', new.seq),
    'message',
    'conversation:' || new.conversation_id,
    true
  );
  return null;
end;
$$;

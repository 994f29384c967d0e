/*
 * Tells the browsers of a thread that one has read what the other wrote, up to which number; when is read from the table. A
 * thread in which one has blocked the other tells nothing.
 *
 * Security definer: realtime.send is not granted to clients.
 */
create function private.tg_conversation_reads__broadcast()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if new.read_at is distinct from old.read_at
    and not exists (select from private.conversation_blocks where conversation_blocks.conversation_id = new.conversation_id)
  then
    perform realtime.send(
      jsonb_build_object('seq', new.last_read_seq), 'read', 'conversation:' || new.conversation_id, true
    );
  end if;
  return null;
end;
$$;

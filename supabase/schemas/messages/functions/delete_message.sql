/*
 * The sender takes a message back, from both: its row and number stay and say that it was deleted, its words go to
 * moderation, its files go.
 *
 * Raises: UPSGN, UPONB, MSNON (not theirs, or no such message), MSDEL (it is deleted already).
 * Security definer: nobody may write messages.
 */
create function public.delete_message(message_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_message public.messages := private.require_own_message(delete_message.message_id);
begin
  perform private.keep_words(v_message);
  perform private.remove_attachments(v_message.id);

  update public.messages
  set body = '', deleted_at = now(), change = private.next_change(v_message.conversation_id)
  where messages.id = v_message.id;

  perform private.note_owed(v_message.conversation_id);
end;
$$;

grant execute on function public.delete_message(uuid) to authenticated;

/*
 * Takes the asker's own block of a thread back; the other's stays. Where there is none nothing changes.
 * Raises: UPSGN, UPONB, MSNFD (not a party, or no such thread).
 *
 * Security definer: nobody may write conversation_blocks.
 */
create function public.unblock_conversation(conversation_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_asker public.profiles := private.require_profile();
  v_conversation public.conversations := private.lock_own_conversation(unblock_conversation.conversation_id);
begin
  delete from private.conversation_blocks
  where conversation_blocks.conversation_id = v_conversation.id
    and conversation_blocks.profile_id = v_asker.id;
  perform private.tell_standing(v_conversation.id);
end;
$$;

grant execute on function public.unblock_conversation(uuid) to authenticated;

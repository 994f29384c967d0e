/*
 * A party wants to hear nothing more from the other: from now on neither writes in their thread, and the other gets no
 * live updates and no files of it. What was said stays to be read by both. Sessions are not touched. A second time
 * changes nothing.
 * Raises: UPSGN, UPONB, MSNFD (not a party, or no such thread).
 *
 * Security definer: nobody may write conversation_blocks.
 */
create function public.block_conversation(conversation_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_asker public.profiles := private.require_profile();
  -- Locked: what is being sent arrives before the block, or is refused.
  v_conversation public.conversations := private.lock_own_conversation(block_conversation.conversation_id);
begin
  insert into private.conversation_blocks (conversation_id, profile_id)
  values (v_conversation.id, v_asker.id)
  on conflict do nothing;
  perform private.tell_standing(v_conversation.id);
end;
$$;

grant execute on function public.block_conversation(uuid) to authenticated;

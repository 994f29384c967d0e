/*
 * A client writes to a coach for the first time, before any booking, or comes back to the
 * thread they have; one that is over (is_over) they open again. Returns its id. At most 10 a day are
 * opened, for the first time or again.
 * Raises: UPSGN, UPONB, OCNFD (no such coach, or not listed), MSOWN (oneself), MSLIM.
 *
 * Security definer: nobody may insert conversations.
 */
create function public.start_conversation(coach_id uuid)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_owner_id uuid;
  v_conversation public.conversations;
  v_conversation_id uuid;
begin
  select * into v_conversation
  from public.conversations
  where conversations.coach_id = start_conversation.coach_id
    and conversations.client_id = v_client.id;

  if found and private.closed_because(v_conversation) is distinct from 'over' then
    return v_conversation.id;
  end if;

  select coaches.profile_id into v_owner_id
  from public.coaches
  where coaches.id = start_conversation.coach_id
    and coaches.status = 'approved';

  if v_owner_id is null then
    raise exception 'This coach cannot be written to.' using errcode = 'OCNFD';
  end if;

  if v_owner_id = v_client.id then
    raise exception 'This is your own practice.' using errcode = 'MSOWN';
  end if;

  perform private.lock_limit('conversations', v_client.id);

  if (
    select count(*) from public.conversations
    where conversations.client_id = v_client.id
      and conversations.opened_at > now() - interval '1 day'
  ) >= 10 then
    raise exception 'You have written to ten coaches today. Try again tomorrow.' using errcode = 'MSLIM';
  end if;

  v_conversation_id := private.open_conversation(start_conversation.coach_id, v_client.id);
  update public.conversations set opened_at = now() where conversations.id = v_conversation_id;
  return v_conversation_id;
end;
$$;

grant execute on function public.start_conversation(uuid) to authenticated;

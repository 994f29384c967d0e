/*
 * A client writes to a coach for the first time, before any booking, or comes back to the
 * thread they have. Returns its id. At most 10 new threads a day.
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
  v_conversation_id uuid;
begin
  select conversations.id into v_conversation_id
  from public.conversations
  where conversations.coach_id = start_conversation.coach_id
    and conversations.client_id = v_client.id;

  if found then
    return v_conversation_id;
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

  if (
    select count(*) from public.conversations
    where conversations.client_id = v_client.id
      and conversations.created_at > now() - interval '1 day'
  ) >= 10 then
    raise exception 'You have written to ten coaches today. Try again tomorrow.' using errcode = 'MSLIM';
  end if;

  return private.open_conversation(start_conversation.coach_id, v_client.id);
end;
$$;

grant execute on function public.start_conversation(uuid) to authenticated;

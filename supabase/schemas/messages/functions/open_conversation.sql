/* The thread of a coach and a client, opened if there is none. Returns its id. */
create function private.open_conversation(coach_id uuid, client_id uuid)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_conversation_id uuid;
begin
  insert into public.conversations (coach_id, client_id)
  values (open_conversation.coach_id, open_conversation.client_id)
  on conflict (coach_id, client_id) do nothing;

  select conversations.id into v_conversation_id
  from public.conversations
  where conversations.coach_id = open_conversation.coach_id
    and conversations.client_id = open_conversation.client_id;

  return v_conversation_id;
end;
$$;

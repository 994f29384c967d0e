SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.lock_own_conversation (
  conversation_id uuid
)
  RETURNS public.conversations
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations where conversations.id = lock_own_conversation.conversation_id for no key update;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  return v_conversation;
end;
$function$;

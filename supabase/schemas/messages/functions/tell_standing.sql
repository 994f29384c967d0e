/*
 * Tells the browsers of a thread to look whether one may write in it: who is shut out, too, as long as they
 * listen. Topic and event as of what else happens there.
 */
create function private.tell_standing(conversation_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select realtime.send('{}', 'activity', 'conversation:' || tell_standing.conversation_id, true);
$$;

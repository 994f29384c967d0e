/*
 * Whether the asker may say on the live topic of a thread that they type and are there: a party who may write in it. False
 * for any other topic.
 *
 * Security definer: blocks are granted to nobody.
 */
create function private.may_signal(topic text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select
    from public.conversations
    where conversations.id = private.conversation_of_topic(may_signal.topic)
      and private.conversation_party(conversations) is not null
      and private.closed_because(conversations) is null
  );
$$;

grant execute on function private.may_signal(text) to authenticated;

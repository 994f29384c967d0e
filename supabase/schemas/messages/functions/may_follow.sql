/* The thread whose live topic this is, 'conversation:<id>'; null for a topic of any other shape. */
create function private.conversation_of_topic(topic text)
returns uuid
language sql
immutable
set search_path = ''
as $$
  -- Not a filter: the cast must never see a topic of another shape.
  select case
    when conversation_of_topic.topic ~ '^conversation:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      then split_part(conversation_of_topic.topic, ':', 2)::uuid
  end;
$$;

/*
 * Whether the asker may listen on the live topic of a thread: a party whom the other has not blocked. False for any
 * other topic.
 *
 * Security definer: blocks are granted to nobody.
 */
create function private.may_follow(topic text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select
    from public.conversations
    where conversations.id = private.conversation_of_topic(may_follow.topic)
      and private.conversation_party(conversations) is not null
      and not private.is_shut_out(conversations)
  );
$$;

grant execute on function private.may_follow(text) to authenticated;

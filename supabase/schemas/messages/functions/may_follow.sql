/*
 * Whether the asker may listen and signal on the live topic of a thread, 'conversation:<id>': a party whom the other
 * has not blocked. False for any other topic.
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
    -- Not a filter: the cast must never see a topic of another shape.
    where conversations.id = case
        when may_follow.topic ~ '^conversation:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
          then split_part(may_follow.topic, ':', 2)::uuid
      end
      and private.conversation_party(conversations) is not null
      and not private.is_shut_out(conversations)
  );
$$;

grant execute on function private.may_follow(text) to authenticated;

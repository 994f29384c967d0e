/*
 * One thread's head for one of its parties: who the other is, how far both have read, and why nobody
 * writes in it if so. `counterpart_read_at` is when the other read the last of what the asker wrote, until
 * `counterpart_read_seq`: null before that, and 0 and null where one has blocked the other, whoever did.
 * No row for anyone else.
 *
 * Security definer: names come from rows whose policies would each be checked.
 */
create function public.conversation_details(conversation_id uuid)
returns table (
  party text,
  counterpart_name text,
  coach_id uuid,
  coach_slug text,
  last_seq bigint,
  last_read_seq bigint,
  counterpart_read_seq bigint,
  counterpart_read_at timestamptz,
  unread_count integer,
  closed_because text
)
language sql
stable
security definer
set search_path = ''
as $$
  select private.conversation_party(conversations), private.counterpart_name(conversations),
    coaches.id, coaches.slug, conversations.last_seq,
    coalesce(own.last_read_seq, 0), coalesce(theirs.last_read_seq, 0), theirs.read_at,
    private.unread_messages(conversations, private.current_profile_id()), private.closed_because(conversations)
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  left join public.conversation_reads as own
    on own.conversation_id = conversations.id and own.profile_id = private.current_profile_id()
  left join public.conversation_reads as theirs
    on theirs.conversation_id = conversations.id and theirs.profile_id <> private.current_profile_id()
    and not private.is_blocked(conversations)
  where conversations.id = conversation_details.conversation_id
    and private.conversation_party(conversations) is not null;
$$;

grant execute on function public.conversation_details(uuid) to authenticated;

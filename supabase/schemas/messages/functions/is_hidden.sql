/*
 * Whether a message, by its thread and sender, is hidden from a reader: what the coach wrote while their practice is
 * suspended, from all but them. A coach who left was not sent away by that: what they wrote stays.
 *
 * Security definer: policies ask, and who reads does not see the practice any more.
 */
create function private.is_hidden(conversation_id uuid, sender_id uuid, reader_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select is_hidden.sender_id <> is_hidden.reader_id
    and exists (
      select
      from public.conversations
      join public.coaches on coaches.id = conversations.coach_id
      where conversations.id = is_hidden.conversation_id
        and coaches.profile_id = is_hidden.sender_id
        and coaches.suspended_at is not null
    );
$$;

grant execute on function private.is_hidden(uuid, uuid, uuid) to authenticated;

/*
 * Whether the asker may put a file of this name into the bucket: a party of its conversation, which is open, for a
 * message that is not sent yet, and not more of theirs in an hour than messages of that hour can carry. Only the
 * thread's own objects are read, by Storage's index on names.
 *
 * Security definer: rows whose policies would each be checked, and all that lies in the bucket.
 */
create function private.may_send_file(name text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select
    from private.parse_file_name(may_send_file.name) as file
    join public.conversations on conversations.id = file.conversation_id
    where private.conversation_party(conversations) is not null
      and private.closed_because(conversations) is null
      and not exists (select from public.messages where messages.id = file.message_id)
      and (
        select count(*)
        from storage.objects as sent
        where sent.bucket_id = 'attachments'
          and sent.name ~>=~ (file.conversation_id || '/')
          and sent.name ~<~ (file.conversation_id || '0') -- what comes after '/'
          and sent.owner_id = auth.jwt() ->> 'sub'
          and sent.created_at > now() - interval '1 hour'
      ) < 400
  );
$$;

grant execute on function private.may_send_file(text) to authenticated;

/*
 * The sender changes what a message says, within 15 minutes of sending it. What it said before is kept for
 * moderation. The same words again change nothing, so that a form may be sent twice.
 *
 * Raises: UPSGN, UPONB, MSNON (not theirs, or no such message), MSDEL (it was deleted), MSLAT (later than that), MSBLK (blocked or closed), MSRDO (over),
 * MSBOD (over 4,000 characters, or empty without files), MSFST (more than 20 edits a minute).
 * Security definer: nobody may write messages.
 */
create function public.edit_message(message_id uuid, body text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_message public.messages := private.require_own_message(edit_message.message_id);
  v_body text := trim(coalesce(edit_message.body, ''));
begin
  if v_body = v_message.body then
    return;
  end if;

  perform private.require_open(conversations) from public.conversations where conversations.id = v_message.conversation_id;

  if not private.is_changeable(v_message) then
    raise exception 'A message can be changed for 15 minutes. Write another one.' using errcode = 'MSLAT';
  end if;

  if char_length(v_body) > 4000
    or v_body = ''
      and not exists (select from public.message_attachments where message_attachments.message_id = v_message.id)
  then
    raise exception 'Write a message of up to 4,000 characters.' using errcode = 'MSBOD';
  end if;

  perform private.lock_limit('changes', v_message.sender_id);

  if (
    select count(*)
    from private.message_words
    join public.messages on messages.id = message_words.message_id
    where messages.sender_id = v_message.sender_id
      and message_words.created_at > now() - interval '1 minute'
  ) >= 20 then
    raise exception 'That is a lot of changes. Wait a minute.' using errcode = 'MSFST';
  end if;

  perform private.keep_words(v_message);

  update public.messages
  set body = v_body, edited_at = now(), change = private.next_change(v_message.conversation_id)
  where messages.id = v_message.id;
end;
$$;

grant execute on function public.edit_message(uuid, text) to authenticated;

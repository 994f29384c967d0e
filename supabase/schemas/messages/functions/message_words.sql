/* Keeps what a message says before that changes, for moderation. A message of files alone says nothing. */
create function private.keep_words(message public.messages)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.message_words (message_id, body)
  select (keep_words.message).id, (keep_words.message).body
  where (keep_words.message).body <> '';
$$;

/* Run by cron: what was edited or deleted 90 days ago is known to nobody any more. */
create function private.purge_message_words()
returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.message_words where message_words.created_at < now() - interval '90 days';
$$;

/* A person leaves: what they had taken back goes at once. */
create function private.forget_message_words(profile_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.message_words
  using public.messages
  where messages.id = message_words.message_id
    and messages.sender_id = forget_message_words.profile_id;
$$;

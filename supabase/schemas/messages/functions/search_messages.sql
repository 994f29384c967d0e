/*
 * Messages of the asker's own threads in which the words of `query` occur, in any of their forms, the newest first; read
 * as search engines do: "in quotes" together, -without. Deleted, removed and hidden ones say nothing. `excerpt` is all of a
 * short one, or the part of it in which they occur, each word between U+0002 and U+0003. One page of 20 and one more when there is a next; a query of
 * nothing but common words finds nothing.
 *
 * Security definer: one pass over rows whose policies would each be checked.
 */
create function public.search_messages(query text, page_number integer default 1)
returns table (
  conversation_id uuid,
  seq bigint,
  counterpart_name text,
  is_own boolean,
  excerpt text,
  created_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  with wanted as (
    select websearch_to_tsquery('pg_catalog.english', left(search_messages.query, 200)) as words
  ),
  -- Materialized: what is hidden is asked of each thread, not of each message.
  threads as materialized (
    select conversations.id,
      conversations.client_id = private.current_profile_id() and private.is_suspended(conversations.coach_id) as is_other_hidden
    from public.conversations
    where conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id()
  ),
  own as (
    select found.*
    from wanted
    cross join threads
    -- Each thread by the index; offset keeps it from being read backwards by time, through what everybody wrote.
    cross join lateral (
      select messages.id, messages.created_at
      from public.messages
      where messages.conversation_id = threads.id
        and to_tsvector('pg_catalog.english', messages.body) @@ wanted.words
        -- In nothing any word is missing.
        and messages.body <> ''
        and (messages.sender_id = private.current_profile_id() or not threads.is_other_hidden)
      offset 0
    ) as found
  ),
  page as (
    select messages.*, conversations as thread
    from (
      select own.id
      from own
      order by own.created_at desc, own.id
      limit 21 offset (greatest(search_messages.page_number, 1) - 1) * 20
    ) as found
    join public.messages on messages.id = found.id
    join public.conversations on conversations.id = messages.conversation_id
  )
  select page.conversation_id, page.seq, private.counterpart_name(page.thread), page.sender_id = private.current_profile_id(),
    -- Marks in what was written would pass for ours.
    ts_headline(
      'pg_catalog.english', translate(page.body, E'\x02\x03', ''), wanted.words,
      E'StartSel="\x02", StopSel="\x03", '
        || case when char_length(page.body) <= 300 then 'HighlightAll=true' else 'MaxWords=40, MinWords=20' end
    ),
    page.created_at
  from page
  cross join wanted
  order by page.created_at desc, page.id;
$$;

grant execute on function public.search_messages(text, integer) to authenticated;

/*
 * Files that belong to no message, at most 1,000: those whose names begin with `prefix`, or, when it is
 * null, those that were uploaded more than a day ago and never sent.
 */
create function private.leftover_files(prefix text)
returns setof text
language sql
stable
set search_path = ''
as $$
  select files.name
  from private.files_below(leftover_files.prefix) as files
  left join lateral private.parse_file_name(files.name) as file on true
  where (leftover_files.prefix is not null or files.created_at < now() - interval '1 day')
    and not exists (
      select from public.message_attachments
      where message_attachments.id = file.attachment_id
        and message_attachments.message_id = file.message_id
    )
  order by files.created_at
  limit 1000;
$$;

/* What `dispatch` needs to remove leftover files: their names. Null when there are none. */
create function private.remove_files_work(prefix text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('names', jsonb_agg(leftover.name))
  from private.leftover_files(remove_files_work.prefix) as leftover (name)
  having count(*) > 0;
$$;

/* Run by cron: has files removed that were uploaded and never sent. */
create function private.remove_leftover_files()
returns void
language sql
volatile
set search_path = ''
as $$
  select private.enqueue(
    'storage.remove_files', 'storage.remove_files:' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), '{}'
  )
  where exists (select from private.leftover_files(null));
$$;

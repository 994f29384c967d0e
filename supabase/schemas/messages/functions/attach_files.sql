/*
 * Makes files that the asker has uploaded the attachments of a message of theirs, in this order.
 * Type and size are what Storage found; the size of a picture's preview in pixels is what was said on uploading, as
 * is the name but for its ending (safe_file_name). Leftovers go after a day, so what was uploaded long ago is not taken.
 *
 * Raises: MSTEN (more than ten), MSGON (one is not there, or is somebody else's).
 */
create function private.attach_files(message public.messages, attachment_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_prefix text := (attach_files.message).conversation_id || '/' || (attach_files.message).id || '/';
  v_attached integer;
begin
  if cardinality(attach_files.attachment_ids) > 10 then
    raise exception 'A message takes up to ten files.' using errcode = 'MSTEN';
  end if;

  insert into public.message_attachments (id, message_id, position, name, content_type, size_bytes, width, height)
  select distinct on (wanted.id) wanted.id, (attach_files.message).id, wanted.position,
    private.safe_file_name(objects.user_metadata ->> 'name', objects.metadata ->> 'mimetype'),
    objects.metadata ->> 'mimetype', (objects.metadata ->> 'size')::integer,
    (objects.user_metadata ->> 'width')::integer, (objects.user_metadata ->> 'height')::integer
  from unnest(attach_files.attachment_ids) with ordinality as wanted (id, position)
  join storage.objects
    on objects.bucket_id = 'attachments'
    and objects.name = v_prefix || wanted.id
    and objects.owner_id = auth.jwt() ->> 'sub'
    and objects.created_at > now() - interval '12 hours'
  order by wanted.id, wanted.position;

  get diagnostics v_attached = row_count;

  if v_attached <> coalesce(cardinality(attach_files.attachment_ids), 0) then
    raise exception 'A file did not arrive. Choose it again; after very many files, wait an hour.' using errcode = 'MSGON';
  end if;
end;
$$;

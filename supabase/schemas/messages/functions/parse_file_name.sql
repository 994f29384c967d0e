/*
 * What the name of an object in the bucket `attachments` says: '<conversation>/<message>/<attachment>',
 * and the same with '.small' for the preview of a picture. No row for any other name.
 */
create function private.parse_file_name(name text)
returns table (conversation_id uuid, message_id uuid, attachment_id uuid)
language sql
immutable
set search_path = ''
as $$
  select split_part(known.name, '/', 1)::uuid, split_part(known.name, '/', 2)::uuid,
    split_part(split_part(known.name, '/', 3), '.', 1)::uuid
  from (
    -- Null, not a filter: the casts must never see a name of another shape.
    select case
      when parse_file_name.name
        ~ '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/){2}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.small)?$'
        then parse_file_name.name
    end as name
  ) as known
  where known.name is not null;
$$;

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.attach_files (
  message        public.messages,
  attachment_ids uuid[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.may_send_file (
  name text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.safe_file_name (
  name         text,
  content_type text
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case
    when said.name ~* ('\.(' || known.endings || ')$') then right(said.name, 200)
    else left(coalesce(nullif(said.name, ''), 'file'), 190) || '.' || split_part(known.endings, '|', 1)
  end
  from (
    select trim(regexp_replace(regexp_replace(coalesce(safe_file_name.name, ''), '^.*[/\\]', ''), '[[:cntrl:]]', '', 'g')) as name
  ) as said
  cross join (
    select case safe_file_name.content_type
      when 'image/jpeg' then 'jpg|jpeg'
      when 'image/png' then 'png'
      when 'image/webp' then 'webp'
      when 'image/gif' then 'gif'
      when 'application/pdf' then 'pdf'
      when 'text/csv' then 'csv'
      when 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' then 'docx'
      when 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' then 'xlsx'
      when 'application/vnd.openxmlformats-officedocument.presentationml.presentation' then 'pptx'
      else 'txt'
    end as endings
  ) as known;
$function$;

REVOKE ALL ON FUNCTION "private"."safe_file_name"(text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."safe_file_name"(text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."safe_file_name"(text, text) TO "postgres";

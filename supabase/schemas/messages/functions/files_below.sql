/*
 * The objects of the bucket `attachments` whose names begin with `prefix`, which ends with '/', or all
 * of them when it is null. Compared byte by byte, as Storage's own index on names is.
 */
create function private.files_below(prefix text)
returns table (name text, created_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select objects.name, objects.created_at
  from storage.objects
  where objects.bucket_id = 'attachments'
    and (
      files_below.prefix is null
      or objects.name ~>=~ files_below.prefix
        and objects.name ~<~ (rtrim(files_below.prefix, '/') || '0') -- what comes after '/'
    );
$$;

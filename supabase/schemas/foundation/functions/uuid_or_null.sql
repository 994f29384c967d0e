/* A text as a uuid, or null when it is none: what comes from elsewhere may be anything. */
create function private.uuid_or_null(value text)
returns uuid
language sql
immutable
set search_path = ''
as $$
  select case
    when uuid_or_null.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then uuid_or_null.value::uuid
  end;
$$;

/*
 * Whether a name is an IANA zone this server knows.
 * Takes a name such as America/Phoenix; abbreviations such as EST are no zones: they
 * do not change clocks.
 */
create function private.is_time_zone(name text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from pg_catalog.pg_timezone_names
    where pg_timezone_names.name = is_time_zone.name
      and (pg_timezone_names.name like '%/%' or pg_timezone_names.name = 'UTC')
  );
$$;

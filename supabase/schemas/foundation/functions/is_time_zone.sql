/*
 * Whether a name is an IANA zone this server knows.
 * Takes a name such as America/Phoenix; abbreviations such as EST are no zones: they
 * do not change clocks.
 *
 * It is tried, not looked up: pg_timezone_names reads six hundred files, which made this the
 * slowest part of a booking (9 of 11 ms). Digits only as in Etc/GMT+5, because Postgres
 * takes any other name with a number for a rule of its own ("Mine/Zone3").
 */
create function private.is_time_zone(name text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  if is_time_zone.name is null
    or is_time_zone.name !~ '^(UTC|Etc/GMT[+-]?(\d|1[0-4])|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2})$' then
    return false;
  end if;
  perform now() at time zone is_time_zone.name;
  return true;
exception
  when invalid_parameter_value then
    return false;
end;
$$;

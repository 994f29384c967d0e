/* Cents as "$1,234.50". */
create function private.dollars(cents integer)
returns text
language sql
immutable
set search_path = ''
as $$
  select '$' || to_char(dollars.cents / 100.0, 'FM999,990.00');
$$;

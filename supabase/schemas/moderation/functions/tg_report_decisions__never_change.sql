/* Decisions are read again by those who doubt them. Raises: RPFIX. */
create function private.tg_report_decisions__never_change()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception 'A decision is never changed: decide again.' using errcode = 'RPFIX';
end;
$$;

/*
 * A client holds three times or seats at most. Locks the client, so that of two that they want at
 * once the second counts the first. Raises: OBMNY.
 */
create function private.require_few_holds(client_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform from public.profiles where profiles.id = require_few_holds.client_id for no key update;

  if (
    select count(*) from public.bookings
    where bookings.client_id = require_few_holds.client_id
      and bookings.status = 'held'
      and bookings.hold_expires_at > now()
  ) >= 3 then
    raise exception 'You are holding three times already. Pay for one or let it go first.' using errcode = 'OBMNY';
  end if;
end;
$$;

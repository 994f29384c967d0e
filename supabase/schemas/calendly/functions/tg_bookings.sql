/* A booking changed: its event at Calendly follows. */
create function private.tg_bookings__sync_calendly()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.sync_calendly(new);
  return null;
end;
$$;

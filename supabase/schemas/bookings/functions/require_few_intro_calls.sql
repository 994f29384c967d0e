/*
 * Refuses a free intro call while its client has as many to come, over all coaches, as
 * platform_settings.intro_calls_at_a_time says: they cost nothing, and their coaches' time. The
 * caller has locked the client (require_few_holds), so that of two requests at once the second
 * counts the first. Raises: OBINM.
 */
create function private.require_few_intro_calls(offer public.offers, client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_most integer := (private.settings()).intro_calls_at_a_time;
begin
  if (require_few_intro_calls.offer).kind = 'intro_call' and (
    select count(*) from public.bookings
    where bookings.client_id = require_few_intro_calls.client_id
      and bookings.is_intro_call
      and bookings.starts_at > now()
      and private.shown_status(bookings) in ('held', 'confirmed')
  ) >= v_most then
    raise exception 'You have % free intro calls ahead already. Have one of them, or cancel it, and then book the next.', v_most
      using errcode = 'OBINM';
  end if;
end;
$$;

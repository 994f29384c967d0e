/*
 * Refuses a second free intro call of a client with a coach, whatever became of the first,
 * unless the coach or we called it off. The caller has locked the client, so that of two
 * requests at once the second sees the first; bookings_one_intro_call_per_client_and_coach
 * would refuse it anyhow. Raises: OBINT.
 */
create function private.require_first_intro_call(offer public.offers, client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  if (require_first_intro_call.offer).kind = 'intro_call'
    and private.had_intro_call((require_first_intro_call.offer).coach_id, require_first_intro_call.client_id) then
    raise exception 'You have had your free intro call with this coach. Book a session to go on.' using errcode = 'OBINT';
  end if;
end;
$$;

/* Whether a client has had, or has, their free intro call with a coach. */
create function private.had_intro_call(coach_id uuid, client_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.bookings
    where bookings.coach_id = had_intro_call.coach_id
      and bookings.client_id = had_intro_call.client_id
      and bookings.is_intro_call
      and (bookings.cancelled_by is null or bookings.cancelled_by = 'client')
  );
$$;

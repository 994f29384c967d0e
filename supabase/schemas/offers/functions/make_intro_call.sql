/*
 * A coach offers a free intro call, one at a time; each client can have it once. Returns the
 * offer's id. Raises: UPSGN, UPONB, OCNON, OCSUS, OFTIT, OFDES, OFLEN, OFMNY, OFINT (there is
 * one already).
 *
 * Security definer: nobody may write offers.
 */
create function public.make_intro_call(title text, description text, duration_minutes integer)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: what is looked up below holds.
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    make_intro_call.title, make_intro_call.description, make_intro_call.duration_minutes, 0, 'intro_call'
  );

  if exists (
    select from public.offers
    where offers.coach_id = v_coach.id and offers.kind = 'intro_call' and offers.archived_at is null
  ) then
    raise exception 'You offer a free intro call already. Change that one.' using errcode = 'OFINT';
  end if;

  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (coach_id, kind, title, description, duration_minutes, price_cents)
  values (
    v_coach.id, 'intro_call', trim(make_intro_call.title), trim(make_intro_call.description),
    make_intro_call.duration_minutes, 0
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$$;

grant execute on function public.make_intro_call(text, text, integer) to authenticated;

/* A coach has at most 12 offers at a time; the caller has locked the practice. Raises: OFMNY. */
create function private.require_room_for_offer(coach_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  if (
    select count(*) from public.offers
    where offers.coach_id = require_room_for_offer.coach_id and offers.archived_at is null
  ) >= 12 then
    raise exception 'You have 12 offers. Take one off sale first.' using errcode = 'OFMNY';
  end if;
end;
$$;

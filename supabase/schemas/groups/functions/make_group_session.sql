/*
 * A coach puts a group session on sale, at a price for each seat. It is booked at the dates that
 * they schedule, at once. Returns the offer's id.
 * Raises: UPSGN, UPONB, OCNON, OCSUS, OFTIT, OFDES, OFLEN, OFPRI, OFSEA, OFMNY.
 *
 * Security definer: nobody may write offers.
 */
create function public.make_group_session(
  title text,
  description text,
  duration_minutes integer,
  price_cents integer,
  seats integer
)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: the count below holds.
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    make_group_session.title, make_group_session.description, make_group_session.duration_minutes,
    make_group_session.price_cents, 'group_session', make_group_session.seats
  );
  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (coach_id, kind, title, description, duration_minutes, price_cents, seats)
  values (
    v_coach.id, 'group_session', trim(make_group_session.title), trim(make_group_session.description),
    make_group_session.duration_minutes, make_group_session.price_cents, make_group_session.seats
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$$;

grant execute on function public.make_group_session(text, text, integer, integer, integer) to authenticated;

/*
 * A coach puts a session on sale; unless it is instant, they are asked before one is booked. Returns the offer's id. At most 12 at a time.
 * Raises: UPSGN, UPONB, OCNON, OCSUS, OFTIT, OFDES, OFLEN, OFPRI, OFMNY.
 *
 * Security definer: nobody may write offers.
 */
create function public.make_offer(
  title text,
  description text,
  duration_minutes integer,
  price_cents integer,
  is_instant boolean default true
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
    make_offer.title, make_offer.description, make_offer.duration_minutes, make_offer.price_cents
  );

  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (coach_id, title, description, duration_minutes, price_cents, is_instant)
  values (
    v_coach.id, trim(make_offer.title), trim(make_offer.description), make_offer.duration_minutes, make_offer.price_cents,
    make_offer.is_instant
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$$;

grant execute on function public.make_offer(text, text, integer, integer, boolean) to authenticated;

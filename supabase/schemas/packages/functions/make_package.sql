/*
 * A coach puts a package on sale: `session_count` sessions that are paid at once, or if they like in
 * `instalments` monthly parts, of which the first can be a deposit for `deposit_sessions`, and booked within
 * `valid_months`. Takes the price in cents of one of its sessions, so that each costs whole cents; unless it
 * is instant, the coach is asked before one is booked. Returns the offer's id.
 * Raises: UPSGN, UPONB, OCNON, OCSUS, OFTIT, OFDES, OFLEN, OFPRI, OFSES, OFVAL, OFINS, OFDEP, OFMNY.
 *
 * Security definer: nobody may write offers.
 */
create function public.make_package(
  title text,
  description text,
  duration_minutes integer,
  session_cents integer,
  session_count integer,
  valid_months integer,
  is_instant boolean default true,
  instalments integer default null,
  deposit_sessions integer default null
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
    make_package.title, make_package.description, make_package.duration_minutes, make_package.session_cents, 'package',
    null, make_package.session_count, make_package.valid_months, make_package.instalments,
    make_package.deposit_sessions
  );
  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (
    coach_id, kind, title, description, duration_minutes, price_cents, is_instant, session_count, valid_months,
    instalments, deposit_sessions
  )
  values (
    v_coach.id, 'package', trim(make_package.title), trim(make_package.description), make_package.duration_minutes,
    make_package.session_count * make_package.session_cents, make_package.is_instant,
    make_package.session_count, make_package.valid_months, make_package.instalments, make_package.deposit_sessions
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$$;

grant execute on function public.make_package(text, text, integer, integer, integer, integer, boolean, integer, integer) to authenticated;

/*
 * A coach puts a membership on sale: sessions of a length, so many a month, for a price that is paid
 * every month or year, and some days for nothing at first. Returns the offer's id. At most 12 offers
 * at a time. Raises: UPSGN, UPONB, OCNON, OCSUS, OFTIT, OFDES, OFLEN, OFPRI, OFMNY, OFMEM.
 *
 * Security definer: nobody may write offers.
 */
create function public.make_membership_offer(
  title text,
  description text,
  duration_minutes integer,
  price_cents integer,
  billing_interval public.billing_interval,
  sessions_a_month integer,
  trial_days integer
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
begin
  perform private.require_room_for_offer(v_coach.id);

  return private.add_membership_offer(
    v_coach.id, null, make_membership_offer.title, make_membership_offer.description,
    make_membership_offer.duration_minutes, make_membership_offer.price_cents, make_membership_offer.billing_interval,
    make_membership_offer.sessions_a_month, make_membership_offer.trial_days
  );
end;
$$;

grant execute on function public.make_membership_offer(text, text, integer, integer, public.billing_interval, integer, integer)
  to authenticated;

/*
 * A coach changes a membership that is on sale: the next version takes its place. Who has the old one
 * keeps it, at its price, until they change it themselves. Returns the new version's id.
 * Raises what make_membership_offer does, and OFGON.
 *
 * Security definer: nobody may write offers.
 */
create function public.change_membership_offer(
  offer_id uuid,
  title text,
  description text,
  duration_minutes integer,
  price_cents integer,
  billing_interval public.billing_interval,
  sessions_a_month integer,
  trial_days integer
)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_previous public.offers := private.archive_own_offer(v_coach.id, change_membership_offer.offer_id);
begin
  if v_previous.kind <> 'membership' then
    raise exception 'This membership is no longer offered.' using errcode = 'OFGON';
  end if;

  return private.add_membership_offer(
    v_coach.id, v_previous, change_membership_offer.title, change_membership_offer.description,
    change_membership_offer.duration_minutes, change_membership_offer.price_cents,
    change_membership_offer.billing_interval, change_membership_offer.sessions_a_month, change_membership_offer.trial_days
  );
end;
$$;

grant execute on function public.change_membership_offer(uuid, text, text, integer, integer, public.billing_interval, integer, integer)
  to authenticated;

/*
 * Writes a membership offer, the first of its lineage or the version after `previous`. Raises: OFTIT,
 * OFDES, OFLEN, OFPRI, OFMEM (1 to 20 sessions a month, at most 30 days for nothing).
 */
create function private.add_membership_offer(
  coach_id uuid,
  previous public.offers,
  title text,
  description text,
  duration_minutes integer,
  price_cents integer,
  billing_interval public.billing_interval,
  sessions_a_month integer,
  trial_days integer
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    add_membership_offer.title, add_membership_offer.description, add_membership_offer.duration_minutes,
    add_membership_offer.price_cents, 'membership'
  );

  if coalesce(add_membership_offer.sessions_a_month, 0) not between 1 and 20 then
    raise exception 'A membership gives 1 to 20 sessions a month.' using errcode = 'OFMEM', detail = 'sessions';
  end if;
  if coalesce(add_membership_offer.trial_days, -1) not between 0 and 30 then
    raise exception 'A trial lasts 1 to 30 days. Leave it empty for none.' using errcode = 'OFMEM', detail = 'trial';
  end if;

  insert into public.offers (
    lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents, billing_interval,
    sessions_a_month, trial_days
  )
  values (
    coalesce((add_membership_offer.previous).lineage_id, gen_random_uuid()),
    coalesce((add_membership_offer.previous).version, 0) + 1,
    add_membership_offer.coach_id, 'membership', trim(add_membership_offer.title),
    trim(add_membership_offer.description), add_membership_offer.duration_minutes, add_membership_offer.price_cents,
    add_membership_offer.billing_interval, add_membership_offer.sessions_a_month, add_membership_offer.trial_days
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$$;

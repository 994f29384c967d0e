/*
 * A coach changes what they sell: the version on sale is archived and the next one takes
 * its place, so that orders keep what was bought. Returns the new version's id. Two changes
 * at once: the practice's lock lets one pass, the other then finds its version gone. An
 * intro call stays free, whatever price is given. Dates of a group session that are scheduled
 * keep their length and their seats; packages that were sold keep everything. Of a package
 * `price_cents` is the price of one of its sessions. A membership is changed by change_membership_offer.
 * Raises: UPSGN, UPONB, OCNON, OCSUS, OFTIT, OFDES, OFLEN, OFPRI, OFSEA, OFSES, OFVAL, OFINS, OFDEP, OFGON.
 *
 * Security definer: nobody may write offers.
 */
create function public.change_offer(
  offer_id uuid,
  title text,
  description text,
  duration_minutes integer,
  price_cents integer,
  is_instant boolean default true,
  seats integer default null,
  session_count integer default null,
  valid_months integer default null,
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
  v_coach public.coaches := private.require_coach();
  v_previous public.offers;
  v_offer_id uuid;
begin
  v_previous := private.archive_own_offer(v_coach.id, change_offer.offer_id);

  if v_previous.kind = 'membership' then
    raise exception 'Change a membership on its own page.' using errcode = 'OFGON';
  end if;

  perform private.require_valid_offer(
    change_offer.title, change_offer.description, change_offer.duration_minutes, change_offer.price_cents, v_previous.kind,
    change_offer.seats, change_offer.session_count, change_offer.valid_months, change_offer.instalments,
    change_offer.deposit_sessions
  );

  insert into public.offers (
    lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents, is_instant, seats, session_count,
    valid_months, instalments, deposit_sessions
  )
  values (
    v_previous.lineage_id, v_previous.version + 1, v_previous.coach_id, v_previous.kind, trim(change_offer.title),
    trim(change_offer.description), change_offer.duration_minutes,
    case v_previous.kind
      when 'intro_call' then 0
      when 'package' then change_offer.session_count * change_offer.price_cents
      else change_offer.price_cents
    end,
    v_previous.kind not in ('session', 'package') or change_offer.is_instant,
    case v_previous.kind when 'group_session' then change_offer.seats end,
    case v_previous.kind when 'package' then change_offer.session_count end,
    case v_previous.kind when 'package' then change_offer.valid_months end,
    case v_previous.kind when 'package' then change_offer.instalments end,
    case v_previous.kind when 'package' then change_offer.deposit_sessions end
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$$;

grant execute on function public.change_offer(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer, integer) to authenticated;

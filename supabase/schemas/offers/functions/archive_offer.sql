/*
 * Takes a version off sale for good and returns it. Raises OFGON when it is not the
 * coach's or not on sale.
 */
create function private.archive_own_offer(coach_id uuid, offer_id uuid)
returns public.offers
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_offer public.offers;
begin
  update public.offers
  set archived_at = now()
  where offers.id = archive_own_offer.offer_id
    and offers.coach_id = archive_own_offer.coach_id
    and offers.archived_at is null
  returning * into v_offer;

  if not found then
    raise exception 'This session is no longer offered.' using errcode = 'OFGON';
  end if;

  return v_offer;
end;
$$;

/*
 * A coach takes a session off sale. Booked sessions stay as they are, and so do dates of a group
 * session with somebody on a seat; the other dates are called off. An approved coach keeps at
 * least one session on sale. Raises: UPSGN, UPONB, OCNON, OCSUS, OFGON, OFLST (the last one).
 *
 * Security definer: nobody may write offers.
 */
create function public.archive_offer(offer_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: nobody is taking a seat.
  v_offer public.offers;
begin
  v_offer := private.archive_own_offer(v_coach.id, archive_offer.offer_id);

  if v_coach.status = 'approved' and private.missing_in_practice(v_coach) is not null then
    raise exception 'This is your last offer. Add another one before you take it off sale.' using errcode = 'OFLST';
  end if;

  update public.group_dates
  set called_off_at = now()
  from public.offers
  where offers.id = group_dates.offer_id
    and offers.lineage_id = v_offer.lineage_id
    and group_dates.called_off_at is null
    and group_dates.starts_at > now()
    and private.seats_taken(group_dates.id) = 0;
end;
$$;

grant execute on function public.archive_offer(uuid) to authenticated;

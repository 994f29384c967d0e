/*
 * A client pauses their membership: nothing is charged and no sessions are given until they resume it;
 * the days on which it renews stay. Sessions of the period that is paid can still be used. Returns the
 * number of the decision. Raises: UPSGN, UPONB, MBNFD, MBNOT.
 *
 * Security definer: nobody may write memberships.
 */
create function public.pause_membership(membership_id uuid)
returns integer
language sql
volatile
security definer
set search_path = ''
as $$
  select private.decide(pause_membership.membership_id, 'pause');
$$;

/* The client goes on with a paused membership: charged again from the next renewal on. As pause_membership. */
create function public.resume_membership(membership_id uuid)
returns integer
language sql
volatile
security definer
set search_path = ''
as $$
  select private.decide(resume_membership.membership_id, 'resume');
$$;

/* The client cancels: it works until the end of what is paid, and nothing more is charged. As pause_membership. */
create function public.cancel_membership(membership_id uuid)
returns integer
language sql
volatile
security definer
set search_path = ''
as $$
  select private.decide(cancel_membership.membership_id, 'cancel');
$$;

/* The client takes the cancellation back before it has come to pass. As pause_membership. */
create function public.keep_membership(membership_id uuid)
returns integer
language sql
volatile
security definer
set search_path = ''
as $$
  select private.decide(keep_membership.membership_id, 'keep');
$$;

grant execute on function public.pause_membership(uuid) to authenticated;
grant execute on function public.resume_membership(uuid) to authenticated;
grant execute on function public.cancel_membership(uuid) to authenticated;
grant execute on function public.keep_membership(uuid) to authenticated;

/* One of the four. Raises what they do. */
create function private.decide(membership_id uuid, intent public.membership_intent)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_membership public.memberships := private.own_membership(decide.membership_id);
begin
  perform private.require_choice(v_membership, decide.intent);
  return private.intend(v_membership, decide.intent);
end;
$$;

/*
 * The client changes to another membership of the same coach, from the next renewal on: what is paid
 * for stays as it is until then. It must be on sale and be paid as often. They agree to its price as
 * when they began (begin_membership). Returns the number of the decision.
 * Raises: UPSGN, UPONB, MBNFD, MBNOT, MBPLN (not a membership to change to), MBAGR, MBTRM.
 *
 * Security definer: nobody may write memberships.
 */
create function public.change_membership_plan(membership_id uuid, offer_id uuid, words_sha256 text)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_membership public.memberships := private.own_membership(change_membership_plan.membership_id);
  v_offer public.offers;
begin
  perform private.require_choice(v_membership, 'change_plan');

  select offers.* into v_offer
  from private.plans_for(v_membership) as plan
  join public.offers on offers.id = plan.offer_id
  where offers.id = change_membership_plan.offer_id;

  if not found then
    raise exception 'You cannot change to this membership.' using errcode = 'MBPLN';
  end if;

  perform private.write_consent(v_membership.id, v_offer, 0, change_membership_plan.words_sha256, true);
  return private.intend(v_membership, 'change_plan', v_offer.id);
end;
$$;

grant execute on function public.change_membership_plan(uuid, uuid, text) to authenticated;

/*
 * What a membership can be changed to: the coach's others that are on sale and paid as often. Another
 * interval would begin a new period at once (docs/decisions/0019-memberships.md).
 */
create function private.plans_for(membership public.memberships)
returns table (offer_id uuid)
language sql
stable
set search_path = ''
as $$
  select offers.id
  from public.offers
  join public.offers as present on present.id = (plans_for.membership).offer_id
  cross join private.membership_standing(plans_for.membership) as standing
  where offers.coach_id = (plans_for.membership).coach_id
    and offers.kind = 'membership'
    and offers.archived_at is null
    and offers.billing_interval = present.billing_interval
    and offers.id <> standing.offer_id;
$$;

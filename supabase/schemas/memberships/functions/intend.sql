/*
 * Writes down what a client decided about their membership, before Stripe is asked, and has it asked
 * again in a minute unless it was confirmed by then (membership_work). Returns its number, which names
 * the call at Stripe. A newer decision takes the place of one that Stripe has not confirmed.
 */
create function private.intend(membership public.memberships, intent public.membership_intent, offer_id uuid default null)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_number integer;
begin
  update public.memberships
  set intent = intend.intent,
      intent_offer_id = intend.offer_id,
      intent_number = intent_number + 1,
      intended_at = clock_timestamp()
  where memberships.id = (intend.membership).id
  returning intent_number into v_number;

  perform private.enqueue(
    'stripe.read_subscription', format('stripe.read_subscription:%s:%s', (intend.membership).id, v_number),
    jsonb_build_object('membership_id', (intend.membership).id), now() + interval '1 minute'
  );
  return v_number;
end;
$$;

/* The asker's own membership, locked, as Stripe said last. Raises: UPSGN, UPONB, MBNFD. */
create function private.own_membership(membership_id uuid)
returns public.memberships
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_membership public.memberships;
begin
  select * into v_membership
  from public.memberships
  where memberships.id = own_membership.membership_id
    and memberships.client_id = v_client.id
    and memberships.status <> 'incomplete'
  for update;

  if not found then
    raise exception 'This membership does not exist.' using errcode = 'MBNFD';
  end if;
  return v_membership;
end;
$$;

/*
 * How a membership stands with what its client has decided: as it will be at Stripe. What can be
 * decided next, and what pages show, follows from this.
 */
create function private.membership_standing(membership public.memberships)
returns table (status public.membership_status, is_ending boolean, offer_id uuid)
language sql
immutable
set search_path = ''
as $$
  select
    case (membership_standing.membership).intent
      when 'pause' then 'paused'
      when 'resume' then 'active'
      else (membership_standing.membership).status
    end::public.membership_status,
    case (membership_standing.membership).intent
      when 'cancel' then true
      when 'keep' then false
      else (membership_standing.membership).is_ending
    end,
    coalesce((membership_standing.membership).intent_offer_id, (membership_standing.membership).offer_id);
$$;

/*
 * What a membership's client can decide, as it stands. While its coach is suspended, and until Stripe charges
 * again after that, whether it is charged is not theirs to decide.
 */
create function private.membership_choices(membership public.memberships)
returns public.membership_intent[]
language sql
stable
set search_path = ''
as $$
  select array_remove(array[
    case when standing.status = 'active' and not standing.is_ending and not halt.is_halted then 'pause' end,
    case when standing.status = 'paused' and not halt.is_halted then 'resume' end,
    case when standing.status not in ('ended', 'incomplete') and not standing.is_ending then 'cancel' end,
    case when standing.status not in ('ended', 'incomplete') and standing.is_ending then 'keep' end,
    case when standing.status in ('active', 'trialing') and not standing.is_ending and not halt.is_halted then 'change_plan' end
  ], null)::public.membership_intent[]
  from private.membership_standing(membership_choices.membership) as standing
  cross join private.is_halted(membership_choices.membership) as halt (is_halted);
$$;

/* Whether nothing is charged for a membership because its coach is suspended, or is not charged again yet. */
create function private.is_halted(membership public.memberships)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_halted.membership).is_halted or private.is_suspended((is_halted.membership).coach_id);
$$;

/* Refuses what cannot be decided as a membership stands. Raises: MBNOT. */
create function private.require_choice(membership public.memberships, intent public.membership_intent)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not require_choice.intent = any (private.membership_choices(require_choice.membership)) then
    raise exception 'That cannot be done with this membership as it is now.' using errcode = 'MBNOT';
  end if;
end;
$$;

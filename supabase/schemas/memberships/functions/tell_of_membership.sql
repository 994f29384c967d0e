/*
 * Tells the parties that a membership has begun, once: the client with what they agreed to, the coach of a new
 * member. The caller has given its first sessions: of one of which all went back there is nothing to tell. Nor is
 * there while the coach is suspended, when nothing can be booked; then it is told with the next period.
 */
create function private.tell_of_begin(membership public.memberships)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify((tell_of_begin.membership).client_id, 'membership_begun', (tell_of_begin.membership).id),
    private.notify(coaches.profile_id, 'member_joined', (tell_of_begin.membership).id)
  from public.coaches
  where coaches.id = (tell_of_begin.membership).coach_id
    and (tell_of_begin.membership).status in ('trialing', 'active')
    and not private.is_suspended(coaches.id);
$$;

/*
 * Tells what follows from a change of a membership, each thing once. The client: when a period could not be
 * charged, however often it is tried. The coach: of one who cancels, which takes effect at the end of what is
 * paid, or takes that back; of one whose membership ended without that. `before` and `after` are the same locked
 * row, so a change is seen once, whoever made it and wherever.
 */
create function private.tell_of_membership(before public.memberships, after public.memberships)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_coach_profile_id uuid := (
    select coaches.profile_id from public.coaches where coaches.id = (tell_of_membership.after).coach_id
  );
  v_was_ending boolean := (tell_of_membership.before).is_ending;
  v_is_ending boolean := (tell_of_membership.after).is_ending;
begin
  -- Of one that begins tell_of_begin tells.
  if (tell_of_membership.after).status = 'ended' then
    perform private.notify(v_coach_profile_id, 'member_left', (tell_of_membership.after).id)
    where (tell_of_membership.before).status <> 'incomplete' and not v_was_ending;
  elsif (tell_of_membership.before).status <> 'incomplete' and v_is_ending <> v_was_ending then
    -- Each decision has its number; those made at Stripe itself have that of the last one here.
    perform private.notify(
      v_coach_profile_id, case when v_is_ending then 'member_leaving' else 'member_staying' end,
      (tell_of_membership.after).id, version => (tell_of_membership.after).intent_number + 1
    );
  end if;

  if (tell_of_membership.after).status = 'past_due' then
    perform private.notify(
      (tell_of_membership.after).client_id, 'membership_payment_failed', (tell_of_membership.after).id,
      version => private.day_number((tell_of_membership.after).period_starts_at)
    );
  end if;
end;
$$;

/* Whether what a coach is told of a member's cancellation, or of its being taken back, is so by now. */
create function private.is_leaving(notification public.notifications)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.memberships
    cross join private.membership_standing(memberships) as standing
    where memberships.id = (is_leaving.notification).subject_id
      and (standing.is_ending or standing.status = 'ended')
  );
$$;

/* What a mail about a membership says, as an object to add to mail_work's; null for every other notification. */
create function private.mail_membership(notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('membership', jsonb_build_object(
    'membership_id', memberships.id,
    'time_zone', recipient.time_zone,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'price_cents', offers.price_cents,
    'is_taxed', memberships.automatic_tax,
    'billing_interval', offers.billing_interval,
    'is_trial', memberships.status = 'trialing',
    'period_ends_at', memberships.period_ends_at,
    'ended_at', memberships.ended_at,
    'agreed_words', consent.words
  ))
  from public.memberships
  cross join lateral private.membership_standing(memberships) as standing
  join public.offers on offers.id = standing.offer_id
  join public.coaches on coaches.id = memberships.coach_id
  join public.profiles as client on client.id = memberships.client_id
  join public.profiles as recipient on recipient.id = (mail_membership.notification).recipient_id
  left join lateral (
    select membership_consents.words
    from public.membership_consents
    where membership_consents.membership_id = memberships.id
    order by membership_consents.agreed_at desc
    limit 1
  ) as consent on true
  where (
      (mail_membership.notification).kind like 'membership\_%'
      or (mail_membership.notification).kind like 'member\_%'
    )
    and memberships.id = (mail_membership.notification).subject_id;
$$;

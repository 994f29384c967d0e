/*
 * What a client agrees to who subscribes: price, whether tax comes on top, when it is charged again, how to
 * cancel, and what they pay for a session to which they do not come (`no_show_fee_cents`, 0 for nothing). One wording
 * for all; another one is another `version`. `trial_days` are those that this client gets;
 * `is_change` when they change to it, which counts from the next renewal on. The same of all three
 * give the same words, so that their hash says what was read.
 */
create function private.membership_terms(offer public.offers, trial_days integer, is_change boolean default false)
returns table (version integer, words text, no_show_fee_cents integer)
language sql
stable
set search_path = ''
as $$
  select case when (private.settings()).automatic_tax then 3 else 2 end, format(
    'I agree that “%s” with %s renews by itself. %s%s%s is charged to my card %s%s, until I cancel. I can cancel at any '
    'time with one click, on the membership’s page or through Billing in my settings. It then works until the end of '
    'the time that is paid, and nothing more is charged. Sessions that I do not use within their period are not '
    'paid back.%s',
    (membership_terms.offer).title,
    coaches.display_name,
    case when membership_terms.trial_days > 0
      then format('The first %s days cost nothing. Then ', membership_terms.trial_days) else '' end,
    private.dollars((membership_terms.offer).price_cents),
    private.plus_tax(),
    case
      when membership_terms.is_change then 'at the next renewal and then '
      when membership_terms.trial_days > 0 then ''
      else 'today and then '
    end,
    case (membership_terms.offer).billing_interval when 'month' then 'every month' else 'every year' end,
    case when cancellation_policies.no_show_fee_cents > 0
      then format(
        ' If I do not come to a session that I have booked, %s is charged to the same card. I am told before, and can '
        'object within %s hours; nothing is charged then before somebody has looked at it.',
        private.dollars(cancellation_policies.no_show_fee_cents),
        (private.settings()).objection_minutes / 60
      ) else '' end
  ), cancellation_policies.no_show_fee_cents
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  where coaches.id = (membership_terms.offer).coach_id;
$$;

/* What is said after a price while tax comes on top of it (platform_settings.automatic_tax). */
create function private.plus_tax(without text default '')
returns text
language sql
stable
set search_path = ''
as $$
  select case when (private.settings()).automatic_tax then ', plus tax where it applies,' else plus_tax.without end;
$$;

/*
 * How many days a client may try an offer for nothing: once with each coach, whatever became of it.
 * `except_id` is a membership that is being begun anew.
 */
create function private.trial_days_for(offer public.offers, client_id uuid, except_id uuid default null)
returns integer
language sql
stable
set search_path = ''
as $$
  select case
    when exists (
      select from public.memberships
      where memberships.client_id = trial_days_for.client_id
        and memberships.coach_id = (trial_days_for.offer).coach_id
        and memberships.trial_days > 0
        and memberships.id is distinct from trial_days_for.except_id
    ) then 0
    else coalesce((trial_days_for.offer).trial_days, 0)
  end;
$$;

/*
 * What the page to subscribe shows of a membership on sale: the days for nothing that the asker gets,
 * the words to agree to and their hash, and the membership with this coach that they have already.
 * No row for what is not on sale.
 *
 * Security definer: whether somebody had a trial is looked up over ended memberships, and the
 * functions it asks are granted to nobody.
 */
create function public.membership_offer_terms(offer_id uuid)
returns table (
  trial_days integer,
  version integer,
  words text,
  words_sha256 text,
  membership_id uuid,
  no_show_fee_cents integer,
  objection_minutes integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select days.trial_days, terms.version, terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex'),
    case when live.status <> 'incomplete' then live.id end, terms.no_show_fee_cents, (private.settings()).objection_minutes
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  left join public.memberships as live
    on live.client_id = private.current_profile_id()
    and live.coach_id = offers.coach_id
    and live.status <> 'ended'
  cross join lateral (
    select private.trial_days_for(offers, private.current_profile_id(), live.id) as trial_days
  ) as days
  cross join lateral private.membership_terms(offers, days.trial_days) as terms
  where offers.id = membership_offer_terms.offer_id
    and offers.archived_at is null
    and offers.kind = 'membership';
$$;

grant execute on function public.membership_offer_terms(uuid) to anon, authenticated;

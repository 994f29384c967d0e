SET local check_function_bodies = off;

DROP FUNCTION "private"."membership_terms"(public.offers, integer);

DROP FUNCTION "private"."write_consent"(uuid, public.offers, integer, text);

CREATE OR REPLACE FUNCTION private.membership_terms (
  offer      public.offers,
  trial_days integer,
  is_change  boolean       DEFAULT false
)
  RETURNS TABLE (
    version integer,
    words   text
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select 1, format(
    'I agree that “%s” with %s renews by itself. %s%s is charged to my card %s%s, until I cancel. I can cancel at any '
    'time with one click, on the membership’s page or through Billing in my settings. It then works until the end of '
    'the time that is paid, and nothing more is charged. Sessions that I do not use within their period are not '
    'paid back.',
    (membership_terms.offer).title,
    coaches.display_name,
    case when membership_terms.trial_days > 0
      then format('The first %s days cost nothing. Then ', membership_terms.trial_days) else '' end,
    '$' || to_char((membership_terms.offer).price_cents / 100.0, 'FM999,990.00'),
    case
      when membership_terms.is_change then 'at the next renewal and then '
      when membership_terms.trial_days > 0 then ''
      else 'today and then '
    end,
    case (membership_terms.offer).billing_interval when 'month' then 'every month' else 'every year' end
  )
  from public.coaches
  where coaches.id = (membership_terms.offer).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.write_consent (
  membership_id uuid,
  offer         public.offers,
  trial_days    integer,
  words_sha256  text,
  is_change     boolean       DEFAULT false
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if coalesce(write_consent.words_sha256, '') = '' then
    raise exception 'Tick the box to agree to the renewal.' using errcode = 'MBAGR';
  end if;

  insert into public.membership_consents (membership_id, offer_id, version, words, words_sha256)
  select write_consent.membership_id, (write_consent.offer).id, terms.version, terms.words, write_consent.words_sha256
  from private.membership_terms(write_consent.offer, write_consent.trial_days, write_consent.is_change) as terms
  where encode(sha256(convert_to(terms.words, 'UTF8')), 'hex') = write_consent.words_sha256;

  if not found then
    raise exception 'What you agree to has changed. Read it again.' using errcode = 'MBTRM';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.change_membership_plan (
  membership_id uuid,
  offer_id      uuid,
  words_sha256  text
)
  RETURNS integer
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.membership_plans (
  membership_id uuid
)
  RETURNS TABLE (
    offer_id         uuid,
    title            text,
    description      text,
    duration_minutes integer,
    sessions_a_month integer,
    billing_interval public.billing_interval,
    price_cents      integer,
    words            text,
    words_sha256     text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select offers.id, offers.title, offers.description, offers.duration_minutes, offers.sessions_a_month,
    offers.billing_interval, offers.price_cents, terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex')
  from public.memberships
  cross join lateral private.plans_for(memberships) as plan
  join public.offers on offers.id = plan.offer_id
  cross join lateral private.membership_terms(offers, 0, true) as terms
  where memberships.id = membership_plans.membership_id
    and memberships.client_id = private.current_profile_id()
  order by offers.price_cents;
$function$;

REVOKE ALL ON FUNCTION "private"."membership_terms"(public.offers, integer, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."membership_terms"(public.offers, integer, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."membership_terms"(public.offers, integer, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."write_consent"(uuid, public.offers, integer, text, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_consent"(uuid, public.offers, integer, text, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."write_consent"(uuid, public.offers, integer, text, boolean) TO "postgres";

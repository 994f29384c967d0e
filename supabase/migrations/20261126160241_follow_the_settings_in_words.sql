SET local check_function_bodies = off;

DROP FUNCTION "public"."platform_terms"();

CREATE OR REPLACE FUNCTION private.record_subscription (
  subscription jsonb,
  read_at      timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_id text := record_subscription.subscription ->> 'id';
  v_before public.memberships := private.lock_membership(record_subscription.subscription);
  v_after public.memberships;
begin
  if v_before.id is null then
    perform public.record_security_event('subscription_of_nobody', jsonb_build_object('subscription_id', v_id));
    return;
  end if;

  if v_before.stripe_subscription_id <> v_id or v_before.stripe_subscription_id is null and v_before.status = 'ended' then
    if record_subscription.subscription ->> 'status' not in ('canceled', 'incomplete_expired') then
      perform private.enqueue(
        'stripe.end_subscription', 'stripe.end_subscription:' || v_id, jsonb_build_object('subscription_id', v_id)
      );
    end if;
    return;
  end if;

  update public.memberships
  set stripe_subscription_id = v_id,
      stripe_item_id = record_subscription.subscription ->> 'item_id',
      offer_id = coalesce(private.offer_of_price(record_subscription.subscription ->> 'price_id', memberships.coach_id), memberships.offer_id),
      trial_days = private.tried_days(memberships, record_subscription.subscription),
      status = private.membership_status(record_subscription.subscription),
      period_starts_at = (record_subscription.subscription ->> 'period_starts_at')::timestamptz,
      period_ends_at = (record_subscription.subscription ->> 'period_ends_at')::timestamptz,
      trial_ends_at = (record_subscription.subscription ->> 'trial_ends_at')::timestamptz,
      is_ending = (record_subscription.subscription ->> 'is_ending')::boolean,
      ended_at = case
        when private.membership_status(record_subscription.subscription) = 'ended'
          then coalesce((record_subscription.subscription ->> 'ended_at')::timestamptz, record_subscription.read_at)
      end,
      last_read_at = record_subscription.read_at
  where memberships.id = v_before.id
    and memberships.status <> 'ended'
    and coalesce(memberships.last_read_at <= record_subscription.read_at, true)
  returning * into v_after;

  if v_after.id is not null then
    perform private.confirm_intent(v_after);
    perform private.tell_of_membership(v_before, v_after);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tried_days (
  membership   public.memberships,
  subscription jsonb
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (tried_days.membership).stripe_subscription_id is not null then (tried_days.membership).trial_days
    when tried_days.subscription ->> 'trial_ends_at' is null then 0
    else coalesce(
      (
        select private.trial_days_for(offers, (tried_days.membership).client_id, (tried_days.membership).id)
        from public.offers
        where offers.id = private.offer_of_price(tried_days.subscription ->> 'price_id', (tried_days.membership).coach_id)
      ),
      (tried_days.membership).trial_days
    )
  end;
$function$;

CREATE OR REPLACE FUNCTION public.platform_terms()
  RETURNS TABLE (
    fee_basis_points       integer,
    automatic_tax          boolean,
    hold_minutes           integer,
    answer_minutes         integer,
    join_opens_minutes     integer,
    review_window_days     integer,
    review_pause_days      integer,
    review_reply_days      integer,
    rating_prior_average   numeric,
    rating_prior_weight    integer,
    release_after_minutes  integer,
    calendar_stale_minutes integer,
    calendly_pay_minutes   integer,
    opened_mails_per_day   integer,
    full_refund_minutes    integer,
    partial_refund_minutes integer,
    partial_refund_percent integer,
    client_move_minutes    integer,
    client_moves           integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select settings.fee_basis_points, settings.automatic_tax, settings.hold_minutes, settings.answer_minutes, settings.join_opens_minutes,
    settings.review_window_days, settings.review_pause_days, settings.review_reply_days,
    settings.rating_prior_average, settings.rating_prior_weight, settings.release_after_minutes,
    settings.calendar_stale_minutes, settings.calendly_pay_minutes, settings.opened_mails_per_day,
    policy.full_refund_minutes, policy.partial_refund_minutes, policy.partial_refund_percent,
    policy.client_move_minutes, policy.client_moves
  from private.settings() as settings
  cross join public.cancellation_policies as policy
  where policy.is_default;
$function$;

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.review_summary (
  coach_id uuid
)
  RETURNS TABLE (
    review_count   integer,
    rating_average numeric,
    market_average numeric,
    advice_average numeric,
    worth_average  numeric,
    counts_by_star integer[]
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with counted as (
    select reviews.*
    from private.counted_reviews(review_summary.coach_id) as reviews
    where exists (select from public.coaches where coaches.id = review_summary.coach_id and coaches.status = 'approved')
  )
  select count(*)::integer,
    round(sum(counted.market_rating + counted.advice_rating + counted.worth_rating) / (3.0 * count(*)), 2),
    round(avg(counted.market_rating), 2), round(avg(counted.advice_rating), 2), round(avg(counted.worth_rating), 2),
    array(
      select count(*) filter (where round(rated.rating) = star)::integer
      from generate_series(5, 1, -1) as star
      left join counted as rated on true
      group by star
      order by star desc
    )
  from counted;
$function$;

REVOKE ALL ON FUNCTION "private"."tried_days"(public.memberships, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tried_days"(public.memberships, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tried_days"(public.memberships, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "postgres";

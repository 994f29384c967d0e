SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.mail_instalment (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('instalment', jsonb_build_object(
    'order_id', orders.id,
    'package_id', private.package_id(orders),
    'party', case when orders.client_id = (mail_instalment.notification).recipient_id then 'client' else 'coach' end,
    'time_zone', recipient.time_zone,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'position', orders.plan_position,
    'instalments', payment_plans.instalments,
    'paid_parts', (
      select count(*) from public.orders as parts where parts.plan_id = orders.plan_id and parts.credits_end_at is not null
    ),
    'session_count', orders.session_count,
    'amount_cents', orders.amount_cents,
    'is_taxed', orders.automatic_tax,
    'due_at', orders.due_at,
    'needs_action', tried.outcome = 'requires_action',
    'retry_at', private.next_try_at(orders.id),
    'ended_reason', payment_plans.ended_reason
  ))
  from public.orders
  join public.payment_plans on payment_plans.id = orders.plan_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles as client on client.id = orders.client_id
  join public.profiles as recipient on recipient.id = (mail_instalment.notification).recipient_id
  left join private.card_charges as tried
    on tried.order_id = orders.id and tried.attempt = (mail_instalment.notification).version
  where (mail_instalment.notification).kind in ('instalment_due', 'instalment_paid', 'instalment_failed', 'plan_ended')
    and orders.id = (mail_instalment.notification).subject_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_membership (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
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
$function$;

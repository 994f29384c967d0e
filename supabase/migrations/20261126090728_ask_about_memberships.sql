SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.reconcile_memberships()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'stripe.read_subscription',
    format('stripe.read_subscription:%s:%s', memberships.id, to_char(now(), 'YYYY-MM-DD HH24:MI')),
    jsonb_build_object('membership_id', memberships.id)
  )
  from public.memberships
  where memberships.status <> 'ended'
    and (
      memberships.intent is not null and memberships.intended_at < now() - interval '2 minutes'
      or memberships.period_ends_at < now() - interval '1 hour'
    );

  select private.ask_again(
    'stripe.read_subscription', memberships.id, jsonb_build_object('membership_id', memberships.id),
    case memberships.status when 'past_due' then 'hour' else 'day' end
  )
  from public.memberships
  where memberships.status = 'past_due'
    or memberships.status = 'incomplete'
      and memberships.stripe_checkout_session_id is not null
      and memberships.checkout_expires_at between now() - interval '8 days' and now();
$function$;

CREATE OR REPLACE FUNCTION private.record_membership (
  reading jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_invoice jsonb;
begin
  if record_membership.reading -> 'subscription' is null then
    return; -- A payment page that nobody paid on.
  end if;

  perform private.enqueue(
    'stripe.read_subscription', format('stripe.read_subscription:%s:heard_late', memberships.id),
    jsonb_build_object('membership_id', memberships.id)
  )
  from public.memberships
  where memberships.id::text = record_membership.reading -> 'subscription' ->> 'membership_id'
    and memberships.stripe_subscription_id is null
    and not record_membership.reading -> 'invoices' @> '[{"is_first": true}]';

  perform private.record_subscription(
    record_membership.reading -> 'subscription', (record_membership.reading ->> 'read_at')::timestamptz
  );

  for v_invoice in
    select value from jsonb_array_elements(record_membership.reading -> 'invoices') order by value ->> 'created_at'
  loop
    perform private.record_period(v_invoice);
  end loop;
end;
$function$;

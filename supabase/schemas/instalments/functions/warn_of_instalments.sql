/*
 * Tells clients before an instalment is charged, once for each day that it has (platform_settings.instalment_notice_days
 * says how long before). Not while its plan is not to be charged. Run by cron; derived every time, and what holds is
 * asked again when the mail leaves; what was left out then is told once it holds.
 */
create function private.warn_of_instalments()
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(orders.client_id, 'instalment_due', orders.id, version => private.day_number(orders.due_at)),
    private.tell_after_all(orders.id, 'instalment_due', private.day_number(orders.due_at))
  from public.orders
  where orders.plan_position > 1
    and orders.status = 'pending'
    and orders.due_at <= now() + make_interval(days => (private.settings()).instalment_notice_days)
    and private.is_instalment_ahead(orders.id)
    -- Not told yet, or left out in one way or the other.
    and coalesce((
      select bool_or(notifications.skipped_at is not null)
      from public.notifications
      where notifications.subject_id = orders.id
        and notifications.kind = 'instalment_due'
        and notifications.version = private.day_number(orders.due_at)
    ), true);
$$;

/* Whether an instalment is still to be charged on its day, as things are. */
create function private.is_instalment_ahead(order_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.orders
    join public.payment_plans on payment_plans.id = orders.plan_id
    where orders.id = is_instalment_ahead.order_id
      and orders.status = 'pending'
      and orders.due_at > now()
      and payment_plans.status in ('active', 'overdue')
      and not private.is_charging_halted(payment_plans)
  );
$$;

/* Whether an instalment could not be charged and is still to be paid. */
create function private.is_instalment_overdue(order_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.orders
    join public.payment_plans on payment_plans.id = orders.plan_id and payment_plans.status = 'overdue'
    where orders.id = is_instalment_overdue.order_id
      and orders.status = 'pending'
      and private.failed_charges(orders.id) > 0
  );
$$;

/*
 * What a mail about an instalment, or the end of a plan, says, as an object to add to mail_work's; null for
 * every other notification. `retry_at` is when the card is tried again.
 */
create function private.mail_instalment(notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
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
$$;

/*
 * Tells clients before their memberships are charged again, once for each period: so many days before
 * as platform_settings says for one that is paid every month, every year, or for the first time after
 * a trial. Not of what will not be charged: paused or cancelled ones, or of a coach who is suspended. Run by cron;
 * derived every time, and what holds is asked again when the mail leaves; what was left out then is told once it holds.
 */
create function private.warn_of_renewals()
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(
      memberships.client_id, 'membership_renewing', memberships.id, version => private.day_number(memberships.period_ends_at)
    ),
    private.tell_after_all(memberships.id, 'membership_renewing', private.day_number(memberships.period_ends_at))
  from public.memberships
  join public.offers on offers.id = memberships.offer_id
  cross join private.settings() as settings
  where private.will_be_charged(memberships)
    and memberships.period_ends_at <= now() + make_interval(days => case
      when memberships.status = 'trialing' then settings.renewal_notice_days_trial
      when offers.billing_interval = 'year' then settings.renewal_notice_days_year
      else settings.renewal_notice_days_month
    end)
    -- Not told yet, or left out in one way or the other.
    and coalesce((
      select bool_or(notifications.skipped_at is not null)
      from public.notifications
      where notifications.subject_id = memberships.id
        and notifications.kind = 'membership_renewing'
        and notifications.version = private.day_number(memberships.period_ends_at)
    ), true);
$$;

/* Whether a membership is charged when its period ends, as its client has decided, and its coach is not suspended. */
create function private.will_be_charged(membership public.memberships)
returns boolean
language sql
stable
set search_path = ''
as $$
  select standing.status in ('trialing', 'active') and not standing.is_ending
    and (will_be_charged.membership).period_ends_at > now()
    and not private.is_suspended((will_be_charged.membership).coach_id)
  from private.membership_standing(will_be_charged.membership) as standing;
$$;

/* Days since 1970: tells one period of a membership from the next. */
create function private.day_number(instant timestamptz)
returns integer
language sql
immutable
set search_path = ''
as $$
  select floor(extract(epoch from day_number.instant) / 86400)::integer;
$$;

/* Whether the charge of which a mail tells is still to come: of that period, and neither paused nor cancelled. */
create function private.is_renewal_ahead(notification public.notifications)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.memberships
    where memberships.id = (is_renewal_ahead.notification).subject_id
      and private.day_number(memberships.period_ends_at) = (is_renewal_ahead.notification).version
      and private.will_be_charged(memberships)
  );
$$;

/* Whether the payment of which a mail tells is still missing. */
create function private.is_payment_due(notification public.notifications)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.memberships
    where memberships.id = (is_payment_due.notification).subject_id and memberships.status = 'past_due'
  );
$$;

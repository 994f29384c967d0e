/*
 * What a mail about a package says, as an object to add to mail_work's; null for every other
 * notification. Of one that is paid in parts it is all of it, and `paid_now_cents` is its first part. Of one that has ended, `ended_sessions` were left and `ended_cents` go back.
 */
create function private.mail_package(notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('package', jsonb_build_object(
    'order_id', orders.id,
    'time_zone', recipient.time_zone,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'session_count', whole.session_count,
    'sessions_left', private.package_left(orders),
    'amount_cents', whole.amount_cents,
    'paid_now_cents', orders.amount_cents,
    'instalments', whole.instalments,
    'ends_at', orders.credits_end_at,
    'end_reason', whole.end_reason,
    'ended_sessions', whole.ended_sessions,
    'ended_cents', whole.ended_cents
  ))
  from public.orders
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles as client on client.id = orders.client_id
  join public.profiles as recipient on recipient.id = (mail_package.notification).recipient_id
  cross join lateral (
    select sum(parts.session_count) as session_count, sum(parts.amount_cents) as amount_cents,
      case when orders.plan_id is not null then count(*) end as instalments,
      max(parts.credits_end_reason) as end_reason,
      sum(unused.own_cents) as ended_cents,
      coalesce(sum(ended.sessions), 0) as ended_sessions
    from private.package_orders(orders) as parts
    cross join lateral private.unused_cents(parts.id) as unused
    left join lateral (
      select -credit_entries.sessions as sessions
      from public.credit_entries
      where credit_entries.order_id = parts.id and credit_entries.kind = 'ended'
    ) as ended on true
  ) as whole
  where (mail_package.notification).kind in (
      'package_bought', 'package_sold', 'package_returned', 'credits_ending', 'credits_ended'
    )
    and orders.id = (mail_package.notification).subject_id;
$$;

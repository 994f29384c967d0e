/*
 * Tells clients before what is left of their packages ends, once for each
 * (notification_kinds.minutes_before_start says how long before). Run by cron; derived every time,
 * and what holds is asked again when the mail leaves.
 */
create function private.warn_of_ending_credits()
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(orders.client_id, notification_kinds.kind, private.package_id(orders))
  from public.notification_kinds
  join public.orders
    on orders.credits_end_at > now()
    and orders.credits_end_at <= now() + make_interval(mins => notification_kinds.minutes_before_start)
  where notification_kinds.kind = 'credits_ending'
    and notification_kinds.is_enabled
    and private.is_package(orders)
    and private.credits_left(orders.id) > 0
    and not exists (
      select from public.notifications
      where notifications.subject_id = private.package_id(orders) and notifications.kind = notification_kinds.kind
    );
$$;

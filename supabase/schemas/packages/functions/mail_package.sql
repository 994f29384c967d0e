/*
 * What a mail about a package says, as an object to add to mail_work's; null for every other
 * notification. Of one that has ended, `ended_sessions` were left and `ended_cents` go back.
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
    'session_count', orders.session_count,
    'sessions_left', private.credits_left(orders.id),
    'amount_cents', orders.amount_cents,
    'ends_at', orders.credits_end_at,
    'end_reason', orders.credits_end_reason,
    'ended_sessions', coalesce((
      select -credit_entries.sessions from public.credit_entries
      where credit_entries.order_id = orders.id and credit_entries.kind = 'ended'
    ), 0),
    'ended_cents', unused.own_cents
  ))
  from public.orders
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles as client on client.id = orders.client_id
  join public.profiles as recipient on recipient.id = (mail_package.notification).recipient_id
  cross join lateral private.unused_cents(orders.id) as unused
  where (mail_package.notification).kind in (
      'package_bought', 'package_sold', 'package_returned', 'credits_ending', 'credits_ended'
    )
    and orders.id = (mail_package.notification).subject_id;
$$;

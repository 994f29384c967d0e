/*
 * The clients of packages that end at the distance of a rule with sessions left; of one in parts, once. Who
 * paid after that moment is left out: they have just read when it ends.
 */
create function private.due_credits_end(rule public.notification_rules)
returns table (recipient_id uuid, subject_id uuid, booking_id uuid, version integer)
language sql
stable
set search_path = ''
as $$
  select orders.client_id, private.package_id(orders), null::uuid, 1
  from private.due_moments(due_credits_end.rule) as due
  join public.orders
    on orders.credits_end_at > greatest(due.after_at, now())
    and orders.credits_end_at <= due.until_at
    and orders.paid_at <= orders.credits_end_at + make_interval(mins => (due_credits_end.rule).offset_minutes)
  where private.is_package(orders)
    and private.credits_left(orders.id) > 0;
$$;

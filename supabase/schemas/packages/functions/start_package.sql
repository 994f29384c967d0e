/*
 * A package is paid for: its sessions can be booked from now on, and both are told. It does not
 * matter how late: nothing was held. Only when the coach or the client has left, or it is a part of a package
 * whose plan has ended, all of it goes back; so it does when the coach is suspended, unless it is a later part of
 * a package that has begun: what that gives waits with what was paid before. The caller holds the order's lock, so
 * this runs once for each.
 */
create function private.start_package(order_row public.orders, payment public.payments)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders := start_package.order_row;
  v_coach_profile_id uuid;
  v_valid_months integer;
begin
  select coaches.profile_id, offers.valid_months into v_coach_profile_id, v_valid_months
  from public.coaches
  join public.profiles as owner on owner.id = coaches.profile_id and owner.deleted_at is null
  join public.profiles as client on client.id = v_order.client_id and client.deleted_at is null
  join public.offers on offers.id = v_order.offer_id
  where coaches.id = v_order.coach_id
    and (coaches.status <> 'suspended' or v_order.plan_position > 1)
    and private.takes_payment(v_order);

  if not found then
    perform private.return_payment(start_package.payment, start_package.payment.amount_cents, 'paid_too_late');
    perform private.notify(v_order.client_id, 'package_returned', v_order.id);
    perform private.end_plan(v_order.plan_id, 'package_ended');
    return;
  end if;

  perform private.grant_credits(
    v_order.id, v_order.session_count, private.plan_begun_at(v_order) + make_interval(months => v_valid_months)
  );
  if v_order.plan_position > 1 then
    perform private.notify(v_order.client_id, 'instalment_paid', v_order.id);
    perform private.settle_plan(v_order.plan_id);
    return;
  end if;

  perform private.settle_plan(v_order.plan_id);
  perform private.open_conversation(v_order.coach_id, v_order.client_id);
  perform private.notify(v_order.client_id, 'package_bought', v_order.id);
  perform private.notify(v_coach_profile_id, 'package_sold', v_order.id);
end;
$$;

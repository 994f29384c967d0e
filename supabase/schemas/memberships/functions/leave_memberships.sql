/*
 * A person leaves: memberships that they have or sell end at Stripe, at once, so that nothing more is
 * charged. One that was not paid for ends here: what is paid for it yet goes back (record_period).
 * Locks the memberships, before any order of theirs.
 */
create function private.leave_memberships(profile_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_membership public.memberships;
begin
  for v_membership in
    select memberships.*
    from public.memberships
    join public.coaches on coaches.id = memberships.coach_id
    where leave_memberships.profile_id in (memberships.client_id, coaches.profile_id)
      and memberships.status <> 'ended'
    order by memberships.id
    for update of memberships
  loop
    if v_membership.stripe_subscription_id is null then
      update public.memberships
      set status = 'ended', ended_at = now(), intent = null, intent_offer_id = null
      where memberships.id = v_membership.id;
    else
      perform private.enqueue(
        'stripe.end_subscription', 'stripe.end_subscription:' || v_membership.stripe_subscription_id,
        jsonb_build_object('subscription_id', v_membership.stripe_subscription_id)
      );
      -- Should Stripe's word that it has ended get lost.
      perform private.enqueue(
        'stripe.read_subscription', format('stripe.read_subscription:%s:left', v_membership.id),
        jsonb_build_object('membership_id', v_membership.id), now() + interval '10 minutes'
      );
    end if;
  end loop;
end;
$$;

/*
 * A coach leaves: of the periods of memberships that are paid for, what the sessions that are left of
 * them cost goes back. To be called once the sessions that were booked are called off, and before
 * credits end. When a client leaves nothing goes back: they have agreed to that.
 */
create function private.return_periods(profile_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  for v_order_id in
    select orders.id
    from public.orders
    join public.coaches on coaches.id = orders.coach_id
    where coaches.profile_id = return_periods.profile_id
      and orders.membership_id is not null
      and orders.credits_end_at > now()
    order by orders.id
    for update of orders
  loop
    perform private.return_payment(payments, owed.cents, 'credits_ended')
    from public.payments
    join public.orders on orders.id = payments.order_id
    cross join lateral private.unused_period_cents(orders) as owed (cents)
    where payments.order_id = v_order_id
      and payments.status = 'succeeded'
      and owed.cents > 0;
  end loop;
end;
$$;

/* What the sessions that are left of a membership's period cost, in cents, as far as it has not gone back. */
create function private.unused_period_cents(order_row public.orders)
returns integer
language sql
stable
set search_path = ''
as $$
  select least(
    (unused_period_cents.order_row).amount_cents::bigint * private.credits_left((unused_period_cents.order_row).id)
      / sum(credit_entries.sessions),
    (unused_period_cents.order_row).amount_cents - private.returned_cents((unused_period_cents.order_row).id)
  )::integer
  from public.credit_entries
  where credit_entries.order_id = (unused_period_cents.order_row).id
    and credit_entries.kind = 'granted';
$$;

/* Whether one of the two, a client and a coach, had left at a time. */
create function private.has_left(client_id uuid, coach_id uuid, at timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.profiles
    where profiles.deleted_at <= has_left.at
      and (
        profiles.id = has_left.client_id
        or profiles.id = (select coaches.profile_id from public.coaches where coaches.id = has_left.coach_id)
      )
  );
$$;

/*
 * An order for `session_count` sessions of an offer, or for all those of a package, with price, platform fee, the coach's
 * cancellation policy and whether tax comes on top copied: what was agreed stays, whatever changes later. The fee of each
 * session is rounded half up to a cent, so that each has the same part in it. Returns its id.
 */
create function private.create_order(offer public.offers, client_id uuid, session_count integer default 1)
returns uuid
language sql
volatile
set search_path = ''
as $$
  insert into public.orders (
    client_id, coach_id, offer_id, session_count, amount_cents, automatic_tax, fee_cents, currency,
    full_refund_minutes, partial_refund_minutes, partial_refund_percent,
    client_move_minutes, client_moves, coach_move_minutes, no_show_fee_cents
  )
  select create_order.client_id, (create_order.offer).coach_id, (create_order.offer).id,
    sold.session_count,
    sold.session_count * sold.session_cents,
    (private.settings()).automatic_tax,
    sold.session_count * round(sold.session_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
    (create_order.offer).currency,
    cancellation_policies.full_refund_minutes,
    cancellation_policies.partial_refund_minutes,
    cancellation_policies.partial_refund_percent,
    cancellation_policies.client_move_minutes,
    cancellation_policies.client_moves,
    cancellation_policies.coach_move_minutes,
    cancellation_policies.no_show_fee_cents
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  cross join lateral (
    select coalesce((create_order.offer).session_count, create_order.session_count) as session_count,
      (create_order.offer).price_cents / coalesce((create_order.offer).session_count, 1) as session_cents
  ) as sold
  where coaches.id = (create_order.offer).coach_id
  returning orders.id;
$$;

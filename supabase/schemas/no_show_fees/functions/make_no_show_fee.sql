/*
 * It is settled that a client did not come to a session of a membership: what its period's order says
 * that this costs (`no_show_fee_cents`, without tax) becomes an order of its own, once, and is charged to the card that the membership is
 * paid with. Nothing happens when it costs nothing, for sessions that are paid for by themselves, or
 * when one of the two has left. The caller holds the booking's lock.
 */
create function private.make_no_show_fee(booking public.bookings)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_offer public.offers;
  v_fee_cents integer;
  v_order_id uuid;
  v_order public.orders;
begin
  select orders.no_show_fee_cents into v_fee_cents
  from public.orders
  join public.memberships on memberships.id = orders.membership_id
  where orders.id = (make_no_show_fee.booking).order_id
    and orders.no_show_fee_cents > 0
    and not private.has_left(memberships.client_id, memberships.coach_id, now())
    and not exists (
      select from private.no_show_fees where no_show_fees.booking_id = (make_no_show_fee.booking).id
    );

  if not found then
    return;
  end if;

  select * into v_offer from public.offers where offers.id = (make_no_show_fee.booking).offer_id;
  v_order_id := private.create_order(v_offer, (make_no_show_fee.booking).client_id);
  update public.orders
  set amount_cents = v_fee_cents,
      fee_cents = round(v_fee_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
      automatic_tax = false, -- No session was given for it.
      no_show_fee_cents = 0
  where orders.id = v_order_id
  returning * into v_order;

  insert into private.no_show_fees (booking_id, order_id) values ((make_no_show_fee.booking).id, v_order.id);
  perform private.charge_no_show_fee(v_order);
end;
$$;

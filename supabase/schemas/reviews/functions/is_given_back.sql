/*
 * Whether all that a session cost went back to its client: refunded, lost to their bank, or as its credit. A part
 * of it is not all: an amount for goodwill takes no review away. What cost nothing can't go back.
 *
 * A month of a membership is paid for as a whole, and none of its sessions has a price of its own. So they were
 * given back when all of the month was; a part of it is of no session (docs/decisions/0025-reviews.md).
 */
create function private.is_given_back(booking public.bookings)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case
    when exists (
      select from public.credit_entries
      where credit_entries.booking_id = (is_given_back.booking).id and credit_entries.kind = 'returned'
    ) then true
    -- Most orders have neither, and what comes back of each session takes long to reckon.
    when exists (select from public.refunds where refunds.order_id = orders.id)
      or exists (select from public.disputes where disputes.order_id = orders.id)
      then orders.amount_cents > 0 and private.returned_cents(orders.id) >= orders.amount_cents
        or private.session_cents(is_given_back.booking) > 0
        and private.session_returned_cents(is_given_back.booking) >= private.session_cents(is_given_back.booking)
    else false
  end
  from public.orders
  where orders.id = (is_given_back.booking).order_id;
$$;

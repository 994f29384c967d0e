/*
 * Whether a thread is left of something that is over: for 90 days nothing was written, the client has not opened it, and
 * the two had no session and have none to come, no credits to use and no membership. Whoever was a client once is
 * then not written to for ever. Asked in the order of what is cheapest to find.
 */
create function private.is_over(conversation public.conversations)
returns boolean
language sql
stable
set search_path = ''
as $$
  select greatest((is_over.conversation).opened_at, (is_over.conversation).last_message_at) <= now() - interval '90 days'
    and not exists (
      select from public.bookings
      where bookings.client_id = (is_over.conversation).client_id
        and bookings.coach_id = (is_over.conversation).coach_id
        and bookings.ends_at > now() - interval '90 days'
        -- One that was called off counts, too: there may be something to say about it.
        and bookings.status not in ('held', 'declined', 'expired')
    )
    and not exists (
      select from public.memberships
      where memberships.client_id = (is_over.conversation).client_id
        and memberships.coach_id = (is_over.conversation).coach_id
        and memberships.status not in ('incomplete', 'ended')
    )
    and not exists (
      select from public.orders
      where orders.client_id = (is_over.conversation).client_id
        and orders.coach_id = (is_over.conversation).coach_id
        and orders.credits_end_at > now()
        and private.credits_left(orders.id) > 0
    );
$$;

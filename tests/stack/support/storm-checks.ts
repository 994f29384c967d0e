import { sql } from "../../e2e/support/database.ts";

/** Pairs of live sessions of one coach that overlap, but seats at one date. The constraint is not asked: the rows are. */
export function overlappingSessions() {
  return sql`
    select one.id, other.id as other_id
    from public.bookings as one
    join public.bookings as other
      on other.coach_id = one.coach_id and other.id > one.id and other.occasion_id <> one.occasion_id
      and other.starts_at < one.ends_at and one.starts_at < other.ends_at
    where one.status in ('held', 'requested', 'confirmed')
      and other.status in ('held', 'requested', 'confirmed')
  `;
}

/**
 * Orders of these coaches that are half of something: with another number of sessions than were
 * sold, held in part, or whose prices and refunds are not what the order and its payment say.
 */
export function halfOrders(coachIds: string[]) {
  return sql`
    select orders.id, orders.session_count, count(*)::integer as sessions
    from public.orders
    left join public.bookings on bookings.order_id = orders.id
    where orders.coach_id = any (${coachIds})
    group by orders.id
    having count(bookings.id) <> orders.session_count
      or count(*) filter (where bookings.status = 'held') not in (0, orders.session_count)
      or sum(private.session_cents(bookings)) <> orders.amount_cents
      or sum(private.session_returned_cents(bookings)) <> private.returned_cents(orders.id)
      or (orders.paid_at is not null and bool_or(bookings.status = 'expired' and private.session_returned_cents(bookings) = 0))
  `;
}

/** Pairs of live meetings of one host that overlap. */
export function hostsWithTwoMeetings() {
  return sql`
    select one.id, other.id as other_id
    from public.meetings as one
    join public.meetings as other
      on other.host_id = one.host_id and other.id > one.id
      and other.starts_at < one.ends_at and one.starts_at < other.ends_at
    where one.status <> 'cancelled' and other.status <> 'cancelled'
  `;
}

/** Confirmed sessions of these coaches without exactly one live meeting at their time, and others with any. */
export function meetingsElsewhere(coachIds: string[]) {
  return sql`
    select bookings.id, bookings.status, count(meetings.id)::integer as meetings
    from public.bookings
    left join public.meetings on meetings.booking_id = bookings.id and meetings.status <> 'cancelled'
    where bookings.coach_id = any (${coachIds})
    group by bookings.id
    having count(meetings.id) <> (bookings.status in ('confirmed', 'completed'))::integer
      or bool_or((meetings.starts_at, meetings.ends_at) <> (bookings.starts_at, bookings.ends_at))
  `;
}

/**
 * Bookings of these coaches whose events, replayed one after the other, lead to another status, start or sequence
 * than the row has, or of which one does not begin where the one before it ended.
 */
export function brokenHistories(coachIds: string[]) {
  return sql`
    with told as (
      select booking_id, id, before, after, detail,
        lag(after) over story as previous,
        row_number() over (story rows between unbounded preceding and current row) as position,
        last_value(after) over whole as last,
        lag(detail ->> 'to') over moves as came_to
      from public.booking_events
      window story as (partition by booking_id order by id),
        whole as (partition by booking_id order by id rows between unbounded preceding and unbounded following),
        moves as (partition by booking_id, (before = after) order by id)
    ),
    replayed as (
      select booking_id,
        bool_and(before is not distinct from previous) as is_chain,
        bool_and(before is distinct from after or came_to is null or detail ->> 'from' = came_to) as is_path,
        max(last) as status,
        (array_agg(detail ->> 'to' order by id desc) filter (where before = after))[1]::timestamptz as moved_to,
        count(*) filter (where before = after or after = 'cancelled')::integer as sequence
      from told
      group by booking_id
    )
    select bookings.id, bookings.status, replayed.*
    from public.bookings
    left join replayed on replayed.booking_id = bookings.id
    where bookings.coach_id = any (${coachIds})
      and (
        replayed.status is distinct from bookings.status
        or not replayed.is_chain or not replayed.is_path
        or replayed.moved_to <> bookings.starts_at
        or replayed.sequence <> bookings.sequence
      )
  `;
}

/** Orders whose ledger is not what their payments and refunds say. */
export function moneyMismatch() {
  return sql`select * from admin.money_mismatch`;
}

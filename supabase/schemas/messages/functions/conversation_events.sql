/*
 * What happened between the two of a thread besides what they said, for either: sessions booked, moved and
 * cancelled, payments, refunds, and published reviews that stand. Found from the rows each time; nothing is written for it.
 * What one step did to several sessions of an order is one event, with how many; `starts_at` is the first of
 * them as it was then, `from_at` what a move left.
 *
 * `first_seq` and `last_seq` are the messages of a page: what happened after the one before it, until its last.
 * Null is open: from the beginning, until now. At most the newest 200.
 *
 * Security definer: rows whose policies would each be checked.
 */
create function public.conversation_events(conversation_id uuid, first_seq bigint default null, last_seq bigint default null)
returns table (
  event_id text,
  kind text,
  actor public.booking_actor,
  happened_at timestamptz,
  booking_id uuid,
  offer_title text,
  starts_at timestamptz,
  from_at timestamptz,
  session_count integer,
  amount_cents integer
)
language sql
stable
security definer
set search_path = ''
as $$
  with thread as (
    select conversations.*,
      coalesce((
        select messages.created_at from public.messages
        where messages.conversation_id = conversations.id and messages.seq = conversation_events.first_seq - 1
      ), '-infinity') as after_at,
      coalesce((
        select messages.created_at from public.messages
        where messages.conversation_id = conversations.id and messages.seq = conversation_events.last_seq
      ), 'infinity') as until_at
    from public.conversations
    where conversations.id = conversation_events.conversation_id
      and private.conversation_party(conversations) is not null
  ),
  steps as (
    select booking_events.id, bookings.id as booking_id, bookings.order_id, booking_events.created_at, booking_events.actor,
      private.session_activity(booking_events) as kind,
      coalesce((booking_events.detail ->> 'to')::timestamptz, (
        select (moves.detail ->> 'from')::timestamptz
        from public.booking_events as moves
        where moves.booking_id = bookings.id and moves.id > booking_events.id and moves.detail ? 'from'
        order by moves.id
        limit 1
      ), bookings.starts_at) as starts_at,
      (booking_events.detail ->> 'from')::timestamptz as from_at
    from thread
    join public.bookings on bookings.client_id = thread.client_id and bookings.coach_id = thread.coach_id
    join public.booking_events on booking_events.booking_id = bookings.id
  ),
  events as (
    select 'booking:' || min(steps.id) as event_id, steps.kind, steps.actor, steps.created_at as happened_at,
      (array_agg(steps.booking_id order by steps.starts_at))[1] as booking_id, steps.order_id,
      min(steps.starts_at) as starts_at, min(steps.from_at) as from_at, count(*)::integer as session_count,
      null::integer as amount_cents
    from steps
    where steps.kind is not null
    group by steps.kind, steps.actor, steps.order_id, steps.created_at
    union all
    select 'order:' || orders.id, 'paid', 'client', orders.paid_at, null, orders.id, null, null, orders.session_count, orders.amount_cents
    from thread
    join public.orders on orders.client_id = thread.client_id and orders.coach_id = thread.coach_id
    where orders.paid_at is not null and orders.amount_cents > 0
    union all
    select 'refund:' || refunds.id, 'refunded', 'system', refunds.settled_at, refunds.booking_id, orders.id, null, null, 1, refunds.amount_cents
    from thread
    join public.orders on orders.client_id = thread.client_id and orders.coach_id = thread.coach_id
    join public.refunds on refunds.order_id = orders.id
    where refunds.status = 'succeeded' and refunds.settled_at is not null
    union all
    select 'review:' || reviews.id, 'reviewed', reviews.author_party, reviews.published_at, reviews.booking_id, bookings.order_id,
      null, null, 1, null
    from thread
    join public.reviews on reviews.client_id = thread.client_id and reviews.coach_id = thread.coach_id
    join public.bookings on bookings.id = reviews.booking_id
    where reviews.published_at is not null and private.review_voided_by(reviews) is null
  )
  select events.event_id, events.kind, events.actor, events.happened_at, events.booking_id, offers.title,
    events.starts_at, events.from_at, events.session_count, events.amount_cents
  from events
  cross join thread
  join public.orders on orders.id = events.order_id
  join public.offers on offers.id = orders.offer_id
  where events.happened_at > thread.after_at
    and events.happened_at <= thread.until_at
  order by events.happened_at desc, events.event_id
  limit 200;
$$;

grant execute on function public.conversation_events(uuid, bigint, bigint) to authenticated;

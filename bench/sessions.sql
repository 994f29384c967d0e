/*
 * One session ahead for each of the bench's coaches but the first, who has their own: 2,500 of them start
 * in almost 24 hours, which is when client and coach are reminded by mail and in the app, and the rest on
 * the 60 days that follow. Booked a week ago. Then
 * what everybody was told before. load-sessions.ts runs this once.
 */
with made as (
  insert into public.orders (
    client_id, coach_id, offer_id, amount_cents, fee_cents, currency,
    full_refund_minutes, partial_refund_minutes, partial_refund_percent
  )
  select md5('profile1')::uuid, offers.coach_id, offers.id, 10000, 1500, 'usd', 1440, 240, 50
  from public.offers
  where offers.id <> md5('offer1')::uuid
  returning orders.id, orders.offer_id, orders.coach_id, orders.client_id
),
numbered as (
  select made.*, row_number() over (order by made.coach_id) as number, count(*) over () as amount from made
),
dated as (
  select numbered.*,
    now() + case
      when number <= 2500 then interval '24 hours' - interval '1 minute'
      else interval '25 hours' + interval '60 days' * number / amount
    end as starts_at
  from numbered
)
insert into public.bookings (
  order_id, offer_id, coach_id, client_id, starts_at, ends_at, client_time_zone, status, confirmed_at
)
select id, offer_id, coach_id, client_id, starts_at, starts_at + interval '45 minutes', 'America/New_York',
  'confirmed', now() - interval '7 days'
from dated;

/* What was told before: of each of these sessions, and of others that are over. */
insert into public.notifications (
  recipient_id, kind, channel, subject_id, booking_id, version, sent_at, created_at, offset_minutes, cancelled_by
)
select recipient.id, told.kind, 'mail', told.subject_id, bookings.id, 1, now(), bookings.confirmed_at, told.offset_minutes, told.cancelled_by
from public.bookings
join public.coaches on coaches.id = bookings.coach_id
cross join lateral (values (bookings.client_id), (coaches.profile_id)) as recipient (id)
cross join lateral (
  values ('booking_confirmed', bookings.id, null::integer, 'none_stands'),
    ('session_reminder', gen_random_uuid(), -1440, 'session_off')
) as told (kind, subject_id, offset_minutes, cancelled_by)
where bookings.confirmed_at < now() - interval '1 day';

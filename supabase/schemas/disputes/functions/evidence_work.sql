/*
 * What `dispatch` needs to answer a bank, or null when it was answered, by us or in Stripe's
 * dashboard, or asks nothing any more: what was bought and by whom, the policy as it was agreed, and
 * each session with who was in it when. Visits of others, and those that can't be told, are left out:
 * a bank has no business with them.
 */
create function private.evidence_work(dispute_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'dispute_id', disputes.id,
    'stripe_dispute_id', disputes.stripe_dispute_id,
    'status', disputes.status,
    'client_name', concat_ws(' ', profiles.first_name, profiles.last_name),
    'coach_name', coaches.display_name,
    'offer_title', offers.title,
    'session_count', orders.session_count,
    'agreed_at', orders.created_at,
    'full_refund_minutes', orders.full_refund_minutes,
    'partial_refund_minutes', orders.partial_refund_minutes,
    'partial_refund_percent', orders.partial_refund_percent,
    'sessions', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'starts_at', bookings.starts_at,
          'ends_at', bookings.ends_at,
          'status', bookings.status,
          'sentence', attendance_decisions.sentence,
          'visits', (
            select coalesce(jsonb_agg(
              jsonb_build_object('party', visits.party, 'from', lower(visits.during), 'to', upper(visits.during))
              order by lower(visits.during)
            ), '[]')
            from private.visits(bookings.id) as visits
            where visits.party is not null
          )
        )
        order by bookings.starts_at
      ), '[]')
      from public.bookings
      left join public.attendance_decisions on attendance_decisions.booking_id = bookings.id
      where (bookings.order_id = orders.id or bookings.id = private.missed_booking_id(orders.id))
        and bookings.status in ('confirmed', 'completed', 'cancelled', 'no_show_client', 'no_show_coach')
    )
  )
  from public.disputes
  join public.orders on orders.id = disputes.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles on profiles.id = orders.client_id
  where disputes.id = evidence_work.dispute_id
    and disputes.status in ('needs_response', 'warning_needs_response');
$$;

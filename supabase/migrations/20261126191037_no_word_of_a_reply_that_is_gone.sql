SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.is_still_true (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(case (is_still_true.notification).cancelled_by
    when 'none_stands' then exists (select from private.told_sessions(is_still_true.notification))
    when 'session_off' then private.is_session_ahead(is_still_true.notification)
    when 'request_closed' then private.shown_status(booking) = 'requested'
    when 'came_after_all' then booking.status in ('no_show_client', 'no_show_coach') or exists (
      select from public.attendance_decisions as decision
      where decision.booking_id = booking.id and decision.outcome = 'unknown' and decision.settled_at is null
    )
    when 'not_confirmed' then booking.status = 'confirmed'
    when 'payment_closed' then private.shown_status(booking) = 'held'
    when 'paid_after_all' then booking.status = 'expired'
    when 'not_cancelled' then booking.status = 'cancelled'
    when 'recording_gone' then exists (
      select from public.meetings
      join private.recordings on recordings.meeting_id = meetings.id
      where meetings.booking_id = booking.id and private.is_watchable(recordings)
    )
    when 'reviewed' then private.may_still_review(is_still_true.notification, booking)
    when 'review_gone' then exists (
      select from public.reviews
      where reviews.id = (is_still_true.notification).subject_id and private.review_voided_by(reviews) is null
    )
    when 'reply_gone' then exists (
      select from public.reviews
      where reviews.id = (is_still_true.notification).subject_id
        and reviews.reply_removed_at is null and reviews.removed_at is null
    )
    when 'decided_again' then not private.is_overtaken(is_still_true.notification)
    when 'credits_gone' then exists (
      select from public.orders as first
      cross join lateral private.package_orders(first) as orders
      where first.id = (is_still_true.notification).subject_id
        and orders.credits_end_at > now()
        and private.credits_left(orders.id) > 0
    )
    when 'instalment_settled' then private.is_instalment_ahead((is_still_true.notification).subject_id)
    when 'instalment_paid' then private.is_instalment_overdue((is_still_true.notification).subject_id)
    when 'fee_settled' then private.is_no_show_fee_open((is_still_true.notification).subject_id)
    when 'dispute_decided' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'renewal_off' then private.is_renewal_ahead(is_still_true.notification)
    when 'membership_paid' then private.is_payment_due(is_still_true.notification)
    when 'cancellation_off' then private.is_leaving(is_still_true.notification)
    when 'cancelled_again' then not private.is_leaving(is_still_true.notification)
    when 'slot_taken' then private.is_still_open((is_still_true.notification).subject_id)
    when 'message_read' then private.is_message_unread(is_still_true.notification)
    when 'message_answered' then private.is_answer_owed(is_still_true.notification)
    when 'next_booked' then private.is_next_missing(booking)
  end, (is_still_true.notification).cancelled_by is null)
  from (select) as one
  left join public.bookings as booking on booking.id = (is_still_true.notification).booking_id;
$function$;

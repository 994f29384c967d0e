/*
 * Whether a notification still holds at this moment: a reminder of a session that was
 * cancelled or moved does not, nor an invitation to review what was reviewed.
 */
create function private.is_still_true(notification public.notifications)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case (is_still_true.notification).kind
    when 'booking_confirmed' then exists (select from private.told_sessions(is_still_true.notification))
    when 'reminder_24h' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'reminder_15m' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'request_sent' then private.shown_status(booking) = 'requested'
    when 'request_received' then private.shown_status(booking) = 'requested'
    when 'booking_moved' then exists (select from private.told_sessions(is_still_true.notification))
    when 'attendance_decided' then booking.status in ('no_show_client', 'no_show_coach')
    when 'calendly_plan' then booking.status = 'confirmed'
    when 'calendly_location' then booking.status = 'confirmed'
    when 'payment_asked' then private.shown_status(booking) = 'held'
    when 'booking_unpaid' then booking.status = 'expired'
    when 'booking_cancelled' then booking.status = 'cancelled'
    when 'recording_ready' then exists (
      select from public.meetings
      join private.recordings on recordings.meeting_id = meetings.id
      where meetings.booking_id = booking.id and private.is_watchable(recordings)
    )
    when 'review_invitation' then booking.status = 'completed' and not exists (
      select from public.reviews where reviews.booking_id = booking.id
    )
    when 'credits_ending' then exists (
      select from public.orders as first
      cross join lateral private.package_orders(first) as orders
      where first.id = (is_still_true.notification).subject_id
        and orders.credits_end_at > now()
        and private.credits_left(orders.id) > 0
    )
    when 'instalment_due' then private.is_instalment_ahead((is_still_true.notification).subject_id)
    when 'instalment_failed' then private.is_instalment_overdue((is_still_true.notification).subject_id)
    when 'dispute_asked' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'dispute_opened' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'membership_renewing' then private.is_renewal_ahead(is_still_true.notification)
    when 'membership_payment_failed' then private.is_payment_due(is_still_true.notification)
    when 'slot_opened' then private.is_still_open((is_still_true.notification).subject_id)
    when 'message_received' then exists (
      select
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = (is_still_true.notification).recipient_id
      where conversations.id = (is_still_true.notification).subject_id
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    )
    else true
  end
  from (select) as one
  left join public.bookings as booking on booking.id = (is_still_true.notification).booking_id;
$$;

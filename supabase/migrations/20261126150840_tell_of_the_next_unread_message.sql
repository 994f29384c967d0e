SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.due_message_unanswered (
  rule public.notification_rules
)
  RETURNS TABLE (
    recipient_id uuid,
    subject_id   uuid,
    booking_id   uuid,
    version      integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select owes.profile_id, conversations.id, null::uuid, first.seq::integer
  from private.due_moments(due_message_unanswered.rule) as due
  join public.messages as first on first.created_at > due.after_at and first.created_at <= due.until_at
  join public.conversations on conversations.id = first.conversation_id
  join public.coaches on coaches.id = conversations.coach_id
  cross join lateral (
    select case (due_message_unanswered.rule).recipient when 'coach' then coaches.profile_id else conversations.client_id end as profile_id
  ) as owes
  where first.sender_id <> owes.profile_id
    and first.deleted_at is null
    and first.removed_at is null
    and conversations.closed_at is null
    and not private.is_blocked(conversations)
    and first.sender_id is distinct from (
      select before.sender_id
      from public.messages as before
      where before.conversation_id = first.conversation_id
        and before.seq < first.seq
        and before.deleted_at is null
        and before.removed_at is null
      order by before.seq desc
      limit 1
    )
    and not exists (
      select from public.messages as answer
      where answer.conversation_id = first.conversation_id
        and answer.seq > first.seq
        and answer.sender_id = owes.profile_id
        and answer.deleted_at is null
        and answer.removed_at is null
    );
$function$;

CREATE OR REPLACE FUNCTION private.is_answer_owed (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.messages
    join public.conversations on conversations.id = messages.conversation_id
    where messages.conversation_id = (is_answer_owed.notification).subject_id
      and messages.seq = (is_answer_owed.notification).version
      and messages.deleted_at is null
      and messages.removed_at is null
      and conversations.closed_at is null
      and not private.is_blocked(conversations)
  ) and not exists (
    select from public.messages
    where messages.conversation_id = (is_answer_owed.notification).subject_id
      and messages.seq > (is_answer_owed.notification).version
      and messages.sender_id = (is_answer_owed.notification).recipient_id
      and messages.deleted_at is null
      and messages.removed_at is null
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_message_unread (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.conversations
    where conversations.id = (is_message_unread.notification).subject_id
      and conversations.closed_at is null
      and not private.is_blocked(conversations)
      and private.unread_messages(conversations, (is_message_unread.notification).recipient_id) > 0
  ) and not exists (
    select
    from public.notifications as later
    where later.recipient_id = (is_message_unread.notification).recipient_id
      and later.kind = (is_message_unread.notification).kind
      and later.channel = (is_message_unread.notification).channel
      and later.subject_id = (is_message_unread.notification).subject_id
      and later.version > (is_message_unread.notification).version
  );
$function$;

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

CREATE OR REPLACE FUNCTION private.notify_message (
  conversation_id uuid,
  sender_id       uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(
    other.profile_id, 'message_received', conversations.id,
    version => first.seq::integer,
    run_after => now() + interval '5 minutes'
  )
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  cross join lateral (
    select case when notify_message.sender_id = conversations.client_id then coaches.profile_id else conversations.client_id end as profile_id
  ) as other
  left join public.conversation_reads
    on conversation_reads.conversation_id = conversations.id
    and conversation_reads.profile_id = other.profile_id
  cross join lateral (
    select messages.seq
    from public.messages
    where messages.conversation_id = conversations.id
      and messages.seq > coalesce(conversation_reads.last_read_seq, 0)
      and messages.sender_id = notify_message.sender_id
      and messages.deleted_at is null
      and messages.removed_at is null
    order by messages.seq
    limit 1
  ) as first
  where conversations.id = notify_message.conversation_id;
$function$;

REVOKE ALL ON FUNCTION "private"."is_message_unread"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_message_unread"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_message_unread"(public.notifications) TO "postgres";

SET local check_function_bodies = off;

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
      and private.closed_because(conversations) is null
      and private.unread_messages(conversations, (is_message_unread.notification).recipient_id) > 0
  ) and not private.is_overtaken(is_message_unread.notification);
$function$;

CREATE OR REPLACE FUNCTION private.is_next_missing (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_next_missing.booking).status = 'completed'
    and exists (
      select from public.coaches
      join public.profiles as client on client.id = (is_next_missing.booking).client_id and client.deleted_at is null
      where coaches.id = (is_next_missing.booking).coach_id and coaches.status = 'approved'
    )
    and not exists (
      select from public.conversations
      where conversations.client_id = (is_next_missing.booking).client_id
        and conversations.coach_id = (is_next_missing.booking).coach_id
        and (conversations.closed_at is not null or private.is_blocked(conversations))
    )
    and not exists (
      select from public.bookings as other
      where other.client_id = (is_next_missing.booking).client_id
        and other.coach_id = (is_next_missing.booking).coach_id
        and other.starts_at > (is_next_missing.booking).starts_at
        and private.shown_status(other) in ('held', 'requested', 'confirmed', 'completed')
    );
$function$;

CREATE OR REPLACE FUNCTION private.is_overtaken (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.notifications as later
    where later.recipient_id = (is_overtaken.notification).recipient_id
      and later.kind = (is_overtaken.notification).kind
      and later.channel = (is_overtaken.notification).channel
      and later.subject_id = (is_overtaken.notification).subject_id
      and later.version > (is_overtaken.notification).version
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
      and messages.seq > greatest(
        conversation_reads.last_read_seq,
        private.untold_until(conversations.id, other.profile_id),
        0
      )
      and messages.sender_id = notify_message.sender_id
      and messages.deleted_at is null
      and messages.removed_at is null
    order by messages.seq
    limit 1
  ) as first
  where conversations.id = notify_message.conversation_id;
$function$;

CREATE OR REPLACE FUNCTION private.untold_until (
  conversation_id uuid,
  profile_id      uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select notifications.version
  from public.notifications
  where notifications.subject_id = untold_until.conversation_id
    and notifications.kind = 'message_received'
    and notifications.recipient_id = untold_until.profile_id
  group by notifications.version
  having bool_and(notifications.skipped_at is not null)
  order by notifications.version desc
  limit 1;
$function$;

CREATE OR REPLACE FUNCTION public.send_message (
  conversation_id uuid,
  message_id      uuid,
  body            text,
  attachment_ids  uuid[] DEFAULT '{}'::uuid[]
)
  RETURNS bigint
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_sender public.profiles := private.require_profile();
  v_conversation public.conversations;
  v_message public.messages;
  v_body text := trim(coalesce(send_message.body, ''));
  v_seq bigint := public.prepare_message(send_message.conversation_id, send_message.message_id);
  v_has_read_all boolean;
begin
  if v_seq is not null then
    return v_seq;
  end if;

  if char_length(v_body) > 4000 or v_body = '' and coalesce(cardinality(send_message.attachment_ids), 0) = 0 then
    raise exception 'Write a message of up to 4,000 characters.' using errcode = 'MSBOD';
  end if;

  select * into v_conversation from public.conversations where conversations.id = send_message.conversation_id;
  v_seq := v_conversation.last_seq + 1;
  v_has_read_all := private.unread_messages(v_conversation, v_sender.id) = 0;

  insert into public.messages (id, conversation_id, seq, change, sender_id, body)
  values (
    send_message.message_id, v_conversation.id, v_seq, private.next_change(v_conversation.id), v_sender.id, v_body
  )
  on conflict (id) do nothing
  returning * into v_message;

  if not found then
    raise exception 'This message could not be sent. Load the page again and write it once more.' using errcode = 'MSTWO';
  end if;

  perform private.attach_files(v_message, send_message.attachment_ids);

  update public.conversations
  set last_seq = v_seq, last_message_at = now()
  where conversations.id = v_conversation.id;

  perform private.note_owed(v_conversation.id);
  perform private.note_read(v_conversation.id, v_sender.id, v_seq) where v_has_read_all;
  perform private.notify_message(v_conversation.id, v_sender.id);

  return v_seq;
end;
$function$;

CREATE OR REPLACE FUNCTION public.unsubscribe_choices (
  token text
)
  RETURNS TABLE (
    group_name text,
    title      text,
    mail       public.notification_delivery
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with groups as (
    select * from private.unsubscribe_groups(unsubscribe_choices.token)
  )
  select groups.group_name, groups.title, groups.mail
  from groups
  where (select count(*) from groups) = 1
    or groups.mail in ('daily', 'weekly');
$function$;

REVOKE ALL ON FUNCTION "private"."is_overtaken"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_overtaken"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_overtaken"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."untold_until"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."untold_until"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."untold_until"(uuid, uuid) TO "postgres";

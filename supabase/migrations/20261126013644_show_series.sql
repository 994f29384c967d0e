SET local check_function_bodies = off;

DROP FUNCTION "private"."mail_booking"(uuid, uuid);

DROP FUNCTION "public"."checkout_details"(uuid);

DROP FUNCTION "public"."series_dates"(uuid, timestamp WITH time zone, integer);

CREATE OR REPLACE FUNCTION private.is_still_true (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.mail_booking (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'booking_id', bookings.id,
    'party', case when bookings.client_id = (mail_booking.notification).recipient_id then 'client' else 'coach' end,
    'time_zone', case when bookings.client_id = (mail_booking.notification).recipient_id then bookings.client_time_zone else coaches.time_zone end,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'sessions', told.sessions,
    'session_count', orders.session_count,
    'paid_cents', told.paid_cents,
    'is_charged', orders.paid_at is not null,
    'answer_by', bookings.answer_by,
    'pay_by', bookings.hold_expires_at,
    'note', bookings.note,
    'refund_cents', told.refund_cents,
    'cancelled_by', bookings.cancelled_by,
    'cancel_reason', bookings.cancel_reason,
    'moved_by', bookings.moved_by,
    'moved_from', last_move.detail ->> 'from',
    'move_reason', last_move.detail ->> 'reason',
    'attendance', private.mail_attendance(bookings.id),
    'seats', private.mail_seats(bookings.group_date_id),
    'full_refund_until', deadlines.full_until
  )
  from (
    select (array_agg(sessions.id order by sessions.starts_at))[1] as first_id,
      jsonb_agg(
        jsonb_build_object(
          'booking_id', sessions.id, 'sequence', sessions.sequence,
          'starts_at', sessions.starts_at, 'ends_at', sessions.ends_at
        )
        order by sessions.starts_at
      ) as sessions,
      sum(private.session_cents(sessions)) as paid_cents,
      sum(private.session_returned_cents(sessions)) as refund_cents
    from private.told_sessions(mail_booking.notification) as sessions
  ) as told
  join public.bookings on bookings.id = told.first_id
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  cross join lateral private.refund_deadlines(bookings) as deadlines
  left join lateral (
    select booking_events.detail
    from public.booking_events
    where booking_events.booking_id = bookings.id and booking_events.before = booking_events.after
    order by booking_events.id desc
    limit 1
  ) as last_move on true;
$function$;

CREATE OR REPLACE FUNCTION private.mail_work (
  notification_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'notification_id', notifications.id,
    'kind', notifications.kind,
    'version', notifications.version,
    'created_at', notifications.created_at,
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'subject_id', notifications.subject_id,
    'booking', private.mail_booking(notifications)
  ) || coalesce(private.mail_opening(notifications), '{}')
  from public.notifications
  join public.profiles as recipient on recipient.id = notifications.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and recipient.deleted_at is null
    and private.is_still_true(notifications);
$function$;

CREATE OR REPLACE FUNCTION private.told_sessions (
  notification public.notifications
)
  RETURNS SETOF public.bookings
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select sibling.*
  from public.bookings as subject
  join public.bookings as sibling on sibling.order_id = subject.order_id
  where subject.id = (told_sessions.notification).booking_id
    and case
      when (told_sessions.notification).kind = 'booking_confirmed'
        then sibling.status in ('confirmed', 'completed') and sibling.confirmed_at = subject.confirmed_at
      when (told_sessions.notification).kind = 'booking_moved'
        then sibling.status = 'confirmed' and case sibling.id
          when subject.id then (told_sessions.notification).version = sibling.sequence + 1
          else sibling.moved_at = (told_sessions.notification).created_at
        end
      when (told_sessions.notification).kind = 'booking_cancelled'
        then sibling.status = 'cancelled' and sibling.cancelled_at = subject.cancelled_at
      when (told_sessions.notification).kind = 'payment_returned'
        or (told_sessions.notification).kind like 'request\_%' then sibling.status = subject.status
      else sibling.id = subject.id
    end;
$function$;

CREATE OR REPLACE FUNCTION public.checkout_details (
  booking_id uuid
)
  RETURNS TABLE (
    order_id            uuid,
    booking_status      public.booking_status,
    hold_expires_at     timestamp with time zone,
    starts_at           timestamp with time zone,
    ends_at             timestamp with time zone,
    offer_title         text,
    coach_id            uuid,
    coach_slug          text,
    coach_name          text,
    amount_cents        integer,
    currency            text,
    email               text,
    stripe_customer_id  text,
    checkout_url        text,
    checkout_expires_at timestamp with time zone,
    failure_code        text,
    is_instant          boolean,
    session_count       integer,
    first_booking_id    uuid
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, bookings.status, bookings.hold_expires_at, bookings.starts_at, bookings.ends_at,
    offers.title, coaches.id, coaches.slug, coaches.display_name, orders.amount_cents, orders.currency,
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    orders.checkout_expires_at,
    (
      select payments.failure_code
      from public.payments
      where payments.order_id = orders.id and payments.status = 'failed'
      order by payments.created_at desc
      limit 1
    ),
    offers.is_instant,
    orders.session_count,
    (select first.id from public.bookings as first where first.order_id = orders.id and first.position = 1)
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  left join public.profile_contacts on profile_contacts.profile_id = bookings.client_id
  left join private.stripe_customers on stripe_customers.profile_id = bookings.client_id
  where bookings.id = checkout_details.booking_id
    and bookings.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.reschedule_booking (
  booking_id    uuid,
  starts_at     timestamp with time zone,
  reason        text                     DEFAULT ''::text,
  and_following boolean                  DEFAULT false
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_booking public.bookings := private.lock_booking(reschedule_booking.booking_id);
  v_actor public.booking_actor := private.booking_party(v_booking);
begin
  if v_actor is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  -- A seat is an order of its own: nothing follows it.
  if reschedule_booking.and_following and v_booking.group_date_id is null then
    perform private.move_series(v_booking, v_actor, reschedule_booking.starts_at, reschedule_booking.reason);
  else
    perform private.move_session(v_booking, v_actor, reschedule_booking.starts_at, reschedule_booking.reason);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.series_dates (
  offer_id      uuid,
  starts_at     timestamp with time zone,
  session_count integer                  DEFAULT NULL::integer
)
  RETURNS TABLE (
    session_position integer,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    conflict         text,
    alternatives     timestamp with time zone[]
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select dates.week + 1, dates.starts_at, dates.starts_at + make_interval(mins => offers.duration_minutes),
    found.conflict,
    case when found.conflict is null then '{}' else array(
      select near.starts_at
      from (
        select slot.starts_at
        from public.available_slots(
          offers.id, dates.starts_at - interval '3 days', dates.starts_at + interval '3 days'
        ) as slot
        order by abs(extract(epoch from slot.starts_at - dates.starts_at)), slot.starts_at
        limit 3
      ) as near
      order by near.starts_at
    ) end
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral private.weekly_starts(
    series_dates.starts_at, coaches.time_zone, least(series_dates.session_count, (private.settings()).series_sessions)
  ) as dates
  cross join lateral (select private.date_conflict(offers, dates.starts_at) as conflict) as found
  where offers.id = series_dates.offer_id
    and offers.archived_at is null
    and offers.kind = 'session'
  order by dates.week;
$function$;

REVOKE ALL ON FUNCTION "public"."series_dates"(uuid, timestamp WITH time zone, integer) FROM PUBLIC, "service_role";

REVOKE ALL ON FUNCTION "private"."mail_booking"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_booking"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_booking"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."told_sessions"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."told_sessions"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."told_sessions"(public.notifications) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."series_dates"(uuid, timestamp WITH time zone, integer) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."series_dates"(uuid, timestamp WITH time zone, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."series_dates"(uuid, timestamp WITH time zone, integer) TO "postgres";

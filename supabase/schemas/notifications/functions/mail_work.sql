/*
 * What `dispatch` needs to write one notice, by mail or in the app, or null when it is not to leave now:
 * it was sent, no longer holds, waits for a digest or for the end of quiet hours (decision_of). With the
 * secret at which such mails are stopped (unsubscribe_token), null for what is required.
 */
create function private.mail_work(notification_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.notice_facts(notifications)
    || jsonb_build_object('unsubscribe_token', private.unsubscribe_token(notifications))
  from public.notifications
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and notifications.held_at is null
    and private.decision_of(notifications) = 'send';
$$;

/*
 * What is to be said of a notice, as things are at this moment. Times are UTC instants with the
 * recipient's zone beside them. `email` is null when Clerk has not told us yet; `clerk_user_id` lets the
 * worker ask.
 */
create function private.notice_facts(notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'notification_id', notice.id,
    'kind', notice.kind,
    'version', notice.version,
    'created_at', notice.created_at,
    'told_at', now(),
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'subject_id', notice.subject_id,
    'booking', private.mail_booking(notice_facts.notification)
  ) || coalesce(
    private.mail_opening(notice_facts.notification), private.mail_package(notice_facts.notification),
    private.mail_instalment(notice_facts.notification), private.mail_membership(notice_facts.notification),
    private.mail_dispute(notice_facts.notification), private.mail_conversation(notice_facts.notification),
    private.mail_decision(notice_facts.notification), '{}'
  )
  from (select (notice_facts.notification).*) as notice
  join public.profiles as recipient on recipient.id = notice.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id;
$$;

/*
 * What a notification is about, as one of the parties should read of it: their own zone, the
 * other's name, what was paid and what comes back, and where it was moved from last. Of several
 * sessions (told_sessions) it is the first, the money of all, and `sessions` has each. Null
 * without a booking.
 */
create function private.mail_booking(notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'booking_id', bookings.id,
    'party', case when bookings.client_id = (mail_booking.notification).recipient_id then 'client' else 'coach' end,
    'time_zone', case when bookings.client_id = (mail_booking.notification).recipient_id then bookings.client_time_zone else coaches.time_zone end,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'coach_slug', coaches.slug,
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
    'no_show_fee', private.mail_no_show_fee(bookings),
    'seats', private.mail_seats(bookings.group_date_id),
    'full_refund_until', deadlines.full_until,
    'join_opens_minutes', (private.settings()).join_opens_minutes,
    'review_until', private.review_ends_at(bookings),
    'reply_until', (
      select private.reply_ends_at(reviews)
      from public.reviews
      where (mail_booking.notification).kind = 'review_published' and reviews.id = (mail_booking.notification).subject_id
    ),
    'credit_of', case when orders.credits_end_at is not null then offers.kind end,
    'credits_back', told.credits_back,
    'left_out', private.mail_left_out(bookings, mail_booking.notification)
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
      sum(private.session_returned_cents(sessions)) as refund_cents,
      count(*) filter (where exists (
        select from public.credit_entries
        where credit_entries.booking_id = sessions.id and credit_entries.kind = 'returned'
      )) as credits_back
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
$$;

/* Who waits for an answer, as an object to add to mail_work's; null for every other notification. */
create function private.mail_conversation(notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('conversation', jsonb_build_object(
    'conversation_id', conversations.id,
    'counterpart_name', case
      when conversations.client_id = (mail_conversation.notification).recipient_id then coaches.display_name
      else private.shown_name(client)
    end
  ))
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  join public.profiles as client on client.id = conversations.client_id
  where (mail_conversation.notification).kind = 'message_unanswered'
    and conversations.id = (mail_conversation.notification).subject_id;
$$;

/*
 * The sessions that were asked for together with this one and that the coach left out when they took it: when
 * they were to be, why, the cents that a bank lets go, and how many credits came back. Null when there are
 * none, and for what is told later.
 */
create function private.mail_left_out(booking public.bookings, notification public.notifications)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'sessions', jsonb_agg(
      jsonb_build_object('starts_at', sessions.starts_at, 'ends_at', sessions.ends_at) order by sessions.starts_at
    ),
    'reason', max(sessions.cancel_reason),
    'let_go_cents', private.asked_cents(orders) - orders.amount_cents,
    'credits_back', count(*) filter (where exists (
      select from public.credit_entries
      where credit_entries.booking_id = sessions.id and credit_entries.kind = 'returned'
    ))
  )
  from unnest(private.asked_with(mail_left_out.booking)) as asked (id)
  join public.bookings as sessions on sessions.id = asked.id
  join public.orders on orders.id = sessions.order_id
  where (mail_left_out.notification).kind = 'booking_confirmed'
    and sessions.status = 'declined'
  group by orders.id;
$$;

/* How many seats of a date are taken, as a mail says it; null when it is none. */
create function private.mail_seats(group_date_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('taken', private.seats_taken(group_dates.id), 'total', group_dates.seats)
  from public.group_dates
  where group_dates.id = mail_seats.group_date_id;
$$;

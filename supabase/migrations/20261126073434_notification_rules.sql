SET local check_function_bodies = off;

DROP INDEX "public"."notifications_once_per_subject_kind_recipient";

ALTER TABLE "public"."notification_kinds"
  DROP CONSTRAINT "notification_kinds_lead";

DROP FUNCTION "private"."notify"(uuid, text, uuid, uuid, integer, timestamp WITH time zone);

DROP FUNCTION "private"."reminder_leads"();

DROP FUNCTION "private"."send_reminders"();

DROP FUNCTION "private"."warn_of_ending_credits"();

ALTER TABLE "public"."notification_kinds"
  DROP COLUMN "minutes_before_start";

CREATE TABLE "private"."notification_conditions" (
  "condition"   text   NOT NULL,
  "description" text   NOT NULL,
  "cancels"     text[],
  CONSTRAINT "notification_conditions_pkey" PRIMARY KEY (condition)
);

ALTER TABLE "private"."notification_conditions"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."notification_events" (
  "event"       text NOT NULL,
  "description" text NOT NULL,
  CONSTRAINT "notification_events_pkey" PRIMARY KEY (EVENT)
);

ALTER TABLE "private"."notification_events"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."notification_rules" (
  "id"    uuid NOT NULL DEFAULT gen_random_uuid(),
  "event" text NOT NULL,
  "kind"  text NOT NULL,
  CONSTRAINT "notification_rules_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."notification_rules"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."notification_rules" FROM "anon", "service_role";

ALTER TABLE "public"."notification_kinds"
  ADD COLUMN "is_urgent" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."notification_kinds"
  ADD COLUMN "told_on" text[] DEFAULT ARRAY[]::text[];

CREATE TYPE "public"."notification_channel" AS ENUM (
  'mail',
  'in_app'
);

ALTER TABLE "public"."notifications"
  ADD COLUMN "channel" public.notification_channel NOT NULL DEFAULT 'mail'::public.notification_channel;

ALTER TABLE "public"."notifications"
  ADD COLUMN "offset_minutes" integer;

ALTER TABLE "public"."notifications"
  ADD COLUMN "cancelled_by" text;

ALTER TABLE "public"."notifications"
  ADD COLUMN "run_after" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."notification_recipient" AS ENUM (
  'client',
  'coach'
);

ALTER TABLE "private"."notification_events"
  ADD COLUMN "recipients" public.notification_recipient[];

ALTER TABLE "private"."notification_events"
  ADD COLUMN "earliest_minutes" integer;

ALTER TABLE "private"."notification_events"
  ADD COLUMN "latest_minutes" integer;

ALTER TABLE "public"."notification_rules"
  ADD COLUMN "recipient" public.notification_recipient NOT NULL;

ALTER TABLE "public"."notification_rules"
  ADD COLUMN "channel" public.notification_channel NOT NULL;

ALTER TABLE "public"."notification_rules"
  ADD COLUMN "offset_minutes" integer;

ALTER TABLE "public"."notification_rules"
  ADD COLUMN "cancelled_by" text;

ALTER TABLE "public"."notification_rules"
  ADD COLUMN "is_enabled" boolean NOT NULL DEFAULT true;

CREATE OR REPLACE FUNCTION private.due_credits_end (
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
  select orders.client_id, private.package_id(orders), null::uuid, 1
  from private.due_moments(due_credits_end.rule) as due
  join public.orders
    on orders.credits_end_at > greatest(due.after_at, now())
    and orders.credits_end_at <= due.until_at
  where private.is_package(orders)
    and private.credits_left(orders.id) > 0;
$function$;

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
    and not exists (
      select from public.messages as before
      where before.conversation_id = first.conversation_id
        and before.seq = first.seq - 1
        and before.sender_id = first.sender_id
    )
    and not exists (
      select from public.messages as answer
      where answer.conversation_id = first.conversation_id
        and answer.seq > first.seq
        and answer.sender_id = owes.profile_id
    );
$function$;

CREATE OR REPLACE FUNCTION private.due_moments (
  rule public.notification_rules,
  OUT  after_at timestamp with time zone,
  OUT  until_at timestamp with time zone
)
  RETURNS record
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select until_at - least(greatest(make_interval(mins => abs((due_moments.rule).offset_minutes)) / 2, '5 minutes'), '2 days'),
    until_at
  from (select now() - make_interval(mins => (due_moments.rule).offset_minutes) as until_at) as moments;
$function$;

CREATE OR REPLACE FUNCTION private.due_no_next_session (
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
  select bookings.client_id, bookings.id, bookings.id, 1
  from private.due_moments(due_no_next_session.rule) as due
  join public.bookings
    on bookings.status = 'completed'
    and bookings.ends_at > due.after_at
    and bookings.ends_at <= due.until_at
  where private.is_next_missing(bookings);
$function$;

CREATE OR REPLACE FUNCTION private.due_notices (
  rule public.notification_rules
)
  RETURNS TABLE (
    recipient_id uuid,
    subject_id   uuid,
    booking_id   uuid,
    version      integer
  )
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
begin
  case (due_notices.rule).event
    when 'session_starts' then return query select * from private.due_session_starts(due_notices.rule);
    when 'session_ends' then return query select * from private.due_session_ends(due_notices.rule);
    when 'review_due' then return query select * from private.due_session_ends(due_notices.rule);
    when 'credits_end' then return query select * from private.due_credits_end(due_notices.rule);
    when 'no_next_session' then return query select * from private.due_no_next_session(due_notices.rule);
    when 'message_unanswered' then return query select * from private.due_message_unanswered(due_notices.rule);
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.due_session_ends (
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
  select bookings.client_id, bookings.id, bookings.id, 1
  from private.due_moments(due_session_ends.rule) as due
  join public.bookings
    on bookings.status = 'completed'
    and bookings.ends_at > due.after_at
    and bookings.ends_at <= due.until_at
  where private.is_reviewable(bookings);
$function$;

CREATE OR REPLACE FUNCTION private.due_session_starts (
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
  select case (due_session_starts.rule).recipient when 'coach' then coaches.profile_id else bookings.client_id end,
    case (due_session_starts.rule).recipient when 'coach' then bookings.occasion_id else bookings.id end,
    bookings.id,
    case when (due_session_starts.rule).recipient = 'coach' and bookings.group_date_id is not null then 1 else bookings.sequence + 1 end
  from private.due_moments(due_session_starts.rule) as due
  join public.bookings
    on bookings.status = 'confirmed'
    and bookings.starts_at > due.after_at
    and bookings.starts_at <= due.until_at
    and bookings.starts_at > now()
    and greatest(bookings.confirmed_at, bookings.moved_at)
      <= bookings.starts_at + make_interval(mins => (due_session_starts.rule).offset_minutes)
  join public.coaches on coaches.id = bookings.coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.is_answer_owed (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select not exists (
    select from public.messages
    where messages.conversation_id = (is_answer_owed.notification).subject_id
      and messages.seq > (is_answer_owed.notification).version
      and messages.sender_id = (is_answer_owed.notification).recipient_id
  );
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
      select from public.bookings as other
      where other.client_id = (is_next_missing.booking).client_id
        and other.coach_id = (is_next_missing.booking).coach_id
        and (
          private.shown_status(other) in ('held', 'requested', 'confirmed')
          or other.status = 'completed' and other.starts_at > (is_next_missing.booking).starts_at
        )
    );
$function$;

CREATE OR REPLACE FUNCTION private.is_session_ahead (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.bookings
    where bookings.id = (is_session_ahead.notification).subject_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
      and bookings.sequence + 1 = (is_session_ahead.notification).version
  ) or exists (
    select from public.bookings
    where bookings.group_date_id = (is_session_ahead.notification).subject_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
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
    when 'came_after_all' then booking.status in ('no_show_client', 'no_show_coach')
    when 'not_confirmed' then booking.status = 'confirmed'
    when 'payment_closed' then private.shown_status(booking) = 'held'
    when 'paid_after_all' then booking.status = 'expired'
    when 'not_cancelled' then booking.status = 'cancelled'
    when 'recording_gone' then exists (
      select from public.meetings
      join private.recordings on recordings.meeting_id = meetings.id
      where meetings.booking_id = booking.id and private.is_watchable(recordings)
    )
    when 'reviewed' then private.is_reviewable(booking)
    when 'credits_gone' then exists (
      select from public.orders as first
      cross join lateral private.package_orders(first) as orders
      where first.id = (is_still_true.notification).subject_id
        and orders.credits_end_at > now()
        and private.credits_left(orders.id) > 0
    )
    when 'instalment_settled' then private.is_instalment_ahead((is_still_true.notification).subject_id)
    when 'instalment_paid' then private.is_instalment_overdue((is_still_true.notification).subject_id)
    when 'dispute_decided' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'renewal_off' then private.is_renewal_ahead(is_still_true.notification)
    when 'membership_paid' then private.is_payment_due(is_still_true.notification)
    when 'slot_taken' then private.is_still_open((is_still_true.notification).subject_id)
    when 'message_read' then exists (
      select
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = (is_still_true.notification).recipient_id
      where conversations.id = (is_still_true.notification).subject_id
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    )
    when 'message_answered' then private.is_answer_owed(is_still_true.notification)
    when 'next_booked' then private.is_next_missing(booking)
  end, (is_still_true.notification).cancelled_by is null)
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
    'seats', private.mail_seats(bookings.group_date_id),
    'full_refund_until', deadlines.full_until,
    'review_until', bookings.ends_at + make_interval(days => (private.settings()).review_window_days),
    'credit_of', case when orders.credits_end_at is not null then offers.kind end,
    'credits_back', told.credits_back
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
$function$;

CREATE OR REPLACE FUNCTION private.mail_conversation (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
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
    'told_at', now(),
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'subject_id', notifications.subject_id,
    'booking', private.mail_booking(notifications)
  ) || coalesce(
    private.mail_opening(notifications), private.mail_package(notifications), private.mail_instalment(notifications),
    private.mail_membership(notifications), private.mail_dispute(notifications), private.mail_conversation(notifications), '{}'
  )
  from public.notifications
  join public.profiles as recipient on recipient.id = notifications.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and recipient.deleted_at is null
    and private.is_still_true(notifications);
$function$;

CREATE OR REPLACE FUNCTION private.notify (
  recipient_id uuid,
  kind         text,
  subject_id   uuid,
  booking_id   uuid                     DEFAULT NULL::uuid,
  version      integer                  DEFAULT 1,
  run_after    timestamp with time zone DEFAULT now()
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.notifications (
    recipient_id, kind, channel, subject_id, booking_id, version, offset_minutes, cancelled_by, run_after
  )
  select notify.recipient_id, rules.kind, rules.channel, notify.subject_id, notify.booking_id, notify.version,
    rules.offset_minutes, rules.cancelled_by,
    notify.run_after + make_interval(mins => coalesce(rules.offset_minutes, 0))
  from public.notification_rules as rules
  join private.notification_events on notification_events.event = rules.event
  join public.notification_kinds on notification_kinds.kind = rules.kind
  where rules.event = notify.kind
    and rules.is_enabled
    and notification_kinds.is_enabled
    and (
      cardinality(notification_events.recipients) = 1
      or rules.recipient = private.party_of(notify.recipient_id, notify.subject_id, notify.booking_id)
    )
  on conflict do nothing;
$function$;

CREATE OR REPLACE FUNCTION private.party_of (
  recipient_id uuid,
  subject_id   uuid,
  booking_id   uuid
)
  RETURNS public.notification_recipient
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (case when exists (
    select from public.coaches
    where coaches.profile_id = party_of.recipient_id
      and coaches.id = coalesce(
        (select bookings.coach_id from public.bookings where bookings.id = party_of.booking_id),
        (select orders.coach_id from public.orders where orders.id = party_of.subject_id),
        (select conversations.coach_id from public.conversations where conversations.id = party_of.subject_id)
      )
  ) then 'coach' else 'client' end)::public.notification_recipient;
$function$;

CREATE OR REPLACE FUNCTION private.queue_due_notices()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_rule public.notification_rules;
begin
  for v_rule in
    select rules.*
    from public.notification_rules as rules
    join private.notification_events on notification_events.event = rules.event
    join public.notification_kinds on notification_kinds.kind = rules.kind
    where notification_events.earliest_minutes is not null
      and rules.is_enabled
      and notification_kinds.is_enabled
    order by rules.id
  loop
    insert into public.notifications (
      recipient_id, kind, channel, subject_id, booking_id, version, offset_minutes, cancelled_by
    )
    select due.recipient_id, v_rule.kind, v_rule.channel, due.subject_id, due.booking_id, due.version,
      v_rule.offset_minutes, v_rule.cancelled_by
    from private.due_notices(v_rule) as due
    where not exists (
      select from public.notifications as told
      where told.subject_id = due.subject_id
        and told.kind = v_rule.kind
        and told.recipient_id = due.recipient_id
        and told.channel = v_rule.channel
        and told.version = due.version
        and told.offset_minutes = v_rule.offset_minutes
    )
    on conflict do nothing;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_notification_rules__fit_together()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_event private.notification_events;
  v_kind public.notification_kinds;
  v_conditions text[];
  v_problem text;
begin
  select * into v_event from private.notification_events where notification_events.event = new.event;
  select * into v_kind from public.notification_kinds where notification_kinds.kind = new.kind;
  select array_agg(notification_conditions.condition order by notification_conditions.condition) into v_conditions
  from private.notification_conditions
  where new.event = any (notification_conditions.cancels);

  v_problem := case
    when v_event.event is null
      then format('There is no event "%s". private.notification_events lists them.', new.event)
    when v_kind.kind is null
      then format('There is no kind "%s". notification_kinds lists them.', new.kind)
    when new.kind <> new.event and not coalesce(new.event = any (v_kind.told_on), false)
      then format('The words of "%s" are not about "%s".', new.kind, new.event)
    when not coalesce(new.recipient = any (v_event.recipients), false)
      then format('"%s" is told to the %s only.', new.event, array_to_string(v_event.recipients, ' and the '))
    when v_event.earliest_minutes is null and new.offset_minutes <= 0
      then format('"%s" is told when it happens: leave offset_minutes empty, or say how many minutes later.', new.event)
    when v_event.earliest_minutes is not null
      and (new.offset_minutes is null or new.offset_minutes not between v_event.earliest_minutes and v_event.latest_minutes)
      then format(
        'offset_minutes of "%s" is between %s and %s: before its moment negative, after it positive.',
        new.event, v_event.earliest_minutes, v_event.latest_minutes
      )
    when new.event = 'session_starts' and v_kind.is_urgent <> (new.offset_minutes >= -60)
      then 'A reminder within the hour is of a kind that is urgent and comes at night too; an earlier one is not.'
    when new.cancelled_by is null and v_conditions is not null
      then format('Say in cancelled_by what makes it untrue: %s.', array_to_string(v_conditions, ' or '))
    when not coalesce(new.cancelled_by = any (v_conditions), new.cancelled_by is null)
      then format('"%s" says nothing of "%s".', new.cancelled_by, new.event)
    when exists (
      select from public.notification_rules as other
      where other.id <> new.id
        and (other.event, other.kind, other.recipient, other.channel) = (new.event, new.kind, new.recipient, new.channel)
        and other.offset_minutes is not distinct from new.offset_minutes
    ) then 'There is a rule like this one already.'
  end;

  if v_problem is not null then
    raise exception '%', v_problem using errcode = 'NTRUL';
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_notifications__queue()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  insert into private.outbox (topic, dedupe_key, payload, run_after)
  select 'mail', 'mail:' || added.id, jsonb_build_object('notification_id', added.id), added.run_after
  from added
  where added.channel = 'mail';
  return null;
end;
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
  where subject.id = coalesce(
      (
        select seat.id
        from public.bookings as seat
        where seat.group_date_id = (told_sessions.notification).subject_id and seat.status = 'confirmed'
        order by seat.created_at, seat.id
        limit 1
      ),
      (told_sessions.notification).booking_id
    )
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
        or (told_sessions.notification).kind like 'request\_%'
        then sibling.status = subject.status and sibling.created_at = subject.created_at
      else sibling.id = subject.id
    end;
$function$;

ALTER TABLE "private"."notification_events"
  ADD CONSTRAINT "notification_events_range" CHECK ((((earliest_minutes IS NULL) = (latest_minutes IS NULL)) AND (earliest_minutes <= latest_minutes)));

ALTER TABLE "private"."notification_events"
  ADD CONSTRAINT "notification_events_recipients" CHECK (((cardinality(recipients) >= 1) AND (cardinality(recipients) <= 2)));

ALTER TABLE "public"."notification_rules"
  ADD CONSTRAINT "notification_rules_cancelled_by_fkey" FOREIGN KEY (cancelled_by) REFERENCES private.notification_conditions(condition) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notification_rules"
  ADD CONSTRAINT "notification_rules_event_fkey" FOREIGN KEY (EVENT) REFERENCES private.notification_events(EVENT) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notification_rules"
  ADD CONSTRAINT "notification_rules_kind_fkey" FOREIGN KEY (kind) REFERENCES public.notification_kinds(kind) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notifications"
  ADD CONSTRAINT "notifications_cancelled_by_fkey" FOREIGN KEY (cancelled_by) REFERENCES private.notification_conditions(condition) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE INDEX bookings_completed_idx ON public.bookings USING btree (ends_at)
  WHERE (status = 'completed'::public.booking_status);

CREATE INDEX messages_created_at_idx ON public.messages USING btree (created_at);

CREATE INDEX notification_rules_cancelled_by_idx ON public.notification_rules USING btree (cancelled_by);

CREATE INDEX notification_rules_event_idx ON public.notification_rules USING btree (EVENT);

CREATE INDEX notification_rules_kind_idx ON public.notification_rules USING btree (kind);

CREATE UNIQUE INDEX notification_rules_once ON public.notification_rules USING btree (EVENT, kind, recipient, channel, offset_minutes) NULLS NOT DISTINCT;

CREATE INDEX notifications_cancelled_by_idx ON public.notifications USING btree (cancelled_by);

CREATE UNIQUE INDEX notifications_once_per_subject_kind_recipient_channel ON public.notifications
  USING btree (subject_id, kind, recipient_id, channel, VERSION, offset_minutes) NULLS NOT DISTINCT;

CREATE TRIGGER notification_rules__fit_together
  BEFORE INSERT OR UPDATE ON public.notification_rules
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_notification_rules__fit_together();

CREATE TRIGGER notifications__queue
  AFTER INSERT ON public.notifications REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT
  EXECUTE FUNCTION private.tg_notifications__queue();

CREATE POLICY "Nobody reads conditions over the API" ON "private"."notification_conditions"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads events over the API" ON "private"."notification_events"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "People can view when they are told" ON "public"."notification_rules"
  FOR SELECT
  TO "authenticated"
  USING (true);

COMMENT ON TABLE "private"."notification_conditions" IS 'What can cancel a notice. Rows are in supabase/seed.sql; is_still_true knows each.';

COMMENT ON TABLE "private"."notification_events" IS 'What a rule can be about, and to whom it can be told. Rows are in supabase/seed.sql; each scheduled one has a function due_<event>.';

COMMENT ON TABLE "public"."notification_kinds" IS 'What we tell people: the templates. An admin switches one off here.';

COMMENT ON TABLE "public"."notification_rules" IS 'What is told on which event, to whom, by which way, how many minutes before (negative) or after, unless what happens. An admin edits them here; what does not go together is refused with a sentence.';

REVOKE ALL ON FUNCTION "private"."due_credits_end"(public.notification_rules) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."due_credits_end"(public.notification_rules) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."due_credits_end"(public.notification_rules) TO "postgres";

REVOKE ALL ON FUNCTION "private"."due_message_unanswered"(public.notification_rules) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."due_message_unanswered"(public.notification_rules) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."due_message_unanswered"(public.notification_rules) TO "postgres";

REVOKE ALL ON FUNCTION "private"."due_moments"(public.notification_rules) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."due_moments"(public.notification_rules) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."due_moments"(public.notification_rules) TO "postgres";

REVOKE ALL ON FUNCTION "private"."due_no_next_session"(public.notification_rules) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."due_no_next_session"(public.notification_rules) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."due_no_next_session"(public.notification_rules) TO "postgres";

REVOKE ALL ON FUNCTION "private"."due_notices"(public.notification_rules) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."due_notices"(public.notification_rules) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."due_notices"(public.notification_rules) TO "postgres";

REVOKE ALL ON FUNCTION "private"."due_session_ends"(public.notification_rules) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."due_session_ends"(public.notification_rules) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."due_session_ends"(public.notification_rules) TO "postgres";

REVOKE ALL ON FUNCTION "private"."due_session_starts"(public.notification_rules) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."due_session_starts"(public.notification_rules) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."due_session_starts"(public.notification_rules) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_answer_owed"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_answer_owed"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_answer_owed"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_next_missing"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_next_missing"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_next_missing"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_session_ahead"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_session_ahead"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_session_ahead"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_conversation"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_conversation"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_conversation"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."notify"(uuid, text, uuid, uuid, integer, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."notify"(uuid, text, uuid, uuid, integer, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."notify"(uuid, text, uuid, uuid, integer, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."party_of"(uuid, uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."party_of"(uuid, uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."party_of"(uuid, uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."queue_due_notices"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."queue_due_notices"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."queue_due_notices"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_notification_rules__fit_together"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_notification_rules__fit_together"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_notification_rules__fit_together"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_notifications__queue"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_notifications__queue"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_notifications__queue"() TO "postgres";

REVOKE ALL ON TABLE "public"."notification_rules" FROM "authenticated";

GRANT SELECT ON TABLE "public"."notification_rules" TO "authenticated";

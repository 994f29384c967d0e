SET local check_function_bodies = off;

DROP POLICY "Client and coach can signal in their conversation" ON "realtime"."messages";

DROP POLICY "People can listen to their conversations and their notices" ON "realtime"."messages";

DROP TRIGGER "messages__broadcast" ON "public"."messages";

DROP FUNCTION "public"."conversation_details"(uuid);

DROP FUNCTION "public"."inbox"(integer);

CREATE SEQUENCE "private"."message_words_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE TABLE "private"."conversation_blocks" (
  "conversation_id" uuid                        NOT NULL,
  "profile_id"      uuid                        NOT NULL,
  "created_at"      timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "conversation_blocks_pkey" PRIMARY KEY (conversation_id, profile_id)
);

ALTER TABLE "private"."conversation_blocks"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."message_words" (
  "id"         bigint                      NOT NULL DEFAULT nextval('private.message_words_id_seq'::regclass),
  "message_id" uuid                        NOT NULL,
  "body"       text                        NOT NULL,
  "created_at" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "message_words_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."message_words"
  ENABLE ROW LEVEL SECURITY;

ALTER SEQUENCE "private"."message_words_id_seq" OWNED BY "private"."message_words"."id";

ALTER TABLE "public"."coach_listings"
  ADD COLUMN "answers_in_minutes" integer;

ALTER TABLE "public"."conversations"
  ADD COLUMN "last_change" bigint NOT NULL DEFAULT 0;

ALTER TABLE "public"."conversations"
  ADD COLUMN "owed_by" public.booking_actor;

ALTER TABLE "public"."conversations"
  ADD COLUMN "owed_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."conversations"
  ADD COLUMN "closed_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."conversations"
  ADD COLUMN "opened_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- By hand: so far each was opened once.
UPDATE "public"."conversations" SET "opened_at" = "created_at";

-- By hand: so far all that happened to messages is that they were written.
ALTER TABLE "public"."messages"
  ADD COLUMN "change" bigint;

UPDATE "public"."messages" SET "change" = "seq";

UPDATE "public"."conversations" SET "last_change" = "last_seq";

ALTER TABLE "public"."messages"
  ALTER COLUMN "change" SET NOT NULL;

ALTER TABLE "public"."messages"
  ADD COLUMN "edited_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."messages"
  ADD COLUMN "deleted_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."messages"
  ADD COLUMN "removed_at" timestamp(6) WITH time zone;

ALTER TYPE "public"."report_subject" ADD VALUE 'message' AFTER 'review';

SET local check_function_bodies = off;

ALTER TYPE "public"."report_subject" ADD VALUE 'conversation' AFTER 'message';

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.all_words (
  message public.messages
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select concat_ws(
    E'\n',
    nullif((all_words.message).body, ''),
    (
      select string_agg('Before: ' || message_words.body, E'\n' order by message_words.id desc)
      from private.message_words
      where message_words.message_id = (all_words.message).id
        and message_words.body <> ''
    ),
    (
      select 'Files: ' || string_agg(message_attachments.name, ', ' order by message_attachments.position)
      from public.message_attachments
      where message_attachments.message_id = (all_words.message).id
    )
  );
$function$;

CREATE OR REPLACE FUNCTION private.answer_times()
  RETURNS TABLE (
    coach_id uuid,
    took     interval
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  with standing as (
    select conversations.coach_id, messages.conversation_id, messages.seq, messages.created_at,
      messages.sender_id = conversations.client_id as is_client,
      lag(messages.sender_id) over thread as before_id, messages.sender_id
    from public.messages
    join public.conversations on conversations.id = messages.conversation_id
    where messages.created_at > now() - interval '90 days'
      and messages.deleted_at is null
      and messages.removed_at is null
    window thread as (partition by messages.conversation_id order by messages.seq)
  ),
  turns as (
    select standing.coach_id, standing.is_client, standing.created_at,
      lag(standing.created_at) over (partition by standing.conversation_id order by standing.seq) as asked_at
    from standing
    where standing.before_id is distinct from standing.sender_id
  )
  -- Turns alternate, so what comes before a coach's is the client's.
  select turns.coach_id, turns.created_at - turns.asked_at
  from turns
  where not turns.is_client
    and turns.asked_at is not null;
$function$;

CREATE OR REPLACE FUNCTION private.apply_decision (
  report   public.reports,
  decision public.report_decision,
  version  integer
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_review public.reviews;
begin
  case (apply_decision.report).subject
    when 'review' then
      update public.reviews
      set removed_at = case apply_decision.decision when 'remove' then coalesce(reviews.removed_at, now()) end
      where reviews.id = (apply_decision.report).subject_id
      returning * into v_review;

      perform private.notify(told.profile_id, 'review_decided', v_review.id, v_review.booking_id, apply_decision.version)
      from unnest(array[v_review.author_id, private.review_subject(v_review)]) as told (profile_id)
      where v_review.id is not null;

    -- The thread itself tells the two of it.
    when 'message' then
      perform private.remove_message((apply_decision.report).subject_id, apply_decision.decision = 'remove');
    when 'conversation' then
      update public.conversations
      set closed_at = case apply_decision.decision when 'remove' then coalesce(conversations.closed_at, now()) end
      where conversations.id = (apply_decision.report).subject_id;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.closed_because (
  conversation public.conversations
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (closed_because.conversation).closed_at is not null then 'closed'
    when private.is_shut_out(closed_because.conversation) then 'blocked'
    when private.is_blocked(closed_because.conversation) then 'blocked_by_you'
    when private.is_over(closed_because.conversation) then 'over'
  end;
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
    );
$function$;

CREATE OR REPLACE FUNCTION private.forget_clerk_user (
  clerk_user_id text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid;
  v_names text[];
begin
  v_names := private.names_of(forget_clerk_user.clerk_user_id);

  insert into public.profiles as existing (clerk_user_id, deleted_at)
  values (forget_clerk_user.clerk_user_id, now())
  on conflict (clerk_user_id) do update
  set first_name = '', last_name = '', company = '', home_state = null,
      deleted_at = coalesce(existing.deleted_at, now())
  returning existing.id into v_profile_id;

  perform private.leave_memberships(v_profile_id);
  perform private.leave_sessions(v_profile_id);
  perform private.forget_recordings(v_profile_id);
  perform private.forget_attachments(v_profile_id);
  perform private.forget_message_words(v_profile_id);

  delete from public.profile_contacts where profile_contacts.profile_id = v_profile_id;
  delete from public.slot_watches where slot_watches.client_id = v_profile_id;
  delete from public.calendar_feeds where calendar_feeds.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  perform private.forget_reviews(v_profile_id, v_names);
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;

  perform private.forget_words(v_profile_id, v_names);
end;
$function$;

CREATE OR REPLACE FUNCTION private.forget_message_words (
  profile_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  delete from private.message_words
  using public.messages
  where messages.id = message_words.message_id
    and messages.sender_id = forget_message_words.profile_id;
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
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_blocked (
  conversation public.conversations
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from private.conversation_blocks where conversation_blocks.conversation_id = (is_blocked.conversation).id
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_changeable (
  message public.messages
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_changeable.message).created_at > now() - interval '15 minutes';
$function$;

CREATE OR REPLACE FUNCTION private.is_over (
  conversation public.conversations
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select greatest((is_over.conversation).opened_at, (is_over.conversation).last_message_at) <= now() - interval '90 days'
    and not exists (
      select from public.bookings
      where bookings.client_id = (is_over.conversation).client_id
        and bookings.coach_id = (is_over.conversation).coach_id
        and bookings.ends_at > now() - interval '90 days'
        -- One that was called off counts, too: there may be something to say about it.
        and bookings.status not in ('held', 'declined', 'expired')
    )
    and not exists (
      select from public.memberships
      where memberships.client_id = (is_over.conversation).client_id
        and memberships.coach_id = (is_over.conversation).coach_id
        and memberships.status not in ('incomplete', 'ended')
    )
    and not exists (
      select from public.orders
      where orders.client_id = (is_over.conversation).client_id
        and orders.coach_id = (is_over.conversation).coach_id
        and orders.credits_end_at > now()
        and private.credits_left(orders.id) > 0
    );
$function$;

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.is_reportable (
  subject    public.report_subject,
  subject_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case is_reportable.subject
    when 'review' then exists (
      select from public.reviews
      where reviews.id = is_reportable.subject_id
        and reviews.published_at is not null
        and reviews.removed_at is null
        and reviews.author_id <> private.current_profile_id()
        and (
          private.review_subject(reviews) = private.current_profile_id()
          or reviews.author_party = 'client' and private.review_voided_by(reviews) is null
        )
    )
    when 'message' then exists (
      select
      from public.messages
      join public.conversations on conversations.id = messages.conversation_id
      where messages.id = is_reportable.subject_id
        and messages.sender_id <> private.current_profile_id()
        and messages.removed_at is null
        and (
          messages.deleted_at is null
          or exists (select from private.message_words where message_words.message_id = messages.id)
        )
        and private.conversation_party(conversations) is not null
    )
    when 'conversation' then exists (
      select
      from public.conversations
      join public.messages on messages.conversation_id = conversations.id
      where conversations.id = is_reportable.subject_id
        and conversations.closed_at is null
        and messages.sender_id <> private.current_profile_id()
        and private.conversation_party(conversations) is not null
    )
  end;
$function$;

CREATE OR REPLACE FUNCTION private.is_shut_out (
  conversation public.conversations
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from private.conversation_blocks
    where conversation_blocks.conversation_id = (is_shut_out.conversation).id
      and conversation_blocks.profile_id <> private.current_profile_id()
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
    when 'message_read' then exists (
      select
      from public.conversations
      where conversations.id = (is_still_true.notification).subject_id
        and private.unread_messages(conversations, (is_still_true.notification).recipient_id) > 0
    )
    when 'message_answered' then private.is_answer_owed(is_still_true.notification)
    when 'next_booked' then private.is_next_missing(booking)
  end, (is_still_true.notification).cancelled_by is null)
  from (select) as one
  left join public.bookings as booking on booking.id = (is_still_true.notification).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.keep_words (
  message public.messages
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into private.message_words (message_id, body)
  select (keep_words.message).id, (keep_words.message).body
  where (keep_words.message).body <> '';
$function$;

CREATE OR REPLACE FUNCTION private.mail_decision (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('decision', jsonb_build_object(
    'subject', about.subject,
    'is_removed', decided.decision = 'remove',
    'reason', decided.reason,
    'is_author', (mail_decision.notification).kind = 'review_decided'
      and exists (
        select from public.reviews
        where reviews.id = (mail_decision.notification).subject_id
          and reviews.author_id = (mail_decision.notification).recipient_id
      )
  ))
  from (
    select reports.subject, reports.subject_id
    from public.reports
    where (mail_decision.notification).kind = 'report_decided' and reports.id = (mail_decision.notification).subject_id
    union all
    select 'review', (mail_decision.notification).subject_id
    where (mail_decision.notification).kind = 'review_decided'
  ) as about
  cross join lateral private.last_decision(about.subject, about.subject_id) as decided;
$function$;

CREATE OR REPLACE FUNCTION private.may_follow (
  topic text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.conversations
    -- Not a filter: the cast must never see a topic of another shape.
    where conversations.id = case
        when may_follow.topic ~ '^conversation:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
          then split_part(may_follow.topic, ':', 2)::uuid
      end
      and private.conversation_party(conversations) is not null
      and not private.is_shut_out(conversations)
  );
$function$;

CREATE OR REPLACE FUNCTION private.may_read_attachment (
  attachment_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.message_attachments
    join public.messages on messages.id = message_attachments.message_id
    join public.conversations on conversations.id = messages.conversation_id
    where message_attachments.id = may_read_attachment.attachment_id
      and messages.deleted_at is null
      and messages.removed_at is null
      and private.conversation_party(conversations) is not null
      and not private.is_shut_out(conversations)
  );
$function$;

CREATE OR REPLACE FUNCTION private.may_send_file (
  name text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from private.parse_file_name(may_send_file.name) as file
    join public.conversations on conversations.id = file.conversation_id
    where private.conversation_party(conversations) is not null
      and private.closed_because(conversations) is null
      and not exists (select from public.messages where messages.id = file.message_id)
      and (
        select count(*)
        from private.files_below(file.conversation_id || '/') as sent
        where sent.created_at > now() - interval '1 hour'
      ) < 400
  );
$function$;

CREATE OR REPLACE FUNCTION private.next_change (
  conversation_id uuid
)
  RETURNS bigint
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update public.conversations
  set last_change = conversations.last_change + 1
  where conversations.id = next_change.conversation_id
  returning conversations.last_change;
$function$;

CREATE OR REPLACE FUNCTION private.note_owed (
  conversation_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  with standing as (
    select messages.seq, messages.sender_id, messages.created_at
    from public.messages
    where messages.conversation_id = note_owed.conversation_id
      and messages.deleted_at is null
      and messages.removed_at is null
  ),
  last as (
    select standing.sender_id from standing order by standing.seq desc limit 1
  ),
  asked as (
    select last.sender_id, (
        select standing.created_at
        from standing
        where standing.seq > coalesce(
          (select answer.seq from standing as answer where answer.sender_id <> last.sender_id order by answer.seq desc limit 1), 0
        )
        order by standing.seq
        limit 1
      ) as asked_at
    from last
  )
  update public.conversations
  set owed_by = case
        when asked.sender_id = conversations.client_id then 'coach'
        when asked.sender_id is not null then 'client'
      end::public.booking_actor,
      owed_at = asked.asked_at
  from (select) as one
  left join asked on true
  where conversations.id = note_owed.conversation_id;
$function$;

CREATE OR REPLACE FUNCTION private.purge_message_words()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  delete from private.message_words where message_words.created_at < now() - interval '90 days';
$function$;

CREATE OR REPLACE FUNCTION private.refresh_answer_times()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  with medians as (
    select times.coach_id, ceil(extract(epoch from percentile_cont(0.5) within group (order by times.took)) / 60)::integer as minutes
    from private.answer_times() as times
    group by times.coach_id
    having count(*) >= 5
  ),
  found as (
    select coach_listings.coach_id, medians.minutes
    from public.coach_listings
    left join medians on medians.coach_id = coach_listings.coach_id
  )
  update public.coach_listings
  set answers_in_minutes = found.minutes
  from found
  where coach_listings.coach_id = found.coach_id
    and coach_listings.answers_in_minutes is distinct from found.minutes;
$function$;

CREATE OR REPLACE FUNCTION private.remove_message (
  message_id uuid,
  is_removed boolean
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_message public.messages;
  v_body text;
begin
  -- The thread before the message, as send_message does.
  perform from public.conversations
  where conversations.id = (select messages.conversation_id from public.messages where messages.id = remove_message.message_id)
  for update;
  select * into v_message from public.messages where messages.id = remove_message.message_id;

  if remove_message.is_removed = (v_message.removed_at is not null) then
    return;
  end if;

  if remove_message.is_removed then
    -- Also where it says nothing: these are the words to put back.
    insert into private.message_words (message_id, body) values (v_message.id, v_message.body);
  else
    select message_words.body into v_body
    from private.message_words
    where message_words.message_id = v_message.id
    order by message_words.id desc
    limit 1;
    if not found then
      return;
    end if;
  end if;

  update public.messages
  set body = coalesce(v_body, ''),
      removed_at = case when remove_message.is_removed then now() end,
      change = private.next_change(v_message.conversation_id)
  where messages.id = v_message.id;

  perform private.note_owed(v_message.conversation_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.reported_author (
  report public.reports
)
  RETURNS uuid
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case (reported_author.report).subject
    when 'review' then (select reviews.author_id from public.reviews where reviews.id = (reported_author.report).subject_id)
    when 'message' then (select messages.sender_id from public.messages where messages.id = (reported_author.report).subject_id)
    when 'conversation' then (
      select case when conversations.client_id = (reported_author.report).reporter_id then coaches.profile_id else conversations.client_id end
      from public.conversations
      join public.coaches on coaches.id = conversations.coach_id
      where conversations.id = (reported_author.report).subject_id
    )
  end;
$function$;

CREATE OR REPLACE FUNCTION private.reported_words (
  report public.reports
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case (reported_words.report).subject
    when 'review' then (
      select concat_ws(E'\n\n', reviews.rating || ' of 5: ' || reviews.body, 'Reply: ' || reviews.reply)
      from public.reviews where reviews.id = (reported_words.report).subject_id
    )
    when 'message' then (
      select private.all_words(messages) from public.messages where messages.id = (reported_words.report).subject_id
    )
    -- The last of it: what a person can read at once.
    when 'conversation' then (
      select string_agg(concat(private.shown_name(profiles), ': ', private.all_words(latest)), E'\n\n' order by latest.seq)
      from (
        select messages.*
        from public.messages
        where messages.conversation_id = (reported_words.report).subject_id
        order by messages.seq desc
        limit 30
      ) as latest
      join public.profiles on profiles.id = latest.sender_id
    )
  end;
$function$;

CREATE OR REPLACE FUNCTION private.require_open (
  conversation public.conversations
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
begin
  case private.closed_because(require_open.conversation)
    when 'blocked_by_you' then
      raise exception 'You have blocked this conversation. Unblock it to write.' using errcode = 'MSBLK';
    when 'closed' then
      raise exception 'We have closed this conversation: nothing more can be written in it.' using errcode = 'MSBLK';
    when 'over' then
      raise exception 'Nothing was written here for 90 days. A booking, or a new enquiry from the coach''s page, opens it again.'
        using errcode = 'MSRDO';
    when 'blocked' then
      raise exception 'This conversation takes no more messages.' using errcode = 'MSBLK';
    else null;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_own_message (
  message_id uuid
)
  RETURNS public.messages
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_sender public.profiles := private.require_profile();
  v_message public.messages;
begin
  -- The thread before the message, as send_message does. A message never changes its thread.
  perform from public.conversations
  where conversations.id = (
    select messages.conversation_id from public.messages where messages.id = require_own_message.message_id
  )
  for update;

  select * into v_message
  from public.messages
  where messages.id = require_own_message.message_id
    and messages.sender_id = v_sender.id;

  if not found then
    raise exception 'This message does not exist.' using errcode = 'MSNON';
  end if;

  if v_message.deleted_at is not null then
    raise exception 'This message was deleted.' using errcode = 'MSDEL';
  end if;

  if v_message.removed_at is not null then
    raise exception 'We have removed this message.' using errcode = 'MSDEL';
  end if;

  return v_message;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_messages__broadcast()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  perform realtime.send(
    jsonb_build_object('id', new.id, 'seq', new.seq, 'change', new.change),
    'message',
    'conversation:' || new.conversation_id,
    true
  );
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.unread_messages (
  conversation public.conversations,
  profile_id   uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select count(*)::integer
  from (
    select
    from public.messages
    where messages.conversation_id = (unread_messages.conversation).id
      and messages.seq > coalesce(
        (
          select conversation_reads.last_read_seq
          from public.conversation_reads
          where conversation_reads.conversation_id = (unread_messages.conversation).id
            and conversation_reads.profile_id = unread_messages.profile_id
        ), 0
      )
      and messages.sender_id <> unread_messages.profile_id
      and messages.deleted_at is null
      and messages.removed_at is null
    limit 100
  ) as unread;
$function$;

CREATE OR REPLACE FUNCTION public.block_conversation (
  conversation_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_asker public.profiles := private.require_profile();
  v_conversation public.conversations;
begin
  -- The lock: what is being sent arrives before the block, or is refused.
  select * into v_conversation from public.conversations where conversations.id = block_conversation.conversation_id for update;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  insert into private.conversation_blocks (conversation_id, profile_id)
  values (v_conversation.id, v_asker.id)
  on conflict do nothing;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."block_conversation"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.conversation_details (
  conversation_id uuid
)
  RETURNS TABLE (
    party                text,
    counterpart_name     text,
    coach_id             uuid,
    coach_slug           text,
    last_seq             bigint,
    last_read_seq        bigint,
    counterpart_read_seq bigint,
    unread_count         integer,
    closed_because       text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.conversation_party(conversations), private.counterpart_name(conversations),
    coaches.id, coaches.slug, conversations.last_seq,
    coalesce(own.last_read_seq, 0), coalesce(theirs.last_read_seq, 0),
    private.unread_messages(conversations, private.current_profile_id()), private.closed_because(conversations)
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  left join public.conversation_reads as own
    on own.conversation_id = conversations.id and own.profile_id = private.current_profile_id()
  left join public.conversation_reads as theirs
    on theirs.conversation_id = conversations.id and theirs.profile_id <> private.current_profile_id()
  where conversations.id = conversation_details.conversation_id
    and private.conversation_party(conversations) is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."conversation_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.delete_message (
  message_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_message public.messages := private.require_own_message(delete_message.message_id);
begin
  perform private.keep_words(v_message);
  perform private.remove_attachments(v_message.id);

  update public.messages
  set body = '', deleted_at = now(), change = private.next_change(v_message.conversation_id)
  where messages.id = v_message.id;

  perform private.note_owed(v_message.conversation_id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."delete_message"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.edit_message (
  message_id uuid,
  body       text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_message public.messages := private.require_own_message(edit_message.message_id);
begin
  if trim(edit_message.body) = v_message.body then
    return;
  end if;

  perform private.require_open(conversations) from public.conversations where conversations.id = v_message.conversation_id;

  if not private.is_changeable(v_message) then
    raise exception 'A message can be changed for 15 minutes. Write another one.' using errcode = 'MSLAT';
  end if;

  if char_length(trim(edit_message.body)) > 4000
    or trim(edit_message.body) = ''
      and not exists (select from public.message_attachments where message_attachments.message_id = v_message.id)
  then
    raise exception 'Write a message of up to 4,000 characters.' using errcode = 'MSBOD';
  end if;

  if (
    select count(*)
    from private.message_words
    join public.messages on messages.id = message_words.message_id
    where messages.sender_id = v_message.sender_id
      and message_words.created_at > now() - interval '1 minute'
  ) >= 20 then
    raise exception 'That is a lot of changes. Wait a minute.' using errcode = 'MSFST';
  end if;

  perform private.keep_words(v_message);

  update public.messages
  set body = trim(edit_message.body), edited_at = now(), change = private.next_change(v_message.conversation_id)
  where messages.id = v_message.id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."edit_message"(uuid, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.inbox (
  page_number  integer DEFAULT 1,
  only_waiting boolean DEFAULT false
)
  RETURNS TABLE (
    conversation_id  uuid,
    party            text,
    counterpart_name text,
    is_member        boolean,
    coach_slug       text,
    last_body        text,
    last_is_own      boolean,
    last_is_deleted  boolean,
    last_message_at  timestamp with time zone,
    waiting_since    timestamp with time zone,
    unread_count     integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with own as (
    select conversations as thread, conversations.id, conversations.coach_id = private.current_coach_id() as is_coach,
      case when conversations.owed_by::text = private.conversation_party(conversations) then conversations.owed_at end as waiting_since
    from public.conversations
    where (conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id())
      and (
        not inbox.only_waiting
        or conversations.owed_by::text = private.conversation_party(conversations)
          and private.closed_because(conversations) is null
      )
  ),
  page as (
    select own.*, row_number() over (
        order by
          -- Who does not wait is not looked up.
          case when own.is_coach and own.waiting_since is not null then private.is_member((own.thread).client_id, (own.thread).coach_id) else false end desc,
          case when inbox.only_waiting then own.waiting_since end,
          coalesce((own.thread).last_message_at, (own.thread).created_at) desc
      ) as position
    from own
    order by position
    limit 31 offset (greatest(inbox.page_number, 1) - 1) * 30
  )
  select page.id, private.conversation_party(page.thread), private.counterpart_name(page.thread),
    page.is_coach is true and private.is_member((page.thread).client_id, (page.thread).coach_id), coaches.slug,
    left(last.body, 160), last.sender_id = private.current_profile_id(),
    last.deleted_at is not null or last.removed_at is not null, (page.thread).last_message_at, page.waiting_since,
    private.unread_messages(page.thread, private.current_profile_id())
  from page
  join public.coaches on coaches.id = (page.thread).coach_id
  left join public.messages as last on last.conversation_id = page.id and last.seq = (page.thread).last_seq
  order by page.position;
$function$;

REVOKE ALL ON FUNCTION "public"."inbox"(integer, boolean) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.message_to_change (
  message_id uuid
)
  RETURNS TABLE (
    conversation_id uuid,
    body            text,
    is_changeable   boolean,
    file_count      integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select messages.conversation_id, messages.body, private.is_changeable(messages),
    (select count(*)::integer from public.message_attachments where message_attachments.message_id = messages.id)
  from public.messages
  where messages.id = message_to_change.message_id
    and messages.sender_id = private.current_profile_id()
    and messages.deleted_at is null
    and messages.removed_at is null;
$function$;

REVOKE ALL ON FUNCTION "public"."message_to_change"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.search_messages (
  query       text,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    conversation_id  uuid,
    seq              bigint,
    counterpart_name text,
    is_own           boolean,
    excerpt          text,
    created_at       timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with wanted as (
    select websearch_to_tsquery('pg_catalog.english', left(search_messages.query, 200)) as words
  ),
  page as (
    select messages.*, conversations as thread
    from wanted
    join public.messages on to_tsvector('pg_catalog.english', messages.body) @@ wanted.words
    join public.conversations on conversations.id = messages.conversation_id
    where conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id()
    order by messages.created_at desc, messages.id
    limit 21 offset (greatest(search_messages.page_number, 1) - 1) * 20
  )
  select page.conversation_id, page.seq, private.counterpart_name(page.thread), page.sender_id = private.current_profile_id(),
    -- Marks in what was written would pass for ours.
    ts_headline(
      'pg_catalog.english', translate(page.body, E'\x02\x03', ''), wanted.words,
      E'StartSel="\x02", StopSel="\x03", '
        || case when char_length(page.body) <= 300 then 'HighlightAll=true' else 'MaxWords=40, MinWords=20' end
    ),
    page.created_at
  from page
  cross join wanted
  order by page.created_at desc, page.id;
$function$;

REVOKE ALL ON FUNCTION "public"."search_messages"(text, integer) FROM PUBLIC, "anon", "service_role";

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
  v_seq bigint;
begin
  select * into v_conversation from public.conversations where conversations.id = send_message.conversation_id for update;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  select messages.seq into v_seq
  from public.messages
  where messages.id = send_message.message_id
    and messages.conversation_id = v_conversation.id
    and messages.sender_id = v_sender.id;

  if found then
    return v_seq;
  end if;

  perform private.require_open(v_conversation);

  if char_length(trim(send_message.body)) > 4000
    or trim(send_message.body) = '' and coalesce(cardinality(send_message.attachment_ids), 0) = 0
  then
    raise exception 'Write a message of up to 4,000 characters.' using errcode = 'MSBOD';
  end if;

  if (
    select count(*) from public.messages
    where messages.sender_id = v_sender.id
      and messages.created_at > now() - interval '1 minute'
  ) >= 20 then
    raise exception 'That is a lot of messages. Wait a minute.' using errcode = 'MSFST';
  end if;

  v_seq := v_conversation.last_seq + 1;

  insert into public.messages (id, conversation_id, seq, change, sender_id, body)
  values (
    send_message.message_id, v_conversation.id, v_seq, private.next_change(v_conversation.id), v_sender.id, trim(send_message.body)
  )
  returning * into v_message;

  perform private.attach_files(v_message, send_message.attachment_ids);

  update public.conversations
  set last_seq = v_seq, last_message_at = now()
  where conversations.id = v_conversation.id;

  perform private.note_owed(v_conversation.id);
  perform private.note_read(v_conversation.id, v_sender.id, v_seq);
  perform private.notify_message(v_conversation.id, v_sender.id);

  return v_seq;
end;
$function$;

CREATE OR REPLACE FUNCTION public.start_conversation (
  coach_id uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_owner_id uuid;
  v_conversation public.conversations;
  v_conversation_id uuid;
begin
  select * into v_conversation
  from public.conversations
  where conversations.coach_id = start_conversation.coach_id
    and conversations.client_id = v_client.id;

  if found and private.closed_because(v_conversation) is distinct from 'over' then
    return v_conversation.id;
  end if;

  select coaches.profile_id into v_owner_id
  from public.coaches
  where coaches.id = start_conversation.coach_id
    and coaches.status = 'approved';

  if v_owner_id is null then
    raise exception 'This coach cannot be written to.' using errcode = 'OCNFD';
  end if;

  if v_owner_id = v_client.id then
    raise exception 'This is your own practice.' using errcode = 'MSOWN';
  end if;

  if (
    select count(*) from public.conversations
    where conversations.client_id = v_client.id
      and conversations.opened_at > now() - interval '1 day'
  ) >= 10 then
    raise exception 'You have written to ten coaches today. Try again tomorrow.' using errcode = 'MSLIM';
  end if;

  v_conversation_id := private.open_conversation(start_conversation.coach_id, v_client.id);
  update public.conversations set opened_at = now() where conversations.id = v_conversation_id;
  return v_conversation_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.unblock_conversation (
  conversation_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_asker public.profiles := private.require_profile();
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations where conversations.id = unblock_conversation.conversation_id for update;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  delete from private.conversation_blocks
  where conversation_blocks.conversation_id = v_conversation.id
    and conversation_blocks.profile_id = v_asker.id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."unblock_conversation"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.unread_counts()
  RETURNS TABLE (
    messages        integer,
    notices         integer,
    mail_stopped_by public.mail_stop
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select (
      select coalesce(sum(private.unread_messages(conversations, private.current_profile_id())), 0)::integer
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = private.current_profile_id()
      where (conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id())
        -- Most threads are read: of these no message is looked at.
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    ),
    private.unread_notices(private.current_profile_id()),
    (
      select profile_contacts.mail_stopped_by
      from public.profile_contacts
      where profile_contacts.profile_id = private.current_profile_id()
    );
$function$;

ALTER TABLE "private"."conversation_blocks"
  ADD CONSTRAINT "conversation_blocks_conversation_id_fkey" FOREIGN KEY (conversation_id) REFERENCES public.conversations(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."conversation_blocks"
  ADD CONSTRAINT "conversation_blocks_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."message_words"
  ADD CONSTRAINT "message_words_message_id_fkey" FOREIGN KEY (message_id) REFERENCES public.messages(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."conversations"
  ADD CONSTRAINT "conversations_owed_whole" CHECK ((num_nulls(owed_by, owed_at) = ANY (ARRAY[0, 2])));

ALTER TABLE "public"."messages"
  ADD CONSTRAINT "messages_deleted_are_empty" CHECK (((deleted_at IS NULL) OR (body = ''::text)));

ALTER TABLE "public"."messages"
  ADD CONSTRAINT "messages_removed_are_empty" CHECK (((removed_at IS NULL) OR (body = ''::text)));

CREATE INDEX conversation_blocks_profile_id_idx ON private.conversation_blocks USING btree (profile_id);

CREATE INDEX message_words_created_at_idx ON private.message_words USING btree (created_at);

CREATE INDEX message_words_message_id_idx ON private.message_words USING btree (message_id);

CREATE INDEX conversations_waiting_for_coach ON public.conversations USING btree (coach_id, owed_at)
  WHERE (owed_by = 'coach'::public.booking_actor);

CREATE UNIQUE INDEX messages_one_per_change ON public.messages USING btree (conversation_id, change);

CREATE INDEX messages_words ON public.messages USING gin (to_tsvector('english'::regconfig, body));

CREATE TRIGGER messages__broadcast
  AFTER INSERT OR UPDATE OF change ON public.messages
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_messages__broadcast();

CREATE POLICY "Nobody reads blocks over the API" ON "private"."conversation_blocks"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads earlier words over the API" ON "private"."message_words"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Client and coach can signal in their conversation" ON "realtime"."messages"
  FOR INSERT
  TO "authenticated"
  WITH CHECK (((extension = ANY (ARRAY['broadcast'::text, 'presence'::text])) AND private.may_follow(( SELECT realtime.topic() AS topic))));

CREATE POLICY "People can listen to their conversations and their notices" ON "realtime"."messages"
  FOR SELECT
  TO "authenticated"
  USING
    (((( SELECT realtime.topic() AS topic) = ('person:'::text || ( SELECT private.current_profile_id() AS current_profile_id))) OR private.may_follow(( SELECT realtime.topic() AS
    topic))));

COMMENT ON COLUMN "public"."conversations"."closed_at" IS 'Since when nobody writes here any more, as an admin decided.';

COMMENT ON COLUMN "public"."conversations"."opened_at" IS 'When the client last opened it, or a booking did: an old one is opened again by an enquiry.';

COMMENT ON COLUMN "public"."conversations"."owed_at" IS 'When the first of the messages was written that owed_by has not answered.';

COMMENT ON COLUMN "public"."messages"."removed_at" IS 'Since when it is shown to nobody, as an admin decided.';

COMMENT ON TABLE "private"."conversation_blocks" IS 'Who wants to hear nothing more from the other party of a thread.';

COMMENT ON TABLE "private"."message_words" IS 'What a message said before it was edited or deleted: for moderation, for 90 days.';

REVOKE ALL ON FUNCTION "private"."all_words"(public.messages) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."all_words"(public.messages) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."all_words"(public.messages) TO "postgres";

REVOKE ALL ON FUNCTION "private"."answer_times"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."answer_times"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."answer_times"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."closed_because"(public.conversations) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."closed_because"(public.conversations) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."closed_because"(public.conversations) TO "postgres";

REVOKE ALL ON FUNCTION "private"."forget_message_words"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_message_words"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_message_words"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_blocked"(public.conversations) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_blocked"(public.conversations) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_blocked"(public.conversations) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_changeable"(public.messages) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_changeable"(public.messages) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_changeable"(public.messages) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_over"(public.conversations) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_over"(public.conversations) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_over"(public.conversations) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_shut_out"(public.conversations) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_shut_out"(public.conversations) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_shut_out"(public.conversations) TO "postgres";

REVOKE ALL ON FUNCTION "private"."keep_words"(public.messages) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."keep_words"(public.messages) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."keep_words"(public.messages) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_follow"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."may_follow"(text) TO "authenticated";

REVOKE ALL ON FUNCTION "private"."may_follow"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_follow"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."next_change"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."next_change"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."next_change"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."note_owed"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."note_owed"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."note_owed"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."purge_message_words"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."purge_message_words"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."purge_message_words"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."refresh_answer_times"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refresh_answer_times"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refresh_answer_times"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."remove_message"(uuid, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."remove_message"(uuid, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."remove_message"(uuid, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_open"(public.conversations) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_open"(public.conversations) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_open"(public.conversations) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_own_message"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_own_message"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_own_message"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unread_messages"(public.conversations, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unread_messages"(public.conversations, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unread_messages"(public.conversations, uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."block_conversation"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."block_conversation"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."block_conversation"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."conversation_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."conversation_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."conversation_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."delete_message"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."delete_message"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."delete_message"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."edit_message"(uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."edit_message"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."edit_message"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."inbox"(integer, boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."inbox"(integer, boolean) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."inbox"(integer, boolean) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."message_to_change"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."message_to_change"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."message_to_change"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."search_messages"(text, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."search_messages"(text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."search_messages"(text, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."unblock_conversation"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."unblock_conversation"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."unblock_conversation"(uuid) TO "postgres";

REVOKE ALL ("answers_in_minutes") ON TABLE "public"."coach_listings" FROM "anon";

GRANT SELECT ("answers_in_minutes") ON TABLE "public"."coach_listings" TO "anon";

REVOKE ALL ("answers_in_minutes") ON TABLE "public"."coach_listings" FROM "authenticated";

GRANT SELECT ("answers_in_minutes") ON TABLE "public"."coach_listings" TO "authenticated";

-- By hand: what is owed in the threads there are.
SELECT private.note_owed(conversations.id) FROM public.conversations;

SET local check_function_bodies = off;

REVOKE ALL ("author_name") ON TABLE "public"."reviews" FROM "anon";

REVOKE ALL ("body") ON TABLE "public"."reviews" FROM "anon";

REVOKE ALL ("coach_id") ON TABLE "public"."reviews" FROM "anon";

REVOKE ALL ("created_at") ON TABLE "public"."reviews" FROM "anon";

REVOKE ALL ("id") ON TABLE "public"."reviews" FROM "anon";

REVOKE ALL ("author_name") ON TABLE "public"."reviews" FROM "authenticated";

REVOKE ALL ("body") ON TABLE "public"."reviews" FROM "authenticated";

DROP POLICY "Anyone can view the reviews" ON "public"."reviews";

DROP INDEX "public"."reviews_coach_id_created_at_idx";

ALTER TABLE "public"."reviews"
  DROP CONSTRAINT "reviews_rating";

DROP FUNCTION "private"."is_reviewable"(public.bookings);

DROP FUNCTION "public"."platform_terms"();

DROP FUNCTION "public"."write_review"(uuid, integer, text);

-- By hand: what clients wrote before stays, one rating for all three, and shown.
ALTER TABLE "public"."reviews"
  RENAME COLUMN "rating" TO "only_rating";

CREATE SEQUENCE "private"."report_decisions_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE TABLE "private"."report_decisions" (
  "id"        bigint NOT NULL DEFAULT nextval('private.report_decisions_id_seq'::regclass),
  "report_id" uuid   NOT NULL,
  CONSTRAINT "report_decisions_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."report_decisions"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."review_notes" (
  "review_id" uuid NOT NULL,
  "note"      text NOT NULL,
  CONSTRAINT "review_notes_length" CHECK (((char_length(note) >= 1) AND (char_length(note) <= 2000))),
  CONSTRAINT "review_notes_pkey" PRIMARY KEY (review_id)
);

ALTER TABLE "private"."review_notes"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."reports" (
  "id"          uuid NOT NULL DEFAULT gen_random_uuid(),
  "reporter_id" uuid NOT NULL,
  CONSTRAINT "reports_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."reports"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."reports" FROM "anon", "service_role";

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "review_pause_days" integer NOT NULL DEFAULT 30;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "review_reply_days" integer NOT NULL DEFAULT 30;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "rating_prior_average" numeric(3,2) NOT NULL DEFAULT 4.3;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "rating_prior_weight" integer NOT NULL DEFAULT 5;

ALTER SEQUENCE "private"."report_decisions_id_seq" OWNED BY "private"."report_decisions"."id";

ALTER TABLE "public"."coach_listings"
  ADD COLUMN "rating_total" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."reviews"
  ADD COLUMN "client_id" uuid;

ALTER TABLE "public"."reviews"
  ADD COLUMN "author_party" public.booking_actor;

ALTER TABLE "public"."reviews"
  ADD COLUMN "market_rating" smallint;

ALTER TABLE "public"."reviews"
  ADD COLUMN "advice_rating" smallint;

ALTER TABLE "public"."reviews"
  ADD COLUMN "worth_rating" smallint;

ALTER TABLE "public"."reviews"
  ADD COLUMN "preparation_rating" smallint;

ALTER TABLE "public"."reviews"
  ADD COLUMN "openness_rating" smallint;

ALTER TABLE "public"."reviews"
  ADD COLUMN "follow_through_rating" smallint;

ALTER TABLE "public"."reviews"
  ADD COLUMN "published_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."reviews"
  ADD COLUMN "reply" text;

ALTER TABLE "public"."reviews"
  ADD COLUMN "replied_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."reviews"
  ADD COLUMN "removed_at" timestamp(6) WITH time zone;

UPDATE public.reviews
SET client_id = author_id, author_party = 'client', market_rating = only_rating, advice_rating = only_rating,
    worth_rating = only_rating, published_at = created_at;

ALTER TABLE "public"."reviews"
  ALTER COLUMN "client_id" SET NOT NULL,
  ALTER COLUMN "author_party" SET NOT NULL,
  DROP COLUMN "only_rating";

ALTER TABLE "public"."reviews"
  ADD COLUMN "rating" numeric(3,2) GENERATED ALWAYS AS
    (((COALESCE(((market_rating + advice_rating) + worth_rating), ((preparation_rating + openness_rating) + follow_through_rating)))::numeric / 3.0)) STORED NOT NULL;

CREATE TYPE "public"."report_decision" AS ENUM (
  'keep',
  'remove'
);

ALTER TABLE "private"."report_decisions"
  ADD COLUMN "decision" public.report_decision NOT NULL;

ALTER TABLE "private"."report_decisions"
  ADD COLUMN "reason" text NOT NULL;

ALTER TABLE "private"."report_decisions"
  ADD COLUMN "decided_by" text NOT NULL DEFAULT SESSION_USER;

ALTER TABLE "private"."report_decisions"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."report_subject" AS ENUM (
  'review'
);

ALTER TABLE "public"."reports"
  ADD COLUMN "subject" public.report_subject NOT NULL;

ALTER TABLE "public"."reports"
  ADD COLUMN "subject_id" uuid NOT NULL;

ALTER TABLE "public"."reports"
  ADD COLUMN "reason" text NOT NULL;

ALTER TABLE "public"."reports"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE OR REPLACE FUNCTION admin.decide_report (
  report_id uuid,
  decision  public.report_decision,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_report public.reports;
  v_decided public.reports;
  v_version integer;
begin
  select * into v_report from public.reports where reports.id = decide_report.report_id;
  if not found then
    raise exception 'There is no report %.', decide_report.report_id using errcode = 'RPNFD';
  end if;
  if char_length(trim(decide_report.reason)) not between 10 and 1000 then
    raise exception 'Give a reason in 10 to 1,000 characters: it is told to whom it concerns.' using errcode = 'RPWHY';
  end if;

  -- Two admins at one thing wait for each other.
  perform from public.reports
  where reports.subject = v_report.subject and reports.subject_id = v_report.subject_id
  order by reports.id
  for no key update;

  v_version := 1 + (
    select count(*)
    from private.report_decisions
    join public.reports on reports.id = report_decisions.report_id
    where reports.subject = v_report.subject and reports.subject_id = v_report.subject_id
  );
  for v_decided in
    select reports.*
    from public.reports
    where reports.subject = v_report.subject and reports.subject_id = v_report.subject_id
      and (reports.id = v_report.id or private.is_undecided(reports))
    order by reports.created_at, reports.id
  loop
    insert into private.report_decisions (report_id, decision, reason)
    values (v_decided.id, decide_report.decision, trim(decide_report.reason));
    perform private.notify(v_decided.reporter_id, 'report_decided', v_decided.id, version => v_version);
  end loop;
  perform private.apply_decision(v_report, decide_report.decision, v_version);
end;
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
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.complete_bookings()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    where bookings.status = 'confirmed'
      and bookings.ends_at <= now()
    order by bookings.starts_at
    limit 500
    for update skip locked
  loop
    if private.move_booking(v_booking.id, array['confirmed']::public.booking_status[], 'completed', 'system') then
      perform private.plan_attendance(v_booking);
      perform private.invite_to_review(v_booking.id);
      perform private.refresh_listing(v_booking.coach_id);
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.counted_reviews (
  coach_id uuid
)
  RETURNS SETOF public.reviews
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select distinct on (shown.client_id) shown.*
  from private.shown_reviews(counted_reviews.coach_id) as shown
  order by shown.client_id, shown.created_at desc, shown.id desc;
$function$;

CREATE OR REPLACE FUNCTION private.decided_because (
  subject    public.report_subject,
  subject_id uuid
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (private.last_decision(decided_because.subject, decided_because.subject_id)).reason;
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
  where private.is_reviewable(bookings, 'client');
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

CREATE OR REPLACE FUNCTION private.forget_reviews (
  profile_id uuid,
  names      text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update public.reviews
  set author_name = case reviews.author_party when 'client' then 'A former member' else 'A former coach' end
  where reviews.author_id = forget_reviews.profile_id;

  delete from private.review_notes
  using public.reviews
  where reviews.id = review_notes.review_id and reviews.author_id = forget_reviews.profile_id;

  update private.review_notes
  set note = private.without_names(review_notes.note, forget_reviews.names)
  from public.reviews
  where reviews.id = review_notes.review_id and private.review_subject(reviews) = forget_reviews.profile_id;

  update public.reports
  set reason = case
        when reports.reporter_id = forget_reviews.profile_id then 'Removed with the account.'
        else private.without_names(reports.reason, forget_reviews.names)
      end
  where reports.reporter_id = forget_reviews.profile_id
    or reports.subject = 'review' and reports.subject_id in (
      select reviews.id from public.reviews
      where reviews.author_id = forget_reviews.profile_id or private.review_subject(reviews) = forget_reviews.profile_id
    );
end;
$function$;

CREATE OR REPLACE FUNCTION private.invite_to_review (
  booking_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(party.profile_id, 'review_invitation', bookings.id, bookings.id)
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (
    values (bookings.client_id, 'client'::public.booking_actor), (coaches.profile_id, 'coach')
  ) as party (profile_id, actor)
  where bookings.id = invite_to_review.booking_id
    and private.is_reviewable(bookings, party.actor)
    and (party.actor = 'client' or bookings.group_date_id is null);
$function$;

CREATE OR REPLACE FUNCTION private.is_given_back (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when exists (
      select from public.credit_entries
      where credit_entries.booking_id = (is_given_back.booking).id and credit_entries.kind = 'returned'
    ) then true
    -- Most orders have neither, and what comes back of each session takes long to reckon.
    when exists (select from public.refunds where refunds.order_id = (is_given_back.booking).order_id)
      or exists (select from public.disputes where disputes.order_id = (is_given_back.booking).order_id)
      then private.session_cents(is_given_back.booking) > 0
        and private.session_returned_cents(is_given_back.booking) >= private.session_cents(is_given_back.booking)
    else false
  end;
$function$;

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
  end;
$function$;

CREATE OR REPLACE FUNCTION private.is_reviewable (
  booking public.bookings,
  party   public.booking_actor
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select is_reviewable.party in ('client', 'coach')
    and private.review_refusal(is_reviewable.booking, is_reviewable.party) is null;
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

CREATE OR REPLACE FUNCTION private.is_undecided (
  report public.reports
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select not exists (
    select from private.report_decisions where report_decisions.report_id = (is_undecided.report).id
  );
$function$;

CREATE OR REPLACE FUNCTION private.last_decision (
  subject    public.report_subject,
  subject_id uuid
)
  RETURNS private.report_decisions
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select report_decisions.*
  from private.report_decisions
  join public.reports on reports.id = report_decisions.report_id
  where reports.subject = last_decision.subject and reports.subject_id = last_decision.subject_id
  order by report_decisions.id desc
  limit 1;
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
    'no_show_fee', private.mail_no_show_fee(bookings),
    'seats', private.mail_seats(bookings.group_date_id),
    'full_refund_until', deadlines.full_until,
    'review_until', private.review_ends_at(bookings),
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

CREATE OR REPLACE FUNCTION private.mail_decision (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('decision', jsonb_build_object(
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
    private.mail_membership(notifications), private.mail_dispute(notifications), private.mail_conversation(notifications),
    private.mail_decision(notifications), '{}'
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

CREATE OR REPLACE FUNCTION private.may_reply (
  review public.reviews
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (may_reply.review).author_party = 'client'
    and (may_reply.review).removed_at is null
    and (may_reply.review).reply is null
    and coalesce(private.reply_ends_at(may_reply.review) > now(), false);
$function$;

CREATE OR REPLACE FUNCTION private.may_still_review (
  notification public.notifications,
  booking      public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.is_reviewable(
    may_still_review.booking,
    case when (may_still_review.booking).client_id = (may_still_review.notification).recipient_id then 'client' else 'coach' end::public.booking_actor
  );
$function$;

CREATE OR REPLACE FUNCTION private.publish_due_reviews()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    where bookings.id in (select reviews.booking_id from public.reviews where reviews.published_at is null)
      and private.review_ends_at(bookings) <= now()
    limit 500
    for no key update skip locked
  loop
    perform private.publish_reviews(v_booking.id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.publish_reviews (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_review public.reviews;
begin
  for v_review in
    update public.reviews
    set published_at = now()
    where reviews.booking_id = publish_reviews.booking_id
      and reviews.published_at is null
    returning *
  loop
    perform private.notify(private.review_subject(v_review), 'review_published', v_review.id, v_review.booking_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.rating_score (
  total   integer,
  reviews integer
)
  RETURNS numeric
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (rating_score.total + 3 * settings.rating_prior_average * settings.rating_prior_weight)
    / (3 * (rating_score.reviews + settings.rating_prior_weight))
  from private.settings() as settings;
$function$;

CREATE OR REPLACE FUNCTION private.refresh_listing (
  coach_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  -- Two refreshes of one coach wait for each other, so that the later sees all.
  perform from public.coaches where coaches.id = refresh_listing.coach_id for no key update;

  delete from public.coach_listings
  using public.coaches
  where coach_listings.coach_id = refresh_listing.coach_id
    and coaches.id = coach_listings.coach_id
    and coaches.status <> 'approved';

  insert into public.coach_listings as listing (
    coach_id, document, states, specialties, languages, from_price_cents,
    rating_average, review_count, rating_total, rating_score, sessions_held, listed_at
  )
  select coaches.id, private.coach_document(coaches), coaches.states, coaches.specialties, coaches.languages,
    (
      select min(offers.price_cents) from public.offers
      where offers.coach_id = coaches.id and offers.archived_at is null and offers.kind = 'session'
    ),
    ratings.total / nullif(3.0 * ratings.amount, 0), ratings.amount, ratings.total,
    private.rating_score(ratings.total, ratings.amount),
    (
      select count(distinct bookings.occasion_id) from public.bookings
      where bookings.coach_id = coaches.id and bookings.status = 'completed'
    ),
    coalesce(coaches.approved_at, now())
  from public.coaches
  cross join lateral (
    select count(*)::integer as amount,
      coalesce(sum(counted.market_rating + counted.advice_rating + counted.worth_rating), 0)::integer as total
    from private.counted_reviews(coaches.id) as counted
  ) as ratings
  where coaches.id = refresh_listing.coach_id
    and coaches.status = 'approved'
  on conflict (coach_id) do update
  set document = excluded.document,
      states = excluded.states,
      specialties = excluded.specialties,
      languages = excluded.languages,
      from_price_cents = excluded.from_price_cents,
      rating_average = excluded.rating_average,
      review_count = excluded.review_count,
      rating_total = excluded.rating_total,
      rating_score = excluded.rating_score,
      sessions_held = excluded.sessions_held,
      listed_at = excluded.listed_at;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refresh_rating_prior()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update private.platform_settings
  set rating_prior_average = found.average
  from (
    select round(sum(coach_listings.rating_total) / (3.0 * sum(coach_listings.review_count)), 2) as average
    from public.coach_listings
    where coach_listings.review_count > 0
  ) as found
  where found.average <> platform_settings.rating_prior_average;
$function$;

CREATE OR REPLACE FUNCTION private.refuse_review (
  booking public.bookings,
  party   public.booking_actor
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
begin
  case private.review_refusal(refuse_review.booking, refuse_review.party)
    when 'RVFRE' then
      raise exception 'A free intro call is not reviewed. A session that was paid for is.' using errcode = 'RVFRE';
    when 'RVEAR' then
      raise exception 'A session is reviewed once it was held.' using errcode = 'RVEAR';
    when 'RVREF' then
      raise exception 'What this session cost was given back, so it is not reviewed.' using errcode = 'RVREF';
    when 'RVLAT' then
      raise exception 'The time to review this session is over.' using errcode = 'RVLAT';
    when 'RVTWO' then
      raise exception 'You have reviewed this session already.' using errcode = 'RVTWO';
    when 'RVMON' then
      raise exception 'You have reviewed them within the last % days. You can again after that.',
        (private.settings()).review_pause_days using errcode = 'RVMON';
    else null;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.reply_ends_at (
  review public.reviews
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (reply_ends_at.review).published_at + make_interval(days => (private.settings()).review_reply_days);
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
  end;
$function$;

CREATE OR REPLACE FUNCTION private.require_rating (
  rating integer,
  name   text
)
  RETURNS smallint
  LANGUAGE plpgsql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
begin
  if require_rating.rating is null or require_rating.rating not between 1 and 5 then
    raise exception 'Choose one to five stars.' using errcode = 'RVRAT', detail = require_rating.name;
  end if;
  return require_rating.rating;
end;
$function$;

CREATE OR REPLACE FUNCTION private.review_ends_at (
  booking public.bookings
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (review_ends_at.booking).ends_at + make_interval(days => (private.settings()).review_window_days);
$function$;

CREATE OR REPLACE FUNCTION private.review_refusal (
  booking public.bookings,
  party   public.booking_actor
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (review_refusal.booking).is_intro_call then 'RVFRE'
    when (review_refusal.booking).status <> 'completed' then 'RVEAR'
    when private.review_ends_at(review_refusal.booking) <= now() then 'RVLAT'
    when exists (
      select from public.reviews
      where reviews.booking_id = (review_refusal.booking).id and reviews.author_party = review_refusal.party
    ) then 'RVTWO'
    when exists (
      select from public.reviews
      where reviews.client_id = (review_refusal.booking).client_id
        and reviews.coach_id = (review_refusal.booking).coach_id
        and reviews.author_party = review_refusal.party
        and reviews.created_at > now() - make_interval(days => (private.settings()).review_pause_days)
    ) then 'RVMON'
    when private.is_given_back(review_refusal.booking) then 'RVREF'
  end;
$function$;

CREATE OR REPLACE FUNCTION private.review_subject (
  review public.reviews
)
  RETURNS uuid
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case (review_subject.review).author_party when 'client' then coaches.profile_id else (review_subject.review).client_id end
  from public.coaches
  where coaches.id = (review_subject.review).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.review_voided_by (
  review public.reviews
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (review_voided_by.review).removed_at is not null then 'removed'
    when bookings.status <> 'completed' then 'missed'
    when private.is_given_back(bookings) then 'given_back'
  end
  from public.bookings
  where bookings.id = (review_voided_by.review).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.shown_reviews (
  coach_id uuid
)
  RETURNS SETOF public.reviews
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select reviews.*
  from public.reviews
  where reviews.coach_id = shown_reviews.coach_id
    and reviews.author_party = 'client'
    and reviews.published_at is not null
    and private.review_voided_by(reviews) is null;
$function$;

CREATE OR REPLACE FUNCTION private.tell_of_waiting_review (
  booking      public.bookings,
  review_id    uuid,
  author_party public.booking_actor
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(other.profile_id, 'review_received', tell_of_waiting_review.review_id, (tell_of_waiting_review.booking).id)
  from public.coaches
  cross join lateral (
    select case tell_of_waiting_review.author_party when 'client' then coaches.profile_id else (tell_of_waiting_review.booking).client_id end,
      case tell_of_waiting_review.author_party when 'client' then 'coach' else 'client' end::public.booking_actor
  ) as other (profile_id, party)
  where coaches.id = (tell_of_waiting_review.booking).coach_id
    and private.is_reviewable(tell_of_waiting_review.booking, other.party);
$function$;

CREATE OR REPLACE FUNCTION private.tg_platform_settings__score_listings()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  update public.coach_listings
  set rating_score = scored.score
  from (
    select listing.coach_id, round(private.rating_score(listing.rating_total, listing.review_count), 4) as score
    from public.coach_listings as listing
  ) as scored
  where scored.coach_id = coach_listings.coach_id
    and scored.score <> coach_listings.rating_score;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_report_decisions__never_change()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  raise exception 'A decision is never changed: decide again.' using errcode = 'RPFIX';
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_returns__refresh_reviews()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  perform private.refresh_listing(concerned.coach_id)
  from (
    select distinct reviews.coach_id
    from public.bookings
    join public.reviews on reviews.booking_id = bookings.id
    where bookings.order_id = case tg_op when 'DELETE' then old.order_id else new.order_id end
  ) as concerned;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.write_review (
  review public.reviews,
  note   text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_author public.profiles := private.require_profile();
  v_booking public.bookings;
  v_coach public.coaches;
  v_review_id uuid;
begin
  select * into v_booking
  from public.bookings
  where bookings.id = (write_review.review).booking_id
    and private.booking_party(bookings) = (write_review.review).author_party
  for no key update;

  if not found then
    raise exception 'This session does not exist.' using errcode = 'OBNFD';
  end if;
  select * into v_coach from public.coaches where coaches.id = v_booking.coach_id for no key update;
  perform private.refuse_review(v_booking, (write_review.review).author_party);
  if char_length(trim((write_review.review).body)) not between 20 and 2000 then
    raise exception 'Write 20 to 2,000 characters about the session.' using errcode = 'RVBOD';
  end if;
  if char_length(trim(write_review.note)) > 2000 then
    raise exception 'A note to us has at most 2,000 characters.' using errcode = 'RVNOT';
  end if;

  insert into public.reviews (
    booking_id, coach_id, client_id, author_id, author_party, author_name,
    market_rating, advice_rating, worth_rating, preparation_rating, openness_rating, follow_through_rating, body
  )
  select v_booking.id, v_booking.coach_id, v_booking.client_id, v_author.id, given.author_party,
    case given.author_party
      when 'client' then v_author.first_name || ' ' || left(v_author.last_name, 1) || '.'
      else v_coach.display_name
    end,
    given.market_rating, given.advice_rating, given.worth_rating,
    given.preparation_rating, given.openness_rating, given.follow_through_rating, trim(given.body)
  from (select (write_review.review).*) as given
  returning reviews.id into v_review_id;

  insert into private.review_notes (review_id, note)
  select v_review_id, trim(write_review.note)
  where trim(write_review.note) <> '';

  if exists (
    select from public.reviews where reviews.booking_id = v_booking.id and reviews.id <> v_review_id
  ) then
    perform private.publish_reviews(v_booking.id);
  else
    perform private.tell_of_waiting_review(v_booking, v_review_id, (write_review.review).author_party);
  end if;
  return v_review_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.coach_reviews (
  coach_id    uuid,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    review_id     uuid,
    author_name   text,
    market_rating smallint,
    advice_rating smallint,
    worth_rating  smallint,
    rating        numeric,
    body          text,
    published_at  timestamp with time zone,
    reply         text,
    is_counted    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select shown.id, shown.author_name, shown.market_rating, shown.advice_rating, shown.worth_rating, shown.rating,
    shown.body, shown.published_at, shown.reply,
    shown.id in (select counted.id from private.counted_reviews(coach_reviews.coach_id) as counted)
  from private.shown_reviews(coach_reviews.coach_id) as shown
  where exists (select from public.coaches where coaches.id = coach_reviews.coach_id and coaches.status = 'approved')
  order by shown.published_at desc, shown.created_at desc, shown.id
  limit 11 offset (greatest(coach_reviews.page_number, 1) - 1) * 10;
$function$;

REVOKE ALL ON FUNCTION "public"."coach_reviews"(uuid, integer) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.platform_terms()
  RETURNS TABLE (
    fee_basis_points       integer,
    hold_minutes           integer,
    join_opens_minutes     integer,
    review_window_days     integer,
    review_pause_days      integer,
    review_reply_days      integer,
    rating_prior_average   numeric,
    rating_prior_weight    integer,
    release_after_minutes  integer,
    full_refund_minutes    integer,
    partial_refund_minutes integer,
    partial_refund_percent integer,
    client_move_minutes    integer,
    client_moves           integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select settings.fee_basis_points, settings.hold_minutes, settings.join_opens_minutes,
    settings.review_window_days, settings.review_pause_days, settings.review_reply_days,
    settings.rating_prior_average, settings.rating_prior_weight, settings.release_after_minutes,
    policy.full_refund_minutes, policy.partial_refund_minutes, policy.partial_refund_percent,
    policy.client_move_minutes, policy.client_moves
  from private.settings() as settings
  cross join public.cancellation_policies as policy
  where policy.is_default;
$function$;

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.received_reviews (
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    review_id       uuid,
    booking_id      uuid,
    offer_title     text,
    starts_at       timestamp with time zone,
    author_name     text,
    market_rating   smallint,
    advice_rating   smallint,
    worth_rating    smallint,
    rating          numeric,
    body            text,
    published_at    timestamp with time zone,
    reply           text,
    may_reply       boolean,
    reply_ends_at   timestamp with time zone,
    voided_by       text,
    removed_because text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select reviews.id, bookings.id, offers.title, bookings.starts_at, reviews.author_name,
    reviews.market_rating, reviews.advice_rating, reviews.worth_rating, reviews.rating, reviews.body,
    reviews.published_at, reviews.reply, private.may_reply(reviews), private.reply_ends_at(reviews),
    coalesce(
      private.review_voided_by(reviews),
      case when reviews.id not in (select counted.id from private.counted_reviews(reviews.coach_id) as counted) then 'newer' end
    ),
    case when reviews.removed_at is not null then private.decided_because('review', reviews.id) end
  from public.reviews
  join public.bookings on bookings.id = reviews.booking_id
  join public.offers on offers.id = bookings.offer_id
  where reviews.coach_id = private.current_coach_id()
    and reviews.author_party = 'client'
    and reviews.published_at is not null
  order by reviews.published_at desc, reviews.created_at desc, reviews.id
  limit 11 offset (greatest(received_reviews.page_number, 1) - 1) * 10;
$function$;

REVOKE ALL ON FUNCTION "public"."received_reviews"(integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.reply_to_review (
  review_id uuid,
  reply     text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_author public.profiles := private.require_profile();
  v_review public.reviews;
begin
  select * into v_review
  from public.reviews
  where reviews.id = reply_to_review.review_id
    and reviews.coach_id = private.current_coach_id()
    and reviews.author_party = 'client'
    and reviews.published_at is not null
    and reviews.removed_at is null
  for no key update;

  if not found then
    raise exception 'This review does not exist.' using errcode = 'RVNFD';
  end if;
  if v_review.reply is not null then
    raise exception 'You have replied to this review already.' using errcode = 'RVRPT';
  end if;
  if private.reply_ends_at(v_review) <= now() then
    raise exception 'The time to reply to this review is over.' using errcode = 'RVRPL';
  end if;
  if char_length(trim(reply_to_review.reply)) not between 2 and 1000 then
    raise exception 'Write a reply of at most 1,000 characters.' using errcode = 'RVRPB';
  end if;

  update public.reviews
  set reply = trim(reply_to_review.reply), replied_at = now()
  where reviews.id = v_review.id;
  perform private.notify(v_review.author_id, 'review_replied', v_review.id, v_review.booking_id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."reply_to_review"(uuid, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.report (
  subject    public.report_subject,
  subject_id uuid,
  reason     text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_reporter public.profiles := private.require_profile();
  v_report_id uuid;
begin
  if not private.is_reportable(report.subject, report.subject_id) then
    raise exception 'This does not exist, or is not yours to report.' using errcode = 'RPNFD';
  end if;
  if char_length(trim(report.reason)) not between 10 and 1000 then
    raise exception 'Say in 10 to 1,000 characters what is wrong with it.' using errcode = 'RPWRD';
  end if;
  if (
    select count(*) from public.reports
    where reports.reporter_id = v_reporter.id and reports.created_at > now() - interval '1 day'
  ) >= 10 then
    raise exception 'You have reported a lot today. Write to us instead.' using errcode = 'RPMNY';
  end if;

  insert into public.reports (reporter_id, subject, subject_id, reason)
  values (v_reporter.id, report.subject, report.subject_id, trim(report.reason))
  on conflict (reporter_id, subject, subject_id) do nothing
  returning reports.id into v_report_id;

  if v_report_id is null then
    raise exception 'You have reported this already.' using errcode = 'RPTWO';
  end if;
  return v_report_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."report"(public.report_subject, uuid, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.review_client (
  booking_id            uuid,
  preparation_rating    integer,
  openness_rating       integer,
  follow_through_rating integer,
  body                  text,
  note                  text    DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_review public.reviews;
begin
  v_review.booking_id := review_client.booking_id;
  v_review.author_party := 'coach';
  v_review.preparation_rating := private.require_rating(review_client.preparation_rating, 'preparation_rating');
  v_review.openness_rating := private.require_rating(review_client.openness_rating, 'openness_rating');
  v_review.follow_through_rating := private.require_rating(review_client.follow_through_rating, 'follow_through_rating');
  v_review.body := review_client.body;
  return private.write_review(v_review, review_client.note);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."review_client"(uuid, integer, integer, integer, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.review_coach (
  booking_id    uuid,
  market_rating integer,
  advice_rating integer,
  worth_rating  integer,
  body          text,
  note          text    DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_review public.reviews;
begin
  v_review.booking_id := review_coach.booking_id;
  v_review.author_party := 'client';
  v_review.market_rating := private.require_rating(review_coach.market_rating, 'market_rating');
  v_review.advice_rating := private.require_rating(review_coach.advice_rating, 'advice_rating');
  v_review.worth_rating := private.require_rating(review_coach.worth_rating, 'worth_rating');
  v_review.body := review_coach.body;
  return private.write_review(v_review, review_coach.note);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."review_coach"(uuid, integer, integer, integer, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.review_summary (
  coach_id uuid
)
  RETURNS TABLE (
    review_count   integer,
    rating_average numeric,
    market_average numeric,
    advice_average numeric,
    worth_average  numeric,
    counts_by_star integer[]
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select count(*)::integer,
    round(sum(counted.market_rating + counted.advice_rating + counted.worth_rating) / (3.0 * count(*)), 2),
    round(avg(counted.market_rating), 2), round(avg(counted.advice_rating), 2), round(avg(counted.worth_rating), 2),
    array(
      select count(*) filter (where round(rated.rating) = star)::integer
      from generate_series(5, 1, -1) as star
      left join private.counted_reviews(review_summary.coach_id) as rated on true
      group by star
      order by star desc
    )
  from private.counted_reviews(review_summary.coach_id) as counted
  where exists (select from public.coaches where coaches.id = review_summary.coach_id and coaches.status = 'approved');
$function$;

REVOKE ALL ON FUNCTION "public"."review_summary"(uuid) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.reviews_due()
  RETURNS TABLE (
    booking_id     uuid,
    offer_title    text,
    client_name    text,
    starts_at      timestamp with time zone,
    review_ends_at timestamp with time zone,
    is_awaited     boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select bookings.id, offers.title, private.shown_name(profiles), bookings.starts_at, private.review_ends_at(bookings),
    exists (select from public.reviews where reviews.booking_id = bookings.id)
  from public.bookings
  join public.offers on offers.id = bookings.offer_id
  join public.profiles on profiles.id = bookings.client_id
  where bookings.coach_id = private.current_coach_id()
    and bookings.starts_at > now() - make_interval(days => (private.settings()).review_window_days + 1)
    and private.is_reviewable(bookings, 'coach')
  order by bookings.starts_at desc
  limit 20;
$function$;

REVOKE ALL ON FUNCTION "public"."reviews_due"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.session_details (
  booking_id uuid
)
  RETURNS TABLE (
    party             public.booking_actor,
    status            public.booking_status,
    starts_at         timestamp with time zone,
    ends_at           timestamp with time zone,
    time_zone         text,
    hold_expires_at   timestamp with time zone,
    note              text,
    cancelled_by      public.booking_actor,
    cancel_reason     text,
    offer_title       text,
    offer_description text,
    duration_minutes  integer,
    counterpart_name  text,
    coach_id          uuid,
    coach_slug        text,
    conversation_id   uuid,
    amount_cents      integer,
    refunded_cents    integer,
    order_status      public.order_status,
    meeting_status    public.meeting_status,
    is_joinable       boolean,
    is_reviewable     boolean,
    is_cancellable    boolean,
    is_movable        boolean,
    answer_by         timestamp with time zone,
    is_charged        boolean,
    order_id          uuid,
    session_position  integer,
    session_count     integer,
    group_date_id     uuid,
    is_name_shown     boolean,
    credit_of         public.offer_kind,
    is_credit_back    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select party.actor, private.shown_status(bookings), bookings.starts_at, bookings.ends_at,
    private.party_zone(bookings, party.actor),
    bookings.hold_expires_at, bookings.note, bookings.cancelled_by, bookings.cancel_reason,
    offers.title, offers.description, offers.duration_minutes,
    case party.actor
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.id, coaches.slug, conversations.id,
    private.session_cents(bookings),
    private.session_returned_cents(bookings),
    orders.status, meetings.status,
    private.is_joinable(bookings),
    private.is_reviewable(bookings, party.actor),
    bookings.status = 'confirmed' and bookings.starts_at > now(),
    private.move_refusal(bookings, party.actor) is null,
    bookings.answer_by,
    orders.paid_at is not null,
    orders.id,
    case when orders.credits_end_at is null then bookings.position else 1 end,
    case when orders.credits_end_at is null then orders.session_count else 1 end,
    bookings.group_date_id, bookings.is_name_shown,
    case when orders.credits_end_at is not null then offers.kind end,
    orders.credits_end_at is not null and not private.uses_credit(bookings)
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  left join public.meetings on meetings.occasion_id = bookings.occasion_id and meetings.status <> 'cancelled'
  left join public.conversations
    on conversations.coach_id = bookings.coach_id and conversations.client_id = bookings.client_id
  where bookings.id = session_details.booking_id
    and party.actor is not null;
$function$;

CREATE OR REPLACE FUNCTION public.session_list (
  party       public.booking_actor,
  is_past     boolean              DEFAULT false,
  page_number integer              DEFAULT 1
)
  RETURNS TABLE (
    booking_id       uuid,
    status           public.booking_status,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    hold_expires_at  timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    coach_slug       text,
    amount_cents     integer,
    is_joinable      boolean,
    is_reviewable    boolean,
    session_position integer,
    session_count    integer,
    group_date_id    uuid,
    seats            integer,
    seats_taken      integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select listed.*
  from (
    select bookings.id,
      private.shown_status(bookings) as status,
      bookings.starts_at, bookings.ends_at, bookings.hold_expires_at, offers.title,
      case session_list.party
        when 'client' then coaches.display_name
        else private.shown_name(client)
      end,
      coaches.slug, private.session_cents(bookings),
      private.is_joinable(bookings),
      private.is_reviewable(bookings, session_list.party),
      -- One booked from a package stands by itself.
      case when orders.credits_end_at is null then bookings.position else 1 end,
      case when orders.credits_end_at is null then orders.session_count else 1 end,
      bookings.group_date_id, null::integer, null::integer
    from public.bookings
    join public.offers on offers.id = bookings.offer_id
    join public.coaches on coaches.id = bookings.coach_id
    join public.profiles as client on client.id = bookings.client_id
    join public.orders on orders.id = bookings.order_id
    where case session_list.party
        when 'client' then bookings.client_id = private.current_profile_id()
        when 'coach' then bookings.coach_id = private.current_coach_id()
          and bookings.group_date_id is null
          and bookings.status not in ('held', 'expired') -- A checkout left open is not a session.
        else false
      end
    union all
    select dates.* from private.listed_dates() as dates where session_list.party = 'coach'
  ) as listed
  where session_list.is_past = not (
    listed.status in ('held', 'requested', 'confirmed') and listed.ends_at > now()
  )
  order by
    case when session_list.is_past then listed.starts_at end desc,
    listed.starts_at
  limit 21 offset (greatest(session_list.page_number, 1) - 1) * 20;
$function$;

CREATE OR REPLACE FUNCTION public.session_reviews (
  booking_id uuid
)
  RETURNS TABLE (
    review_id             uuid,
    author_party          public.booking_actor,
    is_own                boolean,
    author_name           text,
    market_rating         smallint,
    advice_rating         smallint,
    worth_rating          smallint,
    preparation_rating    smallint,
    openness_rating       smallint,
    follow_through_rating smallint,
    rating                numeric,
    body                  text,
    written_at            timestamp with time zone,
    published_at          timestamp with time zone,
    shown_by              timestamp with time zone,
    reply                 text,
    may_reply             boolean,
    voided_by             text,
    removed_because       text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select reviews.id, reviews.author_party, reviews.author_party = party.actor, reviews.author_name,
    reviews.market_rating, reviews.advice_rating, reviews.worth_rating,
    reviews.preparation_rating, reviews.openness_rating, reviews.follow_through_rating,
    reviews.rating, reviews.body, reviews.created_at, reviews.published_at, private.review_ends_at(bookings),
    reviews.reply, party.actor = 'coach' and private.may_reply(reviews),
    private.review_voided_by(reviews),
    case when reviews.removed_at is not null then private.decided_because('review', reviews.id) end
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.reviews on reviews.booking_id = bookings.id
  where bookings.id = session_reviews.booking_id
    and party.actor is not null
    and (reviews.author_party = party.actor or reviews.published_at is not null)
  order by reviews.author_party = party.actor desc;
$function$;

REVOKE ALL ON FUNCTION "public"."session_reviews"(uuid) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "private"."platform_settings"
  ADD CONSTRAINT "platform_settings_rating_prior" CHECK (((rating_prior_average >= (1)::numeric) AND (rating_prior_average <= (5)::numeric)));

ALTER TABLE "private"."platform_settings"
  ADD CONSTRAINT "platform_settings_rating_weight" CHECK ((rating_prior_weight > 0));

ALTER TABLE "private"."platform_settings"
  ADD CONSTRAINT "platform_settings_review_days" CHECK (((review_window_days > 0) AND (review_pause_days >= 0) AND (review_reply_days >= 0)));

ALTER TABLE "private"."report_decisions"
  ADD CONSTRAINT "report_decisions_reason_length" CHECK (((char_length(reason) >= 10) AND (char_length(reason) <= 1000)));

ALTER TABLE "private"."review_notes"
  ADD CONSTRAINT "review_notes_review_id_fkey" FOREIGN KEY (review_id) REFERENCES public.reviews(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."report_decisions"
  ADD CONSTRAINT "report_decisions_report_id_fkey" FOREIGN KEY (report_id) REFERENCES public.reports(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."reports"
  ADD CONSTRAINT "reports_reason_length" CHECK (((char_length(reason) >= 10) AND (char_length(reason) <= 1000)));

ALTER TABLE "public"."reports"
  ADD CONSTRAINT "reports_reporter_id_fkey" FOREIGN KEY (reporter_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_advice_rating" CHECK (((advice_rating >= 1) AND (advice_rating <= 5)));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_author_is_a_party" CHECK ((author_party = ANY (ARRAY['client'::public.booking_actor, 'coach'::public.booking_actor])));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_clients_write_themselves" CHECK (((author_party <> 'client'::public.booking_actor) OR (author_id = client_id)));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_follow_through_rating" CHECK (((follow_through_rating >= 1) AND (follow_through_rating <= 5)));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_market_rating" CHECK (((market_rating >= 1) AND (market_rating <= 5)));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_openness_rating" CHECK (((openness_rating >= 1) AND (openness_rating <= 5)));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_preparation_rating" CHECK (((preparation_rating >= 1) AND (preparation_rating <= 5)));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_reply_has_a_time" CHECK (((reply IS NULL) = (replied_at IS NULL)));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_reply_is_to_a_client" CHECK (((reply IS NULL) OR ((author_party = 'client'::public.booking_actor) AND (published_at IS NOT NULL))));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_reply_length" CHECK (((char_length(reply) >= 2) AND (char_length(reply) <= 1000)));

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_three_ratings" CHECK (
CASE author_party
    WHEN 'client'::public.booking_actor THEN
      ((num_nonnulls(market_rating, advice_rating, worth_rating) = 3) AND (num_nonnulls(preparation_rating, openness_rating, follow_through_rating) = 0))
    ELSE ((num_nonnulls(preparation_rating, openness_rating, follow_through_rating) = 3) AND (num_nonnulls(market_rating, advice_rating, worth_rating) = 0))
END);

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_worth_rating" CHECK (((worth_rating >= 1) AND (worth_rating <= 5)));

CREATE VIEW "admin"."moderation_queue" WITH (security_invoker=true) AS  SELECT reports.id AS report_id,
    reports.created_at AS reported_at,
    reports.subject,
    reports.subject_id,
    private.reported_words(reports.*) AS words,
    private.shown_name(author.*) AS author,
    reports.reason,
    private.shown_name(reporter.*) AS reporter,
    ( SELECT count(*) AS count
           FROM public.reports others
          WHERE ((others.subject = reports.subject) AND (others.subject_id = reports.subject_id))) AS times_reported
   FROM ((public.reports
     JOIN public.profiles reporter ON ((reporter.id = reports.reporter_id)))
     LEFT JOIN public.profiles author ON ((author.id = private.reported_author(reports.*))))
  WHERE private.is_undecided(reports.*)
  ORDER BY reports.created_at, reports.id;

CREATE INDEX report_decisions_report_id_idx ON private.report_decisions USING btree (report_id);

CREATE UNIQUE INDEX reports_one_per_reporter_and_subject ON public.reports USING btree (reporter_id, subject, subject_id);

CREATE INDEX reports_subject_subject_id_idx ON public.reports USING btree (subject, subject_id);

CREATE INDEX reviews_client_id_idx ON public.reviews USING btree (client_id);

CREATE INDEX reviews_coach_id_published_at_idx ON public.reviews USING btree (coach_id, published_at);

CREATE INDEX reviews_waiting_idx ON public.reviews USING btree (booking_id)
  WHERE (published_at IS NULL);

CREATE TRIGGER platform_settings__score_listings
  AFTER UPDATE OF rating_prior_average, rating_prior_weight ON private.platform_settings
  FOR EACH ROW
  WHEN (((new.rating_prior_average IS DISTINCT FROM old.rating_prior_average) OR (new.rating_prior_weight IS DISTINCT FROM old.rating_prior_weight)))
  EXECUTE FUNCTION private.tg_platform_settings__score_listings();

CREATE TRIGGER report_decisions__never_change
  BEFORE DELETE OR UPDATE OR TRUNCATE ON private.report_decisions
  FOR EACH STATEMENT
  EXECUTE FUNCTION private.tg_report_decisions__never_change();

CREATE TRIGGER disputes__refresh_reviews
  AFTER INSERT OR DELETE OR UPDATE OF lost_cents ON public.disputes
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_returns__refresh_reviews();

CREATE TRIGGER refunds__refresh_reviews
  AFTER INSERT OR DELETE OR UPDATE OF status ON public.refunds
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_returns__refresh_reviews();

CREATE POLICY "Nobody reads decisions over the API" ON "private"."report_decisions"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads notes to us over the API" ON "private"."review_notes"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "People can view what they reported" ON "public"."reports"
  FOR SELECT
  TO "authenticated"
  USING ((reporter_id = ( SELECT private.current_profile_id() AS current_profile_id)));

CREATE POLICY "People can view reviews of their sessions, those of the other o" ON "public"."reviews"
  FOR SELECT
  TO "authenticated"
  USING (((author_id = ( SELECT private.current_profile_id() AS current_profile_id)) OR ((published_at IS
    NOT NULL) AND ((client_id = ( SELECT private.current_profile_id() AS current_profile_id)) OR (coach_id = ( SELECT private.current_coach_id() AS current_coach_id))))));

COMMENT ON TABLE "private"."report_decisions" IS 'What an admin decided about a report, and why. Never changed: who thinks again decides again.';

COMMENT ON TABLE "private"."review_notes" IS 'What the author of a review tells only us.';

COMMENT ON TABLE "public"."reports" IS 'Somebody tells us that a thing should not stay. Open until an admin has decided.';

COMMENT ON TABLE "public"."reviews" IS 'What one party of a completed session says of the other, once. Ratings are recounted from here.';

COMMENT ON VIEW "admin"."moderation_queue" IS 'What was reported and waits for a decision.';

REVOKE ALL ON FUNCTION "admin"."decide_report"(uuid, public.report_decision, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."decide_report"(uuid, public.report_decision, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."decide_report"(uuid, public.report_decision, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."apply_decision"(public.reports, public.report_decision, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."apply_decision"(public.reports, public.report_decision, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."apply_decision"(public.reports, public.report_decision, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."counted_reviews"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."counted_reviews"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."counted_reviews"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."decided_because"(public.report_subject, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."decided_because"(public.report_subject, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."decided_because"(public.report_subject, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."forget_reviews"(uuid, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_reviews"(uuid, text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_reviews"(uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."invite_to_review"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."invite_to_review"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."invite_to_review"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_given_back"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_given_back"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_given_back"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_reportable"(public.report_subject, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_reportable"(public.report_subject, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_reportable"(public.report_subject, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_reviewable"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_reviewable"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_reviewable"(public.bookings, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_undecided"(public.reports) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_undecided"(public.reports) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_undecided"(public.reports) TO "postgres";

REVOKE ALL ON FUNCTION "private"."last_decision"(public.report_subject, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."last_decision"(public.report_subject, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."last_decision"(public.report_subject, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_decision"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_decision"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_decision"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_reply"(public.reviews) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."may_reply"(public.reviews) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_reply"(public.reviews) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_still_review"(public.notifications, public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."may_still_review"(public.notifications, public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_still_review"(public.notifications, public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."publish_due_reviews"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."publish_due_reviews"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."publish_due_reviews"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."publish_reviews"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."publish_reviews"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."publish_reviews"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."rating_score"(integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."rating_score"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."rating_score"(integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refresh_rating_prior"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refresh_rating_prior"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refresh_rating_prior"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuse_review"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refuse_review"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refuse_review"(public.bookings, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reply_ends_at"(public.reviews) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."reply_ends_at"(public.reviews) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."reply_ends_at"(public.reviews) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reported_author"(public.reports) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."reported_author"(public.reports) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."reported_author"(public.reports) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reported_words"(public.reports) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."reported_words"(public.reports) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."reported_words"(public.reports) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_rating"(integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_rating"(integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_rating"(integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."review_ends_at"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."review_ends_at"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."review_ends_at"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."review_refusal"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."review_refusal"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."review_refusal"(public.bookings, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."review_subject"(public.reviews) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."review_subject"(public.reviews) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."review_subject"(public.reviews) TO "postgres";

REVOKE ALL ON FUNCTION "private"."review_voided_by"(public.reviews) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."review_voided_by"(public.reviews) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."review_voided_by"(public.reviews) TO "postgres";

REVOKE ALL ON FUNCTION "private"."shown_reviews"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."shown_reviews"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."shown_reviews"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_of_waiting_review"(public.bookings, uuid, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_of_waiting_review"(public.bookings, uuid, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_of_waiting_review"(public.bookings, uuid, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_platform_settings__score_listings"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_platform_settings__score_listings"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_platform_settings__score_listings"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_report_decisions__never_change"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_report_decisions__never_change"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_report_decisions__never_change"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_returns__refresh_reviews"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_returns__refresh_reviews"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_returns__refresh_reviews"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."write_review"(public.reviews, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_review"(public.reviews, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."write_review"(public.reviews, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_reviews"(uuid, integer) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."coach_reviews"(uuid, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_reviews"(uuid, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."received_reviews"(integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."received_reviews"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."received_reviews"(integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."reply_to_review"(uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."reply_to_review"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."reply_to_review"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."report"(public.report_subject, uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."report"(public.report_subject, uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."report"(public.report_subject, uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."review_client"(uuid, integer, integer, integer, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."review_client"(uuid, integer, integer, integer, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."review_client"(uuid, integer, integer, integer, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."review_coach"(uuid, integer, integer, integer, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."review_coach"(uuid, integer, integer, integer, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."review_coach"(uuid, integer, integer, integer, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."review_summary"(uuid) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."review_summary"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."review_summary"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."reviews_due"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."reviews_due"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."reviews_due"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_reviews"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_reviews"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_reviews"(uuid) TO "postgres";

REVOKE ALL ON TABLE "public"."reports" FROM "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."reports" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."reports" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."reports" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."reports" TO "authenticated";

REVOKE ALL ("reason") ON TABLE "public"."reports" FROM "authenticated";

GRANT SELECT ("reason") ON TABLE "public"."reports" TO "authenticated";

REVOKE ALL ("subject_id") ON TABLE "public"."reports" FROM "authenticated";

GRANT SELECT ("subject_id") ON TABLE "public"."reports" TO "authenticated";

REVOKE ALL ("subject") ON TABLE "public"."reports" FROM "authenticated";

GRANT SELECT ("subject") ON TABLE "public"."reports" TO "authenticated";

REVOKE ALL ("author_party") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("author_party") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ("booking_id") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("booking_id") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ("published_at") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("published_at") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ("rating") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("rating") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ("replied_at") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("replied_at") ON TABLE "public"."reviews" TO "authenticated";

-- By hand: every score anew.
SELECT private.refresh_listing(id) FROM public.coaches WHERE status = 'approved';

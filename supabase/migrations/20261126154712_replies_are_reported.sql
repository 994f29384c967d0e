SET local check_function_bodies = off;

DROP FUNCTION "public"."coach_reviews"(uuid, integer);

DROP FUNCTION "public"."received_reviews"(integer);

DROP FUNCTION "public"."session_reviews"(uuid);

ALTER TABLE "public"."reviews"
  ADD COLUMN "reply_removed_at" timestamp(6) WITH time zone;

ALTER TYPE "public"."report_subject" ADD VALUE 'reply' AFTER 'conversation';

SET local check_function_bodies = off;

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
  v_decided_ids uuid[];
  v_known integer;
  v_version integer;
begin
  select * into v_report from public.reports where reports.id = decide_report.report_id;
  if not found then
    raise exception 'There is no report %.', decide_report.report_id using errcode = 'RPNFD';
  end if;
  if char_length(trim(decide_report.reason)) not between 10 and 1000 then
    raise exception 'Give a reason in 10 to 1,000 characters: it is told to whom it concerns.' using errcode = 'RPWHY';
  end if;

  -- Two admins at one thing wait for each other, and the second has not read what the first decided.
  v_known := private.decision_count(v_report.subject, v_report.subject_id);
  perform from public.reports
  where reports.subject = v_report.subject and reports.subject_id = v_report.subject_id
  order by reports.id
  for no key update;

  v_version := 1 + private.decision_count(v_report.subject, v_report.subject_id);
  if v_version > v_known + 1 then
    raise exception 'Somebody else has just decided about this. Read what they said first.' using errcode = 'RPNOW';
  end if;

  v_decided_ids := array(
    select reports.id
    from public.reports
    where reports.subject = v_report.subject and reports.subject_id = v_report.subject_id
      and (
        reports.id = v_report.id
        or private.is_undecided(reports)
        or (private.last_decision(reports.subject, reports.subject_id)).decision <> decide_report.decision
      )
    order by reports.created_at, reports.id
  );
  insert into private.report_decisions (report_id, decision, reason)
  select decided.id, decide_report.decision, trim(decide_report.reason)
  from unnest(v_decided_ids) with ordinality as decided (id, position)
  order by decided.position;
  perform private.apply_decision(v_report, decide_report.decision, v_version);

  -- Whom a review is between are told of it as that.
  perform private.notify(reports.reporter_id, 'report_decided', reports.id, version => v_version)
  from public.reports
  where reports.id = any (v_decided_ids)
    and not exists (
      select from public.reviews
      where reports.subject = 'review' and reviews.id = reports.subject_id
        and reports.reporter_id in (reviews.author_id, private.review_subject(reviews))
    );
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

    -- Where it stood says so, and why. The review below which it stood is not touched.
    when 'reply' then
      update public.reviews
      set reply_removed_at = case apply_decision.decision when 'remove' then coalesce(reviews.reply_removed_at, now()) end
      where reviews.id = (apply_decision.report).subject_id;

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

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.decision_count (
  subject    public.report_subject,
  subject_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select count(*)::integer
  from private.report_decisions
  join public.reports on reports.id = report_decisions.report_id
  where reports.subject = decision_count.subject and reports.subject_id = decision_count.subject_id;
$function$;

CREATE OR REPLACE FUNCTION private.forget_moderation (
  profile_id uuid,
  names      text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_conversation_ids uuid[] := array(
    select conversations.id
    from public.conversations
    join public.coaches on coaches.id = conversations.coach_id
    where forget_moderation.profile_id in (conversations.client_id, coaches.profile_id)
  );
begin
  update public.reports
  set reason = 'Removed with the account.'
  where reports.reporter_id = forget_moderation.profile_id;

  update public.reports
  set reason = left(private.without_names(reports.reason, forget_moderation.names), 1000)
  where reports.reporter_id <> forget_moderation.profile_id
    and case
      when reports.subject = 'conversation' then reports.subject_id = any (v_conversation_ids)
      when reports.subject = 'message' then reports.subject_id in (
        select messages.id from public.messages where messages.conversation_id = any (v_conversation_ids)
      )
      when reports.subject in ('review', 'reply') then reports.subject_id in (
        select reviews.id from public.reviews
        where forget_moderation.profile_id in (reviews.author_id, private.review_subject(reviews))
      )
    end;

  update public.reviews
  set reply = left(private.without_names(reviews.reply, forget_moderation.names), 1000)
  where reviews.reply_removed_at is not null
    and forget_moderation.profile_id in (reviews.author_id, private.review_subject(reviews));

  update private.message_words
  set body = private.without_names(message_words.body, forget_moderation.names)
  from public.messages
  where messages.id = message_words.message_id
    and messages.conversation_id = any (v_conversation_ids);
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
    when 'reply' then exists (
      select from public.reviews
      where reviews.id = is_reportable.subject_id
        and private.shown_reply(reviews) is not null
        and private.review_subject(reviews) <> private.current_profile_id()
        and (reviews.author_id = private.current_profile_id() or private.review_voided_by(reviews) is null)
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
    when 'reply' then (select private.review_subject(reviews) from public.reviews where reviews.id = (reported_author.report).subject_id)
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
    when 'reply' then (
      select concat_ws(E'\n\n', reviews.reply, 'To ' || reviews.rating || ' of 5: ' || reviews.body)
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

CREATE OR REPLACE FUNCTION private.shown_reply (
  review public.reviews
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case when (shown_reply.review).reply_removed_at is null then (shown_reply.review).reply end;
$function$;

CREATE OR REPLACE FUNCTION public.coach_reviews (
  coach_id    uuid,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    review_id        uuid,
    author_name      text,
    market_rating    smallint,
    advice_rating    smallint,
    worth_rating     smallint,
    rating           numeric,
    body             text,
    published_at     timestamp with time zone,
    reply            text,
    is_reply_removed boolean,
    is_counted       boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select shown.id, shown.author_name, shown.market_rating, shown.advice_rating, shown.worth_rating, shown.rating,
    shown.body, shown.published_at, private.shown_reply(shown), shown.reply_removed_at is not null,
    shown.id in (select counted.id from private.counted_reviews(coach_reviews.coach_id) as counted)
  from private.shown_reviews(coach_reviews.coach_id) as shown
  where exists (select from public.coaches where coaches.id = coach_reviews.coach_id and coaches.status = 'approved')
  order by shown.published_at desc, shown.created_at desc, shown.id
  limit 11 offset (greatest(coach_reviews.page_number, 1) - 1) * 10;
$function$;

REVOKE ALL ON FUNCTION "public"."coach_reviews"(uuid, integer) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.received_reviews (
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    review_id             uuid,
    booking_id            uuid,
    offer_title           text,
    starts_at             timestamp with time zone,
    author_name           text,
    market_rating         smallint,
    advice_rating         smallint,
    worth_rating          smallint,
    rating                numeric,
    body                  text,
    published_at          timestamp with time zone,
    reply                 text,
    reply_removed_because text,
    may_reply             boolean,
    reply_ends_at         timestamp with time zone,
    voided_by             text,
    removed_because       text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select reviews.id, bookings.id, offers.title, bookings.starts_at, reviews.author_name,
    reviews.market_rating, reviews.advice_rating, reviews.worth_rating, reviews.rating, reviews.body,
    reviews.published_at, private.shown_reply(reviews),
    case when reviews.reply_removed_at is not null then private.decided_because('reply', reviews.id) end,
    private.may_reply(reviews), private.reply_ends_at(reviews),
    coalesce(
      private.review_voided_by(reviews),
      case when reviews.id not in (select counted.id from private.counted_reviews(private.current_coach_id()) as counted) then 'newer' end
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

CREATE OR REPLACE FUNCTION public.reply_to_report (
  review_id uuid
)
  RETURNS TABLE (
    author_name text,
    body        text,
    coach_slug  text,
    booking_id  uuid,
    is_reported boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select coaches.display_name, reviews.reply, coaches.slug,
    -- The way back of who wrote the review; null for others.
    case when reviews.author_id = private.current_profile_id() then reviews.booking_id end,
    exists (
      select from public.reports
      where reports.subject = 'reply'
        and reports.subject_id = reviews.id
        and reports.reporter_id = private.current_profile_id()
        and private.is_undecided(reports)
    )
  from public.reviews
  join public.coaches on coaches.id = reviews.coach_id
  where reviews.id = reply_to_report.review_id
    and private.is_reportable('reply', reviews.id);
$function$;

REVOKE ALL ON FUNCTION "public"."reply_to_report"(uuid) FROM PUBLIC, "anon", "service_role";

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
    reply_removed_because text,
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
    private.shown_reply(reviews),
    case when reviews.reply_removed_at is not null then private.decided_because('reply', reviews.id) end,
    party.actor = 'coach' and private.may_reply(reviews),
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

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_removed_reply_was_there" CHECK (((reply_removed_at IS NULL) OR (reply IS NOT NULL)));

REVOKE ALL ON FUNCTION "private"."decision_count"(public.report_subject, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."decision_count"(public.report_subject, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."decision_count"(public.report_subject, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."shown_reply"(public.reviews) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."shown_reply"(public.reviews) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."shown_reply"(public.reviews) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_reviews"(uuid, integer) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."coach_reviews"(uuid, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_reviews"(uuid, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."received_reviews"(integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."received_reviews"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."received_reviews"(integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."reply_to_report"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."reply_to_report"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."reply_to_report"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_reviews"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_reviews"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_reviews"(uuid) TO "postgres";

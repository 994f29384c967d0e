SET local check_function_bodies = off;

DROP FUNCTION "private"."invite_to_review"(uuid);

CREATE OR REPLACE FUNCTION admin.settle_attendance (
  booking_id uuid,
  outcome    public.attendance_outcome,
  reason     text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(settle_attendance.booking_id);
  v_decision public.attendance_decisions;
  v_status public.booking_status := private.status_of_outcome(settle_attendance.outcome);
begin
  select * into v_decision
  from public.attendance_decisions
  where attendance_decisions.booking_id = v_booking.id
  for update;

  if not found then
    raise exception 'Nothing was decided about session %.', settle_attendance.booking_id using errcode = 'MTNDC';
  elsif v_decision.settled_at is not null then
    raise exception 'Session % is settled already.', settle_attendance.booking_id using errcode = 'MTSTD';
  end if;

  update public.attendance_decisions
  set settled_at = now(), settled_outcome = settle_attendance.outcome, settled_reason = trim(settle_attendance.reason)
  where attendance_decisions.booking_id = v_booking.id;

  if v_status <> v_booking.status then
    perform private.move_booking(
      v_booking.id, array[v_booking.status], v_status, 'admin', jsonb_build_object('reason', trim(settle_attendance.reason))
    );
    perform private.refresh_listing(v_booking.coach_id);
  end if;
  if v_status = 'completed' and v_booking.status <> 'completed' then
    perform private.invite_to_review(v_booking.id, 2);
  end if;

  if settle_attendance.outcome = 'coach_missing' then
    perform private.refund_missed_session(v_booking);
  elsif settle_attendance.outcome = 'client_missing' then
    perform private.make_no_show_fee(v_booking);
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, before, after)
  values (
    'attendance_decisions', v_booking.id::text, 'settled', session_user,
    jsonb_build_object('outcome', v_decision.outcome, 'objection', v_decision.objection),
    jsonb_build_object('outcome', settle_attendance.outcome, 'reason', trim(settle_attendance.reason))
  );
  perform private.notify_parties(v_booking.id, 'attendance_settled');
end;
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
  delete from public.saved_answers
  using public.coaches
  where coaches.id = saved_answers.coach_id
    and coaches.profile_id = v_profile_id;
  perform private.forget_reviews(v_profile_id, v_names);
  perform private.forget_moderation(v_profile_id, v_names);
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;

  perform private.forget_words(v_profile_id, v_names);
end;
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
    and case reports.subject
      when 'conversation' then reports.subject_id = any (v_conversation_ids)
      when 'message' then reports.subject_id in (
        select messages.id from public.messages where messages.conversation_id = any (v_conversation_ids)
      )
      when 'review' then reports.subject_id in (
        select reviews.id from public.reviews
        where forget_moderation.profile_id in (reviews.author_id, private.review_subject(reviews))
      )
    end;

  update private.message_words
  set body = private.without_names(message_words.body, forget_moderation.names)
  from public.messages
  where messages.id = message_words.message_id
    and messages.conversation_id = any (v_conversation_ids);
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
  set note = left(private.without_names(review_notes.note, forget_reviews.names), 2000)
  from public.reviews
  where reviews.id = review_notes.review_id and private.review_subject(reviews) = forget_reviews.profile_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.forget_words_of_sessions (
  profile_id uuid,
  coach_id   uuid,
  names      text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_ids uuid[] := array(
    select bookings.id from public.bookings
    where bookings.client_id = forget_words_of_sessions.profile_id
      or bookings.coach_id = forget_words_of_sessions.coach_id
  );
begin
  update public.bookings
  set note = case
        when bookings.client_id = forget_words_of_sessions.profile_id then ''
        else left(private.without_names(bookings.note, forget_words_of_sessions.names), 1000)
      end,
      cancel_reason = case
        when bookings.cancelled_by = 'client' and bookings.client_id = forget_words_of_sessions.profile_id
          or bookings.cancelled_by = 'coach' and bookings.coach_id = forget_words_of_sessions.coach_id
          then case when bookings.cancel_reason = 'The account was closed.' then bookings.cancel_reason end
        else private.without_names(bookings.cancel_reason, forget_words_of_sessions.names)
      end
  where bookings.id = any (v_booking_ids)
    and (bookings.note <> '' or bookings.cancel_reason <> '');

  update public.booking_events
  set detail = private.without_names(booking_events.detail::text, forget_words_of_sessions.names)::jsonb
  where booking_events.booking_id = any (v_booking_ids)
    and booking_events.detail <> '{}';

  update public.attendance_decisions
  set objection = case
        when attendance_decisions.objected_by = 'client' and bookings.client_id = forget_words_of_sessions.profile_id
          or attendance_decisions.objected_by = 'coach' and bookings.coach_id = forget_words_of_sessions.coach_id
          then 'Removed with the account.'
        else private.without_names(attendance_decisions.objection, forget_words_of_sessions.names)
      end,
      sentence = private.without_names(attendance_decisions.sentence, forget_words_of_sessions.names),
      settled_reason = private.without_names(attendance_decisions.settled_reason, forget_words_of_sessions.names),
      evidence = private.without_names(attendance_decisions.evidence::text, forget_words_of_sessions.names)::jsonb
  from public.bookings
  where bookings.id = attendance_decisions.booking_id
    and bookings.id = any (v_booking_ids);

  -- What an admin settled: the objection as it was then is theirs, whoever reads it.
  update private.audit_log
  set before = audit_log.before - 'objection',
      after = private.without_names(audit_log.after::text, forget_words_of_sessions.names)::jsonb
  where audit_log.table_name in ('attendance_decisions', 'no_show_fees')
    and audit_log.row_id = any (v_booking_ids::text[]);

  update private.no_show_fees
  set words = private.without_names(no_show_fees.words, forget_words_of_sessions.names)
  where no_show_fees.booking_id = any (v_booking_ids);

  update private.meeting_participants
  set display_name = 'A former member'
  where (meeting_participants.meeting_id, meeting_participants.registrant_id) in (
      select meeting_registrants.meeting_id, meeting_registrants.registrant_id
      from private.meeting_registrants
      where meeting_registrants.profile_id = forget_words_of_sessions.profile_id
    )
    or meeting_participants.meeting_id in (
      select meetings.id
      from public.meetings
      join public.bookings on bookings.occasion_id = meetings.occasion_id
      where bookings.id = any (v_booking_ids)
    )
    and meeting_participants.display_name
      <> private.without_names(meeting_participants.display_name, forget_words_of_sessions.names);

  update private.calendly_bookings
  set name = 'A former member', email = 'nobody@invalid', note = '', reschedule_url = ''
  where calendly_bookings.email = any (forget_words_of_sessions.names)
    or calendly_bookings.booking_id in (
      select bookings.id from public.bookings where bookings.client_id = forget_words_of_sessions.profile_id
    );
end;
$function$;

CREATE OR REPLACE FUNCTION private.held_after_all_at (
  booking public.bookings
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select attendance_decisions.settled_at
  from public.attendance_decisions
  where attendance_decisions.booking_id = (held_after_all_at.booking).id
    and private.status_of_outcome(attendance_decisions.outcome) <> 'completed'
    and private.status_of_outcome(attendance_decisions.settled_outcome) = 'completed';
$function$;

CREATE OR REPLACE FUNCTION private.invite_to_review (
  booking_id uuid,
  version    integer DEFAULT 1
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(party.profile_id, 'review_invitation', bookings.id, bookings.id, invite_to_review.version)
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (
    values (bookings.client_id, 'client'::public.booking_actor), (coaches.profile_id, 'coach')
  ) as party (profile_id, actor)
  where bookings.id = invite_to_review.booking_id
    and private.is_reviewable(bookings, party.actor)
    and (party.actor = 'client' or bookings.group_date_id is null)
    and not exists (
      select from public.notifications
      where notifications.recipient_id = party.profile_id
        and notifications.kind = 'review_invitation'
        and notifications.subject_id = bookings.id
        and notifications.sent_at is null
        and notifications.skipped_at is null
    );
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
    when exists (select from public.refunds where refunds.order_id = orders.id)
      or exists (select from public.disputes where disputes.order_id = orders.id)
      then orders.amount_cents > 0 and private.returned_cents(orders.id) >= orders.amount_cents
        or private.session_cents(is_given_back.booking) > 0
        and private.session_returned_cents(is_given_back.booking) >= private.session_cents(is_given_back.booking)
    else false
  end
  from public.orders
  where orders.id = (is_given_back.booking).order_id;
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
      and not exists (
        select from public.attendance_decisions
        where attendance_decisions.booking_id = bookings.id
          and attendance_decisions.settled_at is null
          and private.status_of_outcome(attendance_decisions.outcome) <> 'completed'
      )
    limit 500
    for no key update skip locked
  loop
    perform private.publish_reviews(v_booking.id);
  end loop;
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
  select greatest((review_ends_at.booking).ends_at, private.held_after_all_at(review_ends_at.booking))
    + make_interval(days => (private.settings()).review_window_days);
$function$;

CREATE OR REPLACE FUNCTION public.conversation_events (
  conversation_id uuid,
  first_seq       bigint DEFAULT NULL::bigint,
  last_seq        bigint DEFAULT NULL::bigint
)
  RETURNS TABLE (
    event_id      text,
    kind          text,
    actor         public.booking_actor,
    happened_at   timestamp with time zone,
    booking_id    uuid,
    offer_title   text,
    starts_at     timestamp with time zone,
    from_at       timestamp with time zone,
    session_count integer,
    amount_cents  integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with thread as (
    select conversations.*,
      coalesce((
        select messages.created_at from public.messages
        where messages.conversation_id = conversations.id and messages.seq = conversation_events.first_seq - 1
      ), '-infinity') as after_at,
      coalesce((
        select messages.created_at from public.messages
        where messages.conversation_id = conversations.id and messages.seq = conversation_events.last_seq
      ), 'infinity') as until_at
    from public.conversations
    where conversations.id = conversation_events.conversation_id
      and private.conversation_party(conversations) is not null
  ),
  steps as (
    select booking_events.id, bookings.id as booking_id, bookings.order_id, booking_events.created_at, booking_events.actor,
      case
        when booking_events.before is distinct from 'confirmed' and booking_events.after = 'confirmed' then 'booked'
        when booking_events.before = 'confirmed' and booking_events.detail ? 'from' then 'moved'
        when booking_events.before = 'confirmed' and booking_events.after = 'cancelled' then 'cancelled'
      end as kind,
      coalesce((booking_events.detail ->> 'to')::timestamptz, (
        select (moves.detail ->> 'from')::timestamptz
        from public.booking_events as moves
        where moves.booking_id = bookings.id and moves.id > booking_events.id and moves.detail ? 'from'
        order by moves.id
        limit 1
      ), bookings.starts_at) as starts_at,
      (booking_events.detail ->> 'from')::timestamptz as from_at
    from thread
    join public.bookings on bookings.client_id = thread.client_id and bookings.coach_id = thread.coach_id
    join public.booking_events on booking_events.booking_id = bookings.id
  ),
  events as (
    select 'booking:' || min(steps.id) as event_id, steps.kind, steps.actor, steps.created_at as happened_at,
      (array_agg(steps.booking_id order by steps.starts_at))[1] as booking_id, steps.order_id,
      min(steps.starts_at) as starts_at, min(steps.from_at) as from_at, count(*)::integer as session_count,
      null::integer as amount_cents
    from steps
    where steps.kind is not null
    group by steps.kind, steps.actor, steps.order_id, steps.created_at
    union all
    select 'order:' || orders.id, 'paid', 'client', orders.paid_at, null, orders.id, null, null, orders.session_count, orders.amount_cents
    from thread
    join public.orders on orders.client_id = thread.client_id and orders.coach_id = thread.coach_id
    where orders.paid_at is not null and orders.amount_cents > 0
    union all
    select 'refund:' || refunds.id, 'refunded', 'system', refunds.settled_at, refunds.booking_id, orders.id, null, null, 1, refunds.amount_cents
    from thread
    join public.orders on orders.client_id = thread.client_id and orders.coach_id = thread.coach_id
    join public.refunds on refunds.order_id = orders.id
    where refunds.status = 'succeeded' and refunds.settled_at is not null
    union all
    select 'review:' || reviews.id, 'reviewed', reviews.author_party, reviews.published_at, reviews.booking_id, bookings.order_id,
      null, null, 1, null
    from thread
    join public.reviews on reviews.client_id = thread.client_id and reviews.coach_id = thread.coach_id
    join public.bookings on bookings.id = reviews.booking_id
    where reviews.published_at is not null and private.review_voided_by(reviews) is null
  )
  select events.event_id, events.kind, events.actor, events.happened_at, events.booking_id, offers.title,
    events.starts_at, events.from_at, events.session_count, events.amount_cents
  from events
  cross join thread
  join public.orders on orders.id = events.order_id
  join public.offers on offers.id = orders.offer_id
  where events.happened_at > thread.after_at
    and events.happened_at <= thread.until_at
  order by events.happened_at desc, events.event_id
  limit 200;
$function$;

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
    -- Of all there ever were, those that are lately over, or lately found to have been held.
    and (
      bookings.starts_at > now() - make_interval(days => (private.settings()).review_window_days + 1)
      or private.held_after_all_at(bookings) > now() - make_interval(days => (private.settings()).review_window_days)
    )
    and private.is_reviewable(bookings, 'coach')
  order by bookings.starts_at desc
  limit 20;
$function$;

REVOKE ALL ON FUNCTION "private"."forget_moderation"(uuid, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_moderation"(uuid, text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_moderation"(uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."held_after_all_at"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."held_after_all_at"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."held_after_all_at"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."invite_to_review"(uuid, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."invite_to_review"(uuid, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."invite_to_review"(uuid, integer) TO "postgres";

-- By hand: reviews of months that were given back count no more.
SELECT private.refresh_listing(concerned.coach_id)
FROM (
  SELECT DISTINCT reviews.coach_id
  FROM public.reviews
  JOIN public.bookings ON bookings.id = reviews.booking_id
  JOIN public.orders ON orders.id = bookings.order_id
  WHERE orders.membership_id IS NOT NULL
) AS concerned;

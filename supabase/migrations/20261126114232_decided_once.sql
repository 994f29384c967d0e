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
$function$;

CREATE OR REPLACE FUNCTION private.record_mail (
  recipient_id    uuid,
  kind            text,
  notification_id uuid,
  digest_id       uuid,
  result          jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.mails (recipient_id, kind, notification_id, digest_id, subject, resend_id)
  values (
    record_mail.recipient_id, record_mail.kind, record_mail.notification_id, record_mail.digest_id,
    coalesce(record_mail.result ->> 'subject', ''), record_mail.result ->> 'mail_id'
  )
  on conflict do nothing;

  update public.mails
  set subject = record_mail.result ->> 'subject', resend_id = record_mail.result ->> 'mail_id', sent_at = now(), failure = null
  where mails.failure = 'Refused'
    and (mails.notification_id = record_mail.notification_id or mails.digest_id = record_mail.digest_id)
    and record_mail.result ? 'subject';

  select private.note_mail_events(record_mail.result ->> 'mail_id');
$function$;

CREATE OR REPLACE FUNCTION private.record_refused_mail (
  payload jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.mails (recipient_id, kind, notification_id, subject, failure)
  select notifications.recipient_id, notifications.kind, notifications.id, coalesce(groups.title, 'A mail'), 'Refused'
  from public.notifications
  join public.notification_kinds as kinds on kinds.kind = notifications.kind
  left join public.notification_groups as groups on groups.group_name = kinds.group_name
  where notifications.id = (record_refused_mail.payload ->> 'notification_id')::uuid
    and notifications.channel = 'mail'
  on conflict do nothing;

  insert into public.mails (recipient_id, kind, digest_id, subject, failure)
  select digests.recipient_id, 'digest', digests.id, 'A summary', 'Refused'
  from private.digests
  where digests.id = (record_refused_mail.payload ->> 'digest_id')::uuid
  on conflict do nothing;
$function$;

CREATE OR REPLACE FUNCTION public.fail_outbox (
  outbox_id           bigint,
  error               text,
  is_permanent        boolean DEFAULT false,
  retry_after_seconds integer DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  update private.outbox
  set locked_until = null,
      attempts = outbox.attempts - (fail_outbox.retry_after_seconds is not null)::integer,
      last_error = left(regexp_replace(fail_outbox.error, '[^\s"''<>(]+@[^\s"''<>)]+', '(an address)', 'g'), 500),
      status = case
        when fail_outbox.is_permanent then 'failed'
        when outbox.attempts >= 12 and fail_outbox.retry_after_seconds is null then 'failed'
        else 'pending'
      end::private.outbox_status,
      run_after = now() + make_interval(secs => coalesce(
        fail_outbox.retry_after_seconds,
        least(3600, 10 * power(2, least(outbox.attempts, 10) - 1))
      ))
  where outbox.id = fail_outbox.outbox_id
    and outbox.status = 'pending'
  returning * into v_row;

  if v_row.status = 'failed' and v_row.topic in ('mail', 'mail_digest') then
    perform private.record_refused_mail(v_row.payload);
  end if;

  -- A limit of a second is over in moments, that of a host's day at midnight (UTC). After an attempt
  -- that was cut off the host may have the meeting already, and keeps it.
  if v_row.topic = 'zoom.create_meeting' and v_row.attempts < 1 and fail_outbox.retry_after_seconds > 600 then
    if private.rest_host((v_row.payload ->> 'meeting_id')::uuid, fail_outbox.retry_after_seconds) then
      update private.outbox set run_after = now() where outbox.id = v_row.id;
    end if;
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "private"."record_refused_mail"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_refused_mail"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_refused_mail"(jsonb) TO "postgres";

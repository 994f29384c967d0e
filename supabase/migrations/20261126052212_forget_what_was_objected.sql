SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.forget_words (
  profile_id uuid,
  names      text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach_id uuid := (select coaches.id from public.coaches where coaches.profile_id = forget_words.profile_id);
begin
  perform private.forget_words_of_sessions(forget_words.profile_id, v_coach_id, forget_words.names);

  update public.orders
  set credits_end_reason = private.without_names(orders.credits_end_reason, forget_words.names)
  where forget_words.profile_id = orders.client_id
    and orders.credits_end_reason is not null;

  -- The hash is of the words as they are kept.
  update public.membership_consents
  set words = kept.words, words_sha256 = encode(sha256(convert_to(kept.words, 'UTF8')), 'hex')
  from (
    select membership_consents.id, private.without_names(membership_consents.words, forget_words.names) as words
    from public.membership_consents
    join public.memberships on memberships.id = membership_consents.membership_id
    where forget_words.profile_id = memberships.client_id or memberships.coach_id = v_coach_id
  ) as kept
  where membership_consents.id = kept.id
    and membership_consents.words <> kept.words;

  update public.payment_plans
  set words = kept.words, words_sha256 = encode(sha256(convert_to(kept.words, 'UTF8')), 'hex')
  from (
    select payment_plans.id, private.without_names(payment_plans.words, forget_words.names) as words
    from public.payment_plans
    where forget_words.profile_id = payment_plans.client_id or payment_plans.coach_id = v_coach_id
  ) as kept
  where payment_plans.id = kept.id
    and payment_plans.words <> kept.words;

  if v_coach_id is not null then
    perform private.forget_words_of_coach(v_coach_id, forget_words.names);
  end if;
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
        else private.without_names(bookings.note, forget_words_of_sessions.names)
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
  where audit_log.table_name = 'attendance_decisions'
    and audit_log.row_id = any (v_booking_ids::text[]);

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

CREATE OR REPLACE FUNCTION private.leave_packages (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_plan_id uuid;
begin
  foreach v_plan_id in array private.lock_plans_of(leave_packages.profile_id) loop
    perform private.end_plan(v_plan_id, 'account_closed');
  end loop;

  for v_order in
    select orders.*
    from public.orders
    join public.coaches on coaches.id = orders.coach_id
    where leave_packages.profile_id in (orders.client_id, coaches.profile_id)
      and (orders.credits_end_at > now() or orders.status = 'pending')
    order by orders.id
  loop
    if v_order.credits_end_at is not null then
      perform private.end_credits(v_order.id, 'The account was closed.');
    else
      perform private.expire_package(v_order.id);
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.leave_sessions (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_left record;
  v_first public.bookings;
begin
  perform private.lock_plans_of(leave_sessions.profile_id); -- Before any order.
  perform private.leave_dates(leave_sessions.profile_id);

  for v_left in
    select bookings.order_id,
      case when bookings.client_id = leave_sessions.profile_id then 'client' else 'coach' end::public.booking_actor as actor
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    where leave_sessions.profile_id in (bookings.client_id, coaches.profile_id)
      and bookings.status in ('held', 'requested', 'confirmed')
    group by bookings.order_id, actor
    order by bookings.order_id
  loop
    perform private.lapse_hold(v_left.order_id, v_left.actor); -- Locks the order.
    perform private.end_request(
      v_left.order_id,
      case v_left.actor when 'client' then 'cancelled' else 'declined' end::public.booking_status,
      v_left.actor, 'The account was closed.'
    );

    select * into v_first
    from public.bookings
    where bookings.order_id = v_left.order_id
      and bookings.status = 'confirmed'
      and bookings.starts_at > now()
    order by bookings.starts_at
    limit 1;
    perform private.call_off_following(v_first, v_left.actor, 'The account was closed.');
  end loop;

  perform private.return_periods(leave_sessions.profile_id);
  perform private.leave_packages(leave_sessions.profile_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_plans_of (
  profile_id uuid
)
  RETURNS uuid[]
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_plan_id uuid;
  v_plan_ids uuid[] := '{}';
begin
  for v_plan_id in
    select payment_plans.id
    from public.payment_plans
    join public.coaches on coaches.id = payment_plans.coach_id
    where lock_plans_of.profile_id in (payment_plans.client_id, coaches.profile_id)
      and payment_plans.status in ('pending', 'active', 'overdue')
    order by payment_plans.id
  loop
    perform private.lock_plan(v_plan_id);
    v_plan_ids := v_plan_ids || v_plan_id;
  end loop;
  return v_plan_ids;
end;
$function$;

REVOKE ALL ON FUNCTION "private"."lock_plans_of"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_plans_of"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_plans_of"(uuid) TO "postgres";

SET local check_function_bodies = off;

ALTER TABLE "public"."bookings"
  ADD COLUMN "is_attendance_decided" boolean NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION private.decide_attendance (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(decide_attendance.booking_id);
  v_settings private.platform_settings := private.settings();
  v_seen record;
  v_outcome public.attendance_outcome;
begin
  if v_booking.status is distinct from 'completed' or exists (
    select from public.attendance_decisions where attendance_decisions.booking_id = v_booking.id
  ) then
    return;
  end if;

  select * into v_seen from private.attendance(v_booking.id);

  v_outcome := case
    when v_seen.client and v_seen.coach then 'held'
    when not v_seen.client and v_seen.coach_minutes >= v_settings.no_show_after_minutes then 'client_missing'
    when not v_seen.coach and v_seen.client_minutes >= v_settings.no_show_after_minutes then 'coach_missing'
    else 'unknown'
  end;

  insert into public.attendance_decisions (booking_id, outcome, sentence, evidence, objection_ends_at)
  values (
    v_booking.id, v_outcome,
    v_seen.sentence || case
      when v_outcome = 'unknown' and v_seen.client <> v_seen.coach
        then format(' A wait of less than %s decides nothing.', private.minutes_in_words(v_settings.no_show_after_minutes))
      else ''
    end,
    to_jsonb(v_seen) - 'sentence' || jsonb_build_object('visits', private.visits_as_json(v_booking.id)),
    now() + make_interval(mins => v_settings.objection_minutes)
  );

  if v_outcome in ('client_missing', 'coach_missing') then
    perform private.move_booking(
      v_booking.id, array['completed']::public.booking_status[], private.status_of_outcome(v_outcome), 'system',
      jsonb_build_object('sentence', v_seen.sentence)
    );
    perform private.refresh_listing(v_booking.coach_id);
  end if;

  if v_outcome <> 'held' then
    perform private.notify_parties(v_booking.id, 'attendance_decided');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.decide_attendances()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  for v_booking_id in
    select bookings.id
    from public.bookings
    where bookings.status = 'completed'
      and not bookings.is_attendance_decided
      and bookings.ends_at <= now() - interval '1 day'
    order by bookings.ends_at
    limit 500
  loop
    perform private.decide_attendance(v_booking_id);
  end loop;

  for v_booking_id in
    select attendance_decisions.booking_id
    from public.attendance_decisions
    where attendance_decisions.settled_at is null
      and attendance_decisions.objected_at is null
      and attendance_decisions.objection_ends_at <= now()
    order by attendance_decisions.objection_ends_at
    limit 500
  loop
    perform private.close_attendance(v_booking_id);
  end loop;
end;
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

CREATE OR REPLACE FUNCTION private.tg_attendance_decisions__mark_booking()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  update public.bookings set is_attendance_decided = true where bookings.id = new.booking_id;
  return null;
end;
$function$;

CREATE INDEX bookings_undecided_idx ON public.bookings USING btree (ends_at)
  WHERE ((status = 'completed'::public.booking_status) AND (NOT is_attendance_decided));

CREATE TRIGGER attendance_decisions__mark_booking
  AFTER INSERT ON public.attendance_decisions
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_attendance_decisions__mark_booking();

REVOKE ALL ON FUNCTION "private"."tg_attendance_decisions__mark_booking"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_attendance_decisions__mark_booking"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_attendance_decisions__mark_booking"() TO "postgres";

-- What was decided before: by hand, since a schema cannot say it.
update public.bookings
set is_attendance_decided = true
where exists (select from public.attendance_decisions where attendance_decisions.booking_id = bookings.id);

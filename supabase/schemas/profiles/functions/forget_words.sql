/*
 * A person left: what they wrote beside their sessions and money goes, and their `names` (names_of) go
 * from what others wrote there. No row goes and no cent changes. Messages and reviews stay as they
 * were written: they are the other party's too.
 */
create function private.forget_words(profile_id uuid, names text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
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

  perform private.forget_words_of_notices(forget_words.profile_id, v_coach_id, forget_words.names);

  if v_coach_id is not null then
    perform private.forget_words_of_coach(v_coach_id, forget_words.names);
  end if;
end;
$$;

/*
 * The same for what people were told, in the app and by mail: of what the one who left was told nothing stays, and
 * of what others were told, their names and the address that their practice had. Others are whom they could write
 * with, and who waited for a time with them (slot_openings), who need never have written.
 */
create function private.forget_words_of_notices(profile_id uuid, coach_id uuid, names text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_other_ids uuid[] := array(
    select conversations.client_id from public.conversations where conversations.coach_id = forget_words_of_notices.coach_id
    union
    select coaches.profile_id
    from public.conversations
    join public.coaches on coaches.id = conversations.coach_id
    where conversations.client_id = forget_words_of_notices.profile_id
    union
    select slot_openings.client_id from private.slot_openings where slot_openings.coach_id = forget_words_of_notices.coach_id
  );
begin
  update public.notifications
  set sentence = '', path = '/'
  where notifications.recipient_id = forget_words_of_notices.profile_id
    and notifications.sentence is not null;

  update public.mails set subject = '' where mails.recipient_id = forget_words_of_notices.profile_id;

  update public.notifications
  set sentence = private.without_names(notifications.sentence, forget_words_of_notices.names),
      -- /coaches/<their address>/…
      path = case
        when split_part(notifications.path, '/', 2) = 'coaches' and split_part(notifications.path, '/', 3) = any (forget_words_of_notices.names)
          then replace(notifications.path, split_part(notifications.path, '/', 3), 'former-coach-' || forget_words_of_notices.coach_id)
        else notifications.path
      end
  where notifications.recipient_id = any (v_other_ids)
    and notifications.sentence is not null;

  update public.mails
  set subject = private.without_names(mails.subject, forget_words_of_notices.names)
  where mails.recipient_id = any (v_other_ids);
end;
$$;

/* The same for what is said of sessions: notes, reasons, objections, and what Zoom called who came. */
create function private.forget_words_of_sessions(profile_id uuid, coach_id uuid, names text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
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
      and audit_log.row_id = any (v_booking_ids::text[])
    or audit_log.table_name = 'refunds'
      and audit_log.row_id in (
        select refunds.id::text
        from public.refunds
        join public.orders on orders.id = refunds.order_id
        where orders.client_id = forget_words_of_sessions.profile_id
          or orders.coach_id = forget_words_of_sessions.coach_id
      );

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
$$;

/*
 * The same for what a coach has written and set up. What they sold stays on the orders by its title,
 * without their name; their coupons end, and are called by no word of theirs.
 */
create function private.forget_words_of_coach(coach_id uuid, names text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform private.leave_calendly(forget_words_of_coach.coach_id);

  update public.offers
  set title = left(private.without_names(offers.title, forget_words_of_coach.names), 80),
      description = '',
      archived_at = coalesce(offers.archived_at, now())
  where offers.coach_id = forget_words_of_coach.coach_id;

  update public.orders
  set credits_end_reason = ''
  where orders.coach_id = forget_words_of_coach.coach_id
    and orders.credits_end_reason not in ('', 'The account was closed.');

  update private.coupons
  set code = 'LEFT-' || upper(left(replace(coupons.id::text, '-', ''), 20)), ended_at = coalesce(coupons.ended_at, now())
  where coupons.coach_id = forget_words_of_coach.coach_id;

  update public.payout_accounts
  set bank_name = null, bank_last4 = null
  where payout_accounts.coach_id = forget_words_of_coach.coach_id;

  update public.group_dates
  set call_off_reason = ''
  where group_dates.coach_id = forget_words_of_coach.coach_id
    and group_dates.call_off_reason not in ('', 'The account was closed.');

  update public.out_of_office set note = '' where out_of_office.coach_id = forget_words_of_coach.coach_id;

  update private.audit_log
  set before = private.without_names(audit_log.before::text, forget_words_of_coach.names)::jsonb,
      after = private.without_names(audit_log.after::text, forget_words_of_coach.names)::jsonb
  where audit_log.table_name = 'coaches'
    and audit_log.row_id = forget_words_of_coach.coach_id::text;
end;
$$;

SET local check_function_bodies = off;

DROP FUNCTION "private"."last_morning"(text, public.notification_delivery);

DROP FUNCTION "private"."quiet_until"(public.profiles);

CREATE OR REPLACE FUNCTION private.decision_of (
  notification public.notifications
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when recipient.deleted_at is not null or not kinds.is_enabled then 'skip'
    when delivery = 'never' or not private.is_still_true(decision_of.notification) then 'skip'
    when (decision_of.notification).channel = 'mail' and private.is_mail_stopped(decision_of.notification) then 'skip'
    when delivery in ('daily', 'weekly') then 'hold'
    when (decision_of.notification).channel = 'mail' and not kinds.is_urgent and private.quiet_until(recipient, now()) is not null then 'wait'
    else 'send'
  end
  from public.profiles as recipient
  join public.notification_kinds as kinds on kinds.kind = (decision_of.notification).kind
  cross join private.delivery_of(decision_of.notification) as delivery
  where recipient.id = (decision_of.notification).recipient_id;
$function$;

CREATE OR REPLACE FUNCTION private.digest_work (
  digest_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'digest_id', digests.id,
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'unsubscribe_token', private.unsubscribe_token(recipient.id, 'digest'),
    'notices', listed.facts
  )
  from private.digests
  join public.profiles as recipient on recipient.id = digests.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  cross join lateral (
    select jsonb_agg(private.notice_facts(notice) order by notice.created_at, notice.id) as facts
    from private.digest_notices(digests.id) as notice
  ) as listed
  where digests.id = digest_work.digest_id
    and listed.facts is not null
    and private.quiet_until(recipient, now()) is null;
$function$;

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

  perform private.forget_words_of_notices(forget_words.profile_id, v_coach_id, forget_words.names);

  if v_coach_id is not null then
    perform private.forget_words_of_coach(v_coach_id, forget_words.names);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.forget_words_of_notices (
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
$function$;

CREATE OR REPLACE FUNCTION private.last_morning (
  time_zone text,
  delivery  public.notification_delivery,
  at        timestamp with time zone
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select max(morning.comes_at)
  from (select (last_morning.at at time zone last_morning.time_zone)::date as day) as today
  cross join generate_series(0, 7) as ago
  cross join lateral (
    select (today.day - ago + (private.settings()).digest_at) at time zone last_morning.time_zone as comes_at,
      extract(isodow from today.day - ago) as weekday
  ) as morning
  where morning.comes_at <= last_morning.at
    and (last_morning.delivery <> 'weekly' or morning.weekday = 1);
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

CREATE OR REPLACE FUNCTION private.put_back (
  dedupe_key text,
  profile_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update private.outbox
  set status = 'pending', done_at = null, attempts = outbox.attempts - 1,
      run_after = coalesce((select private.quiet_until(profiles, now()) from public.profiles where profiles.id = put_back.profile_id), now())
  where outbox.dedupe_key = put_back.dedupe_key;
$function$;

CREATE OR REPLACE FUNCTION private.queue_digests()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_recipient_id uuid;
  v_notice_ids uuid[];
  v_digest_id uuid;
begin
  for v_recipient_id in
    select distinct notifications.recipient_id
    from public.notifications
    where notifications.held_at is not null and notifications.digest_id is null and notifications.skipped_at is null
  loop
    v_notice_ids := array(
      select notifications.id
      from public.notifications
      join public.profiles on profiles.id = notifications.recipient_id
      where notifications.recipient_id = v_recipient_id
        and notifications.held_at is not null
        and notifications.digest_id is null
        and notifications.skipped_at is null
        and notifications.held_at < private.last_morning(profiles.time_zone, private.delivery_of(notifications), now())
      for update of notifications skip locked
    );
    continue when v_notice_ids = '{}';

    insert into private.digests (recipient_id) values (v_recipient_id) returning digests.id into v_digest_id;
    update public.notifications set digest_id = v_digest_id where notifications.id = any (v_notice_ids);
    perform private.enqueue('mail_digest', 'mail_digest:' || v_digest_id, jsonb_build_object('digest_id', v_digest_id));
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.quiet_until (
  person public.profiles,
  at     timestamp with time zone
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case
    when local.is_quiet then (
      local.time::date + (quiet_until.person).quiet_until
      -- Those over midnight end on the next day.
      + make_interval(days => (local.time::time >= (quiet_until.person).quiet_until)::integer)
    ) at time zone (quiet_until.person).time_zone
  end
  from (
    select clock.time, case
      when (quiet_until.person).quiet_from < (quiet_until.person).quiet_until
        then clock.time::time >= (quiet_until.person).quiet_from and clock.time::time < (quiet_until.person).quiet_until
      else clock.time::time >= (quiet_until.person).quiet_from or clock.time::time < (quiet_until.person).quiet_until
    end as is_quiet
    from (select quiet_until.at at time zone (quiet_until.person).time_zone as time) as clock
  ) as local;
$function$;

CREATE OR REPLACE FUNCTION private.save_choices (
  profile_id uuid,
  choices    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_title text;
begin
  if exists (
    select
    from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail text, in_app boolean)
    left join public.notification_groups as groups on groups.group_name = choice.group_name
    where groups.group_name is null
      or choice.mail not in ('at_once', 'daily', 'weekly', 'never')
  ) or exists (
    select
    from jsonb_to_recordset(save_choices.choices) as choice (group_name text)
    group by choice.group_name
    having count(*) > 1
  ) then
    raise exception 'Choose how you want to be told.' using errcode = 'NTCHO';
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_required and choice.mail <> 'at_once'
  limit 1;
  if found then
    raise exception '%: we have to send you these in writing.', v_title using errcode = 'NTREQ', detail = v_title;
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_transactional and choice.mail in ('daily', 'weekly')
  limit 1;
  if found then
    raise exception '%: these cannot wait for a summary.', v_title using errcode = 'NTDIG', detail = v_title;
  end if;

  insert into public.notification_preferences (profile_id, group_name, channel, delivery)
  select save_choices.profile_id, choice.group_name, told.channel, told.delivery
  from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail public.notification_delivery, in_app boolean)
  cross join lateral (
    values
      ('mail'::public.notification_channel, choice.mail),
      ('in_app', case choice.in_app when true then 'at_once' when false then 'never' end::public.notification_delivery)
  ) as told (channel, delivery)
  where told.delivery is not null
  on conflict (profile_id, group_name, channel) do update set delivery = excluded.delivery;
end;
$function$;

REVOKE ALL ON FUNCTION "private"."forget_words_of_notices"(uuid, uuid, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_words_of_notices"(uuid, uuid, text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_words_of_notices"(uuid, uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."last_morning"(text, public.notification_delivery, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."last_morning"(text, public.notification_delivery, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."last_morning"(text, public.notification_delivery, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."quiet_until"(public.profiles, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."quiet_until"(public.profiles, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."quiet_until"(public.profiles, timestamp WITH time zone) TO "postgres";

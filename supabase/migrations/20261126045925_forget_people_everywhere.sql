SET local check_function_bodies = off;

ALTER TABLE "public"."memberships"
  DROP CONSTRAINT "memberships_begun_have_a_period";

CREATE OR REPLACE FUNCTION private.claim_webhook_event (
  provider text,
  event_id text,
  type     text,
  payload  jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  insert into private.webhook_events (provider, event_id, type, payload)
  values (
    claim_webhook_event.provider,
    claim_webhook_event.event_id,
    claim_webhook_event.type,
    private.without_people(claim_webhook_event.payload)
  )
  on conflict (provider, event_id) do nothing;

  return found;
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

  delete from public.profile_contacts where profile_contacts.profile_id = v_profile_id;
  delete from public.slot_watches where slot_watches.client_id = v_profile_id;
  delete from public.calendar_feeds where calendar_feeds.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  update public.reviews set author_name = 'A former member' where reviews.author_id = v_profile_id;
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;

  perform private.forget_words(v_profile_id, v_names);
end;
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

  if v_coach_id is not null then
    perform private.forget_words_of_coach(v_coach_id, forget_words.names);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.forget_words_of_coach (
  coach_id uuid,
  names    text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
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

CREATE OR REPLACE FUNCTION private.has_left (
  membership public.memberships,
  at         timestamp with time zone
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.profiles
    where profiles.deleted_at <= has_left.at
      and (
        profiles.id = (has_left.membership).client_id
        or profiles.id = (select coaches.profile_id from public.coaches where coaches.id = (has_left.membership).coach_id)
      )
  );
$function$;

CREATE OR REPLACE FUNCTION private.leave_calendly (
  coach_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_connection private.calendly_connections;
begin
  select * into v_connection
  from private.calendly_connections
  where calendly_connections.coach_id = leave_calendly.coach_id
  for update; -- A refresh that is about to save its tokens waits, and then finds nothing to save to.

  if not found then
    return;
  end if;

  perform private.forget_calendly(leave_calendly.coach_id);
  perform private.enqueue(
    'calendly.revoke',
    'calendly.revoke:' || v_connection.refresh_secret_id,
    jsonb_build_object(
      'access_secret_id', v_connection.access_secret_id,
      'refresh_secret_id', v_connection.refresh_secret_id,
      'webhook_uri', v_connection.webhook_uri
    )
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.leave_memberships (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_membership public.memberships;
begin
  for v_membership in
    select memberships.*
    from public.memberships
    join public.coaches on coaches.id = memberships.coach_id
    where leave_memberships.profile_id in (memberships.client_id, coaches.profile_id)
      and memberships.status <> 'ended'
    order by memberships.id
    for update of memberships
  loop
    if v_membership.stripe_subscription_id is null then
      update public.memberships
      set status = 'ended', ended_at = now(), intent = null, intent_offer_id = null
      where memberships.id = v_membership.id;
    else
      perform private.enqueue(
        'stripe.end_subscription', 'stripe.end_subscription:' || v_membership.stripe_subscription_id,
        jsonb_build_object('subscription_id', v_membership.stripe_subscription_id)
      );
      -- Should Stripe's word that it has ended get lost.
      perform private.enqueue(
        'stripe.read_subscription', format('stripe.read_subscription:%s:left', v_membership.id),
        jsonb_build_object('membership_id', v_membership.id), now() + interval '10 minutes'
      );
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

CREATE OR REPLACE FUNCTION private.names_of (
  clerk_user_id text
)
  RETURNS text[]
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  with person as (
    select profiles.*
    from public.profiles
    where profiles.clerk_user_id = names_of.clerk_user_id
      and profiles.deleted_at is null
    for no key update
  )
  select coalesce(array_agg(distinct_names.name order by length(distinct_names.name) desc), '{}')
  from (
    select distinct trim(named.name) as name
    from person
    left join public.profile_contacts on profile_contacts.profile_id = person.id
    left join public.coaches on coaches.profile_id = person.id
    cross join lateral unnest(array[
      profile_contacts.email, coaches.display_name, coaches.slug, person.first_name || ' ' || person.last_name,
      person.first_name, person.last_name
    ]) as named (name)
    -- Shorter ones are words of other meanings, and initials.
    where length(trim(named.name)) >= 3
  ) as distinct_names;
$function$;

CREATE OR REPLACE FUNCTION private.record_period (
  invoice jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_membership public.memberships := private.lock_membership(record_period.invoice);
  v_amount_cents integer := (record_period.invoice ->> 'amount_paid')::integer;
  v_is_change boolean := (record_period.invoice ->> 'has_proration')::boolean;
  v_is_period boolean := (record_period.invoice ->> 'is_period')::boolean;
  v_offer public.offers;
  v_order_id uuid;
begin
  if v_membership.id is null or record_period.invoice ->> 'status' <> 'paid' then
    return; -- Of nobody: said of its subscription. Not paid: nothing follows from it yet.
  end if;

  select offers.* into v_offer
  from public.offers
  where offers.id = private.offer_of_price(record_period.invoice ->> 'price_id', v_membership.coach_id);

  if v_offer.id is null
    or record_period.invoice ->> 'currency' <> v_offer.currency
    or not v_is_change and v_amount_cents <> v_offer.price_cents
      and not (v_amount_cents = 0 and v_membership.trial_days > 0 and (record_period.invoice ->> 'is_first')::boolean) then
    perform public.record_security_event(
      'invoice_amount_mismatch',
      jsonb_build_object('membership_id', v_membership.id, 'invoice_id', record_period.invoice ->> 'id')
    );
    return;
  end if;

  select orders.id into v_order_id
  from public.orders
  where orders.stripe_invoice_id = record_period.invoice ->> 'id';

  if v_order_id is null then
    v_order_id := private.create_period_order(v_membership, v_offer, record_period.invoice);
  end if;

  if v_amount_cents > 0 then
    insert into public.payments (order_id, status, amount_cents, currency, stripe_payment_intent_id)
    values (
      v_order_id, 'succeeded', v_amount_cents, record_period.invoice ->> 'currency',
      record_period.invoice ->> 'payment_intent_id'
    )
    on conflict (stripe_payment_intent_id) do nothing;

    perform private.note_invoice(payments.id, record_period.invoice)
    from public.payments where payments.order_id = v_order_id;
  end if;

  if v_membership.stripe_subscription_id is distinct from record_period.invoice ->> 'subscription_id' then
    perform private.return_payment(payments, payments.amount_cents, 'paid_twice')
    from public.payments where payments.order_id = v_order_id;
  elsif private.has_left(v_membership, (record_period.invoice ->> 'paid_at')::timestamptz) then
    perform private.return_payment(payments, payments.amount_cents, 'paid_too_late')
    from public.payments where payments.order_id = v_order_id;
  elsif v_is_period then
    perform private.grant_period(v_order_id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_subscription (
  subscription jsonb,
  read_at      timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_id text := record_subscription.subscription ->> 'id';
  v_before public.memberships := private.lock_membership(record_subscription.subscription);
  v_after public.memberships;
begin
  if v_before.id is null then
    perform public.record_security_event('subscription_of_nobody', jsonb_build_object('subscription_id', v_id));
    return;
  end if;

  if v_before.stripe_subscription_id <> v_id or v_before.stripe_subscription_id is null and v_before.status = 'ended' then
    if record_subscription.subscription ->> 'status' not in ('canceled', 'incomplete_expired') then
      perform private.enqueue(
        'stripe.end_subscription', 'stripe.end_subscription:' || v_id, jsonb_build_object('subscription_id', v_id)
      );
    end if;
    return;
  end if;

  update public.memberships
  set stripe_subscription_id = v_id,
      stripe_item_id = record_subscription.subscription ->> 'item_id',
      offer_id = coalesce(private.offer_of_price(record_subscription.subscription ->> 'price_id', memberships.coach_id), memberships.offer_id),
      status = private.membership_status(record_subscription.subscription),
      period_starts_at = (record_subscription.subscription ->> 'period_starts_at')::timestamptz,
      period_ends_at = (record_subscription.subscription ->> 'period_ends_at')::timestamptz,
      trial_ends_at = (record_subscription.subscription ->> 'trial_ends_at')::timestamptz,
      is_ending = (record_subscription.subscription ->> 'is_ending')::boolean,
      ended_at = case
        when private.membership_status(record_subscription.subscription) = 'ended'
          then coalesce((record_subscription.subscription ->> 'ended_at')::timestamptz, record_subscription.read_at)
      end,
      last_read_at = record_subscription.read_at
  where memberships.id = v_before.id
    and memberships.status <> 'ended'
    and coalesce(memberships.last_read_at <= record_subscription.read_at, true)
  returning * into v_after;

  if v_after.id is not null then
    perform private.confirm_intent(v_after);
    perform private.tell_of_membership(v_before, v_after);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.return_periods (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  for v_order_id in
    select orders.id
    from public.orders
    join public.coaches on coaches.id = orders.coach_id
    where coaches.profile_id = return_periods.profile_id
      and orders.membership_id is not null
      and orders.credits_end_at > now()
    order by orders.id
    for update of orders
  loop
    perform private.return_payment(payments, owed.cents, 'credits_ended')
    from public.payments
    cross join lateral (
      select least(
        payments.amount_cents * private.credits_left(v_order_id) / sum(credit_entries.sessions),
        payments.amount_cents - private.returned_cents(v_order_id)
      )::integer as cents
      from public.credit_entries
      where credit_entries.order_id = v_order_id
        and credit_entries.kind = 'granted'
    ) as owed
    where payments.order_id = v_order_id
      and payments.status = 'succeeded'
      and owed.cents > 0;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.without_names (
  words text,
  names text[]
)
  RETURNS text
  LANGUAGE plpgsql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
declare
  v_words text := without_names.words;
  v_name text;
begin
  foreach v_name in array without_names.names loop
    v_words := regexp_replace(
      v_words, '(^|[^[:alnum:]])' || regexp_replace(v_name, '([^[:alnum:]])', '\\\1', 'g') || '(?![[:alnum:]])',
      '\1A former member', 'g'
    );
  end loop;
  return v_words;
end;
$function$;

CREATE OR REPLACE FUNCTION private.without_people (
  told jsonb
)
  RETURNS jsonb
  LANGUAGE plpgsql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
begin
  return case jsonb_typeof(without_people.told)
    when 'object' then (
      select coalesce(jsonb_object_agg(field.key, private.without_people(field.value)), '{}')
      from jsonb_each(without_people.told) as field
      where field.key <> 'dob'
        and (
          jsonb_typeof(field.value) <> 'string'
          or field.key ~ '(^|_)(id|uuid|uri|at|time|type|event|object|status|mode|currency|source|destination|account|customer|subscription|invoice|charge|intent)$'
            and field.value #>> '{}' ~ '^[A-Za-z0-9_:./+=-]*$'
        )
    )
    when 'array' then (
      select coalesce(jsonb_agg(private.without_people(item.value) order by item.ordinality), '[]')
      from jsonb_array_elements(without_people.told) with ordinality as item
      where jsonb_typeof(item.value) <> 'string'
    )
    else without_people.told
  end;
end;
$function$;

CREATE OR REPLACE FUNCTION public.complete_outbox (
  outbox_id bigint,
  result    jsonb  DEFAULT NULL::jsonb
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
  set status = 'done', done_at = now(), locked_until = null, last_error = null,
      result = private.without_people(complete_outbox.result)
  where outbox.id = complete_outbox.outbox_id
    and outbox.status <> 'done'
  returning * into v_row;

  if not found then
    return;
  end if;

  case v_row.topic
    when 'mail' then
      perform private.record_mail((v_row.payload ->> 'notification_id')::uuid, complete_outbox.result);
    when 'zoom.create_meeting' then
      perform private.record_meeting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.move_meeting' then
      perform private.record_meeting_move((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.set_recording' then
      perform private.record_recording_setting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.read_attendance' then
      perform private.record_attendance((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.sweep' then
      perform private.record_sweep(v_row.payload ->> 'host_id', complete_outbox.result);
    when 'calendly.create_event' then
      perform private.record_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.cancel_event' then
      perform private.record_cancelled_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.check_hold' then
      perform private.record_hold_check((v_row.payload ->> 'booking_id')::uuid, complete_outbox.result);
    when 'calendly.revoke' then
      perform private.record_calendly_revoked(v_row.payload);
    when 'stripe.refund' then
      perform private.record_refund((v_row.payload ->> 'refund_id')::uuid, complete_outbox.result);
    when 'stripe.capture', 'stripe.cancel_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_refund' then
      perform private.record_stripe_refund(complete_outbox.result);
    when 'stripe.submit_evidence', 'stripe.read_dispute' then
      perform private.record_dispute(complete_outbox.result);
    when 'stripe.read_balance' then
      perform private.record_balance(complete_outbox.result);
    when 'stripe.read_charge' then
      perform private.record_charge((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.transfer' then
      perform private.record_transfer((v_row.payload ->> 'transfer_id')::uuid, complete_outbox.result);
    when 'stripe.reverse_transfer' then
      perform private.record_reversal((v_row.payload ->> 'reversal_id')::uuid, complete_outbox.result);
    when 'stripe.read_subscription' then
      perform private.record_membership(complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting or recording leaves nothing to write down.
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION public.disconnect_calendly()
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  perform private.leave_calendly(v_coach.id);
end;
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

  -- A limit of a second is over in moments, that of a host's day at midnight (UTC). After an attempt
  -- that was cut off the host may have the meeting already, and keeps it.
  if v_row.topic = 'zoom.create_meeting' and v_row.attempts < 1 and fail_outbox.retry_after_seconds > 600 then
    if private.rest_host((v_row.payload ->> 'meeting_id')::uuid, fail_outbox.retry_after_seconds) then
      update private.outbox set run_after = now() where outbox.id = v_row.id;
    end if;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.membership_list (
  membership_id uuid DEFAULT NULL::uuid
)
  RETURNS TABLE (
    id               uuid,
    status           public.membership_status,
    is_ending        boolean,
    is_confirmed     boolean,
    choices          public.membership_intent[],
    coach_name       text,
    coach_slug       text,
    coach_id         uuid,
    title            text,
    description      text,
    duration_minutes integer,
    sessions_a_month integer,
    billing_interval public.billing_interval,
    price_cents      integer,
    current_title    text,
    period_starts_at timestamp with time zone,
    period_ends_at   timestamp with time zone,
    trial_ends_at    timestamp with time zone,
    ended_at         timestamp with time zone,
    sessions_left    integer,
    order_id         uuid,
    agreed_at        timestamp with time zone,
    agreed_words     text,
    time_zone        text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select memberships.id, standing.status, standing.is_ending, memberships.intent is null,
    private.membership_choices(memberships),
    coaches.display_name, coaches.slug, coaches.id,
    offers.title, offers.description, offers.duration_minutes, offers.sessions_a_month, offers.billing_interval,
    offers.price_cents,
    coalesce(current_offer.title, offers.title),
    memberships.period_starts_at, memberships.period_ends_at, memberships.trial_ends_at, memberships.ended_at,
    coalesce(present.sessions_left, 0)::integer, present.order_id,
    consent.agreed_at, consent.words,
    profiles.time_zone
  from public.memberships
  cross join lateral private.membership_standing(memberships) as standing
  join public.coaches on coaches.id = memberships.coach_id
  join public.profiles on profiles.id = memberships.client_id
  join public.offers on offers.id = standing.offer_id
  left join lateral (
    select orders.id as order_id, orders.offer_id,
      (select sum(credit_entries.sessions) from public.credit_entries where credit_entries.order_id = orders.id) as sessions_left
    from public.orders
    where orders.membership_id = memberships.id and orders.credits_end_at > now()
    order by orders.period_starts_at desc
    limit 1
  ) as present on true
  left join public.offers as current_offer on current_offer.id = present.offer_id
  left join lateral (
    select membership_consents.agreed_at, membership_consents.words
    from public.membership_consents
    where membership_consents.membership_id = memberships.id
    order by membership_consents.agreed_at desc
    limit 1
  ) as consent on true
  where memberships.client_id = private.current_profile_id()
    and memberships.status <> 'incomplete'
    and memberships.stripe_subscription_id is not null
    and (membership_list.membership_id is null or memberships.id = membership_list.membership_id)
  order by memberships.status = 'ended', memberships.created_at desc;
$function$;

CREATE OR REPLACE FUNCTION public.record_payout_account (
  account jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_account_id text := record_payout_account.account ->> 'id';
  v_bank jsonb := record_payout_account.account -> 'external_accounts' -> 'data' -> 0;
begin
  insert into public.payout_accounts as known (coach_id, stripe_account_id, status, currently_due, bank_name, bank_last4)
  select coaches.id, v_account_id,
    private.payout_account_status(record_payout_account.account),
    array(select jsonb_array_elements_text(record_payout_account.account -> 'requirements' -> 'currently_due')),
    case when profiles.deleted_at is null then v_bank ->> 'bank_name' end,
    case when profiles.deleted_at is null then v_bank ->> 'last4' end
  from public.coaches
  join public.profiles on profiles.id = coaches.profile_id
  where coaches.id::text = record_payout_account.account -> 'metadata' ->> 'coach_id'
  on conflict (coach_id) do update
  set status = excluded.status,
      currently_due = excluded.currently_due,
      bank_name = excluded.bank_name,
      bank_last4 = excluded.bank_last4,
      updated_at = now()
  where known.stripe_account_id = excluded.stripe_account_id;

  if not found then
    perform public.record_security_event('payout_account_of_nobody', jsonb_build_object('stripe_account_id', v_account_id));
  end if;
end;
$function$;

ALTER TABLE "public"."memberships"
  ADD CONSTRAINT "memberships_begun_have_a_period"
    CHECK
    (((status = 'incomplete'::public.membership_status) OR ((status = 'ended'::public.membership_status) AND (stripe_subscription_id IS NULL)) OR (num_nulls(stripe_subscription_id,
    period_starts_at, period_ends_at) = 0)));

REVOKE ALL ON FUNCTION "private"."forget_words"(uuid, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_words"(uuid, text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_words"(uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."forget_words_of_coach"(uuid, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_words_of_coach"(uuid, text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_words_of_coach"(uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."forget_words_of_sessions"(uuid, uuid, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_words_of_sessions"(uuid, uuid, text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_words_of_sessions"(uuid, uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."has_left"(public.memberships, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."has_left"(public.memberships, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."has_left"(public.memberships, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."leave_calendly"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_calendly"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."leave_calendly"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."leave_memberships"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_memberships"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."leave_memberships"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."names_of"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."names_of"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."names_of"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."return_periods"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."return_periods"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."return_periods"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."without_names"(text, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."without_names"(text, text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."without_names"(text, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."without_people"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."without_people"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."without_people"(jsonb) TO "postgres";

-- What was kept before: without what could tell of a person, as from now on.
update private.webhook_events set payload = private.without_people(webhook_events.payload);
update private.outbox
set result = private.without_people(outbox.result),
    last_error = regexp_replace(outbox.last_error, '[^\s"''<>(]+@[^\s"''<>)]+', '(an address)', 'g');

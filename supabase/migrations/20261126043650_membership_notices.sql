SET local check_function_bodies = off;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "renewal_notice_days_month" integer NOT NULL DEFAULT 3;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "renewal_notice_days_year" integer NOT NULL DEFAULT 30;

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "renewal_notice_days_trial" integer NOT NULL DEFAULT 3;

CREATE OR REPLACE FUNCTION private.day_number (
  instant timestamp with time zone
)
  RETURNS integer
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select floor(extract(epoch from day_number.instant) / 86400)::integer;
$function$;

CREATE OR REPLACE FUNCTION private.is_payment_due (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.memberships
    where memberships.id = (is_payment_due.notification).subject_id and memberships.status = 'past_due'
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_renewal_ahead (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.memberships
    where memberships.id = (is_renewal_ahead.notification).subject_id
      and private.day_number(memberships.period_ends_at) = (is_renewal_ahead.notification).version
      and private.will_be_charged(memberships)
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
  select case (is_still_true.notification).kind
    when 'booking_confirmed' then exists (select from private.told_sessions(is_still_true.notification))
    when 'reminder_24h' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'reminder_15m' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'request_sent' then private.shown_status(booking) = 'requested'
    when 'request_received' then private.shown_status(booking) = 'requested'
    when 'booking_moved' then exists (select from private.told_sessions(is_still_true.notification))
    when 'attendance_decided' then booking.status in ('no_show_client', 'no_show_coach')
    when 'calendly_plan' then booking.status = 'confirmed'
    when 'calendly_location' then booking.status = 'confirmed'
    when 'payment_asked' then private.shown_status(booking) = 'held'
    when 'booking_unpaid' then booking.status = 'expired'
    when 'booking_cancelled' then booking.status = 'cancelled'
    when 'recording_ready' then exists (
      select from public.meetings
      join private.recordings on recordings.meeting_id = meetings.id
      where meetings.booking_id = booking.id and private.is_watchable(recordings)
    )
    when 'review_invitation' then booking.status = 'completed' and not exists (
      select from public.reviews where reviews.booking_id = booking.id
    )
    when 'credits_ending' then exists (
      select from public.orders
      where orders.id = (is_still_true.notification).subject_id
        and orders.credits_end_at > now()
        and private.credits_left(orders.id) > 0
    )
    when 'dispute_asked' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'dispute_opened' then private.is_dispute_open((is_still_true.notification).subject_id)
    when 'membership_renewing' then private.is_renewal_ahead(is_still_true.notification)
    when 'membership_payment_failed' then private.is_payment_due(is_still_true.notification)
    when 'slot_opened' then private.is_still_open((is_still_true.notification).subject_id)
    when 'message_received' then exists (
      select
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = (is_still_true.notification).recipient_id
      where conversations.id = (is_still_true.notification).subject_id
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    )
    else true
  end
  from (select) as one
  left join public.bookings as booking on booking.id = (is_still_true.notification).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_membership (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('membership', jsonb_build_object(
    'membership_id', memberships.id,
    'time_zone', client.time_zone,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'price_cents', offers.price_cents,
    'billing_interval', offers.billing_interval,
    'is_trial', memberships.status = 'trialing',
    'period_ends_at', memberships.period_ends_at,
    'agreed_words', consent.words
  ))
  from public.memberships
  cross join lateral private.membership_standing(memberships) as standing
  join public.offers on offers.id = standing.offer_id
  join public.coaches on coaches.id = memberships.coach_id
  join public.profiles as client on client.id = memberships.client_id
  left join lateral (
    select membership_consents.words
    from public.membership_consents
    where membership_consents.membership_id = memberships.id
    order by membership_consents.agreed_at desc
    limit 1
  ) as consent on true
  where (mail_membership.notification).kind in ('membership_begun', 'membership_renewing', 'membership_payment_failed')
    and memberships.id = (mail_membership.notification).subject_id;
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
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'subject_id', notifications.subject_id,
    'booking', private.mail_booking(notifications)
  ) || coalesce(private.mail_opening(notifications), private.mail_package(notifications), private.mail_membership(notifications), private.mail_dispute(notifications), '{}')
  from public.notifications
  join public.profiles as recipient on recipient.id = notifications.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and recipient.deleted_at is null
    and private.is_still_true(notifications);
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

  if v_before.stripe_subscription_id <> v_id then
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

CREATE OR REPLACE FUNCTION private.tell_of_membership (
  before public.memberships,
  after  public.memberships
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if (tell_of_membership.before).status = 'incomplete' and (tell_of_membership.after).status in ('trialing', 'active') then
    perform private.notify((tell_of_membership.after).client_id, 'membership_begun', (tell_of_membership.after).id);
  end if;

  if (tell_of_membership.after).status = 'past_due' then
    perform private.notify(
      (tell_of_membership.after).client_id, 'membership_payment_failed', (tell_of_membership.after).id,
      version => private.day_number((tell_of_membership.after).period_starts_at)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.warn_of_renewals()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(
    memberships.client_id, 'membership_renewing', memberships.id, version => private.day_number(memberships.period_ends_at)
  )
  from public.memberships
  join public.offers on offers.id = memberships.offer_id
  cross join private.settings() as settings
  where private.will_be_charged(memberships)
    and memberships.period_ends_at <= now() + make_interval(days => case
      when memberships.status = 'trialing' then settings.renewal_notice_days_trial
      when offers.billing_interval = 'year' then settings.renewal_notice_days_year
      else settings.renewal_notice_days_month
    end)
    and not exists (
      select from public.notifications
      where notifications.subject_id = memberships.id
        and notifications.kind = 'membership_renewing'
        and notifications.version = private.day_number(memberships.period_ends_at)
    );
$function$;

CREATE OR REPLACE FUNCTION private.will_be_charged (
  membership public.memberships
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select standing.status in ('trialing', 'active') and not standing.is_ending
    and (will_be_charged.membership).period_ends_at > now()
  from private.membership_standing(will_be_charged.membership) as standing;
$function$;

REVOKE ALL ON FUNCTION "private"."day_number"(timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."day_number"(timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."day_number"(timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_payment_due"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_payment_due"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_payment_due"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_renewal_ahead"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_renewal_ahead"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_renewal_ahead"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_membership"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_membership"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_membership"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_of_membership"(public.memberships, public.memberships) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_of_membership"(public.memberships, public.memberships) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_of_membership"(public.memberships, public.memberships) TO "postgres";

REVOKE ALL ON FUNCTION "private"."warn_of_renewals"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."warn_of_renewals"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."warn_of_renewals"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."will_be_charged"(public.memberships) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."will_be_charged"(public.memberships) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."will_be_charged"(public.memberships) TO "postgres";

SET local check_function_bodies = off;

DROP FUNCTION "public"."inbox"(integer);

CREATE OR REPLACE FUNCTION private.is_leaving (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.memberships
    cross join private.membership_standing(memberships) as standing
    where memberships.id = (is_leaving.notification).subject_id
      and (standing.is_ending or standing.status = 'ended')
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_member (
  client_id uuid,
  coach_id  uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.memberships
    where memberships.client_id = is_member.client_id
      and memberships.coach_id = is_member.coach_id
      and memberships.status in ('trialing', 'active', 'past_due')
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
    'time_zone', recipient.time_zone,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'price_cents', offers.price_cents,
    'billing_interval', offers.billing_interval,
    'is_trial', memberships.status = 'trialing',
    'period_ends_at', memberships.period_ends_at,
    'ended_at', memberships.ended_at,
    'agreed_words', consent.words
  ))
  from public.memberships
  cross join lateral private.membership_standing(memberships) as standing
  join public.offers on offers.id = standing.offer_id
  join public.coaches on coaches.id = memberships.coach_id
  join public.profiles as client on client.id = memberships.client_id
  join public.profiles as recipient on recipient.id = (mail_membership.notification).recipient_id
  left join lateral (
    select membership_consents.words
    from public.membership_consents
    where membership_consents.membership_id = memberships.id
    order by membership_consents.agreed_at desc
    limit 1
  ) as consent on true
  where (
      (mail_membership.notification).kind like 'membership\_%'
      or (mail_membership.notification).kind like 'member\_%'
    )
    and memberships.id = (mail_membership.notification).subject_id;
$function$;

CREATE OR REPLACE FUNCTION private.tell_of_membership (
  before public.memberships,
  after  public.memberships
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_coach_profile_id uuid := (
    select coaches.profile_id from public.coaches where coaches.id = (tell_of_membership.after).coach_id
  );
  v_was_ending boolean := (tell_of_membership.before).is_ending;
  v_is_ending boolean := (tell_of_membership.after).is_ending;
begin
  if (tell_of_membership.before).status = 'incomplete' and (tell_of_membership.after).status in ('trialing', 'active') then
    perform private.notify((tell_of_membership.after).client_id, 'membership_begun', (tell_of_membership.after).id);
    perform private.notify(v_coach_profile_id, 'member_joined', (tell_of_membership.after).id);
  elsif (tell_of_membership.after).status = 'ended' then
    perform private.notify(v_coach_profile_id, 'member_left', (tell_of_membership.after).id)
    where (tell_of_membership.before).status <> 'incomplete' and not v_was_ending;
  elsif v_is_ending <> v_was_ending then
    -- Each decision has its number; those made at Stripe itself have that of the last one here.
    perform private.notify(
      v_coach_profile_id, case when v_is_ending then 'member_leaving' else 'member_staying' end,
      (tell_of_membership.after).id, version => (tell_of_membership.after).intent_number + 1
    );
  end if;

  if (tell_of_membership.after).status = 'past_due' then
    perform private.notify(
      (tell_of_membership.after).client_id, 'membership_payment_failed', (tell_of_membership.after).id,
      version => private.day_number((tell_of_membership.after).period_starts_at)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.inbox (
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    conversation_id  uuid,
    party            text,
    counterpart_name text,
    is_member        boolean,
    coach_slug       text,
    last_body        text,
    last_is_own      boolean,
    last_message_at  timestamp with time zone,
    unread_count     integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select conversations.id, private.conversation_party(conversations),
    private.counterpart_name(conversations), membership.is_current, coaches.slug,
    left(last.body, 160), last.sender_id = private.current_profile_id(),
    conversations.last_message_at,
    -- Own messages count as read when sent, so what is past the mark is the other's.
    (conversations.last_seq - coalesce(conversation_reads.last_read_seq, 0))::integer
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  cross join lateral (
    select conversations.coach_id = private.current_coach_id()
      and private.is_member(conversations.client_id, conversations.coach_id) as is_current
  ) as membership
  left join public.messages as last
    on last.conversation_id = conversations.id and last.seq = conversations.last_seq
  left join public.conversation_reads
    on conversation_reads.conversation_id = conversations.id
    and conversation_reads.profile_id = private.current_profile_id()
  where conversations.client_id = private.current_profile_id()
    or conversations.coach_id = private.current_coach_id()
  order by coalesce(membership.is_current and last.sender_id = conversations.client_id, false) desc,
    coalesce(conversations.last_message_at, conversations.created_at) desc
  limit 31 offset (greatest(inbox.page_number, 1) - 1) * 30;
$function$;

REVOKE ALL ON FUNCTION "public"."inbox"(integer) FROM PUBLIC, "anon", "service_role";

REVOKE ALL ON FUNCTION "private"."is_leaving"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_leaving"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_leaving"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_member"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_member"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_member"(uuid, uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."inbox"(integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."inbox"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."inbox"(integer) TO "postgres";

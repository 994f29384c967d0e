SET local check_function_bodies = off;

DROP FUNCTION "public"."session_details"(uuid);

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
    'seats', private.mail_seats(bookings.group_date_id),
    'full_refund_until', deadlines.full_until,
    'uses_package', orders.credits_end_at is not null,
    'credits_back', told.credits_back
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

CREATE OR REPLACE FUNCTION private.mail_package (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('package', jsonb_build_object(
    'order_id', orders.id,
    'time_zone', recipient.time_zone,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'session_count', orders.session_count,
    'sessions_left', private.credits_left(orders.id),
    'amount_cents', orders.amount_cents,
    'ends_at', orders.credits_end_at,
    'end_reason', orders.credits_end_reason,
    'ended_sessions', coalesce((
      select -credit_entries.sessions from public.credit_entries
      where credit_entries.order_id = orders.id and credit_entries.kind = 'ended'
    ), 0),
    'ended_cents', unused.own_cents
  ))
  from public.orders
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  join public.profiles as client on client.id = orders.client_id
  join public.profiles as recipient on recipient.id = (mail_package.notification).recipient_id
  cross join lateral private.unused_cents(orders.id) as unused
  where (mail_package.notification).kind in (
      'package_bought', 'package_sold', 'package_returned', 'credits_ending', 'credits_ended'
    )
    and orders.id = (mail_package.notification).subject_id;
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
  ) || coalesce(private.mail_opening(notifications), private.mail_package(notifications), '{}')
  from public.notifications
  join public.profiles as recipient on recipient.id = notifications.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and recipient.deleted_at is null
    and private.is_still_true(notifications);
$function$;

CREATE OR REPLACE FUNCTION public.package_details (
  order_id uuid
)
  RETURNS TABLE (
    order_id            uuid,
    status              public.order_status,
    pay_by              timestamp with time zone,
    offer_title         text,
    offer_description   text,
    duration_minutes    integer,
    is_instant          boolean,
    session_count       integer,
    valid_months        integer,
    coach_id            uuid,
    coach_slug          text,
    coach_name          text,
    is_coach_open       boolean,
    amount_cents        integer,
    discount_cents      integer,
    currency            text,
    email               text,
    stripe_customer_id  text,
    checkout_url        text,
    checkout_expires_at timestamp with time zone,
    failure_code        text,
    credits_left        integer,
    credits_end_at      timestamp with time zone,
    credits_end_reason  text,
    ended_cents         integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, private.shown_order_status(orders), private.package_pay_by(orders),
    offers.title, offers.description, offers.duration_minutes, offers.is_instant, orders.session_count, offers.valid_months,
    coaches.id, coaches.slug, coaches.display_name, coaches.status = 'approved',
    orders.amount_cents, orders.discount_cents, orders.currency,
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    orders.checkout_expires_at,
    (
      select payments.failure_code
      from public.payments
      where payments.order_id = orders.id and payments.status = 'failed'
      order by payments.created_at desc
      limit 1
    ),
    private.credits_left(orders.id),
    orders.credits_end_at,
    orders.credits_end_reason,
    unused.own_cents
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
  join public.coaches on coaches.id = orders.coach_id
  cross join lateral private.unused_cents(orders.id) as unused
  left join public.profile_contacts on profile_contacts.profile_id = orders.client_id
  left join private.stripe_customers on stripe_customers.profile_id = orders.client_id
  where orders.id = package_details.order_id
    and orders.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.package_history (
  order_id uuid
)
  RETURNS TABLE (
    kind           public.credit_kind,
    sessions       integer,
    created_at     timestamp with time zone,
    booking_id     uuid,
    starts_at      timestamp with time zone,
    booking_status public.booking_status
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select credit_entries.kind, credit_entries.sessions, credit_entries.created_at,
    bookings.id, bookings.starts_at, private.shown_status(bookings)
  from public.credit_entries
  join public.orders on orders.id = credit_entries.order_id
  left join public.bookings on bookings.id = credit_entries.booking_id
  where credit_entries.order_id = package_history.order_id
    and (orders.client_id = private.current_profile_id() or orders.coach_id = private.current_coach_id())
  order by credit_entries.id;
$function$;

REVOKE ALL ON FUNCTION "public"."package_history"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.package_list()
  RETURNS TABLE (
    order_id           uuid,
    status             public.order_status,
    pay_by             timestamp with time zone,
    offer_title        text,
    duration_minutes   integer,
    session_count      integer,
    coach_slug         text,
    coach_name         text,
    is_coach_open      boolean,
    credits_left       integer,
    credits_end_at     timestamp with time zone,
    credits_end_reason text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, private.shown_order_status(orders), private.package_pay_by(orders),
    offers.title, offers.duration_minutes, orders.session_count,
    coaches.slug, coaches.display_name, coaches.status = 'approved',
    balance.sessions, orders.credits_end_at, orders.credits_end_reason
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
  join public.coaches on coaches.id = orders.coach_id
  cross join lateral (select private.credits_left(orders.id) as sessions) as balance
  where orders.client_id = private.current_profile_id()
    and private.shown_order_status(orders) <> 'expired'
  order by balance.sessions = 0, orders.credits_end_at, orders.created_at desc
  limit 50;
$function$;

REVOKE ALL ON FUNCTION "public"."package_list"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.session_details (
  booking_id uuid
)
  RETURNS TABLE (
    party             public.booking_actor,
    status            public.booking_status,
    starts_at         timestamp with time zone,
    ends_at           timestamp with time zone,
    time_zone         text,
    hold_expires_at   timestamp with time zone,
    note              text,
    cancelled_by      public.booking_actor,
    cancel_reason     text,
    offer_title       text,
    offer_description text,
    duration_minutes  integer,
    counterpart_name  text,
    coach_id          uuid,
    coach_slug        text,
    conversation_id   uuid,
    amount_cents      integer,
    refunded_cents    integer,
    order_status      public.order_status,
    meeting_status    public.meeting_status,
    is_joinable       boolean,
    is_reviewable     boolean,
    is_cancellable    boolean,
    is_movable        boolean,
    answer_by         timestamp with time zone,
    is_charged        boolean,
    order_id          uuid,
    session_position  integer,
    session_count     integer,
    group_date_id     uuid,
    is_name_shown     boolean,
    uses_package      boolean,
    is_credit_back    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select party.actor, private.shown_status(bookings), bookings.starts_at, bookings.ends_at,
    private.party_zone(bookings, party.actor),
    bookings.hold_expires_at, bookings.note, bookings.cancelled_by, bookings.cancel_reason,
    offers.title, offers.description, offers.duration_minutes,
    case party.actor
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.id, coaches.slug, conversations.id,
    private.session_cents(bookings),
    private.session_returned_cents(bookings),
    orders.status, meetings.status,
    private.is_joinable(bookings),
    party.actor = 'client' and private.is_reviewable(bookings),
    bookings.status = 'confirmed' and bookings.starts_at > now(),
    private.move_refusal(bookings, party.actor) is null,
    bookings.answer_by,
    orders.paid_at is not null,
    orders.id,
    case when orders.credits_end_at is null then bookings.position else 1 end,
    case when orders.credits_end_at is null then orders.session_count else 1 end,
    bookings.group_date_id, bookings.is_name_shown,
    orders.credits_end_at is not null,
    orders.credits_end_at is not null and not private.uses_credit(bookings)
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  left join public.meetings on meetings.occasion_id = bookings.occasion_id and meetings.status <> 'cancelled'
  left join public.conversations
    on conversations.coach_id = bookings.coach_id and conversations.client_id = bookings.client_id
  where bookings.id = session_details.booking_id
    and party.actor is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.session_list (
  party       public.booking_actor,
  is_past     boolean              DEFAULT false,
  page_number integer              DEFAULT 1
)
  RETURNS TABLE (
    booking_id       uuid,
    status           public.booking_status,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    hold_expires_at  timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    coach_slug       text,
    amount_cents     integer,
    is_joinable      boolean,
    is_reviewable    boolean,
    session_position integer,
    session_count    integer,
    group_date_id    uuid,
    seats            integer,
    seats_taken      integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select listed.*
  from (
    select bookings.id,
      private.shown_status(bookings) as status,
      bookings.starts_at, bookings.ends_at, bookings.hold_expires_at, offers.title,
      case session_list.party
        when 'client' then coaches.display_name
        else private.shown_name(client)
      end,
      coaches.slug, private.session_cents(bookings),
      private.is_joinable(bookings),
      session_list.party = 'client' and private.is_reviewable(bookings),
      -- One booked from a package stands by itself.
      case when orders.credits_end_at is null then bookings.position else 1 end,
      case when orders.credits_end_at is null then orders.session_count else 1 end,
      bookings.group_date_id, null::integer, null::integer
    from public.bookings
    join public.offers on offers.id = bookings.offer_id
    join public.coaches on coaches.id = bookings.coach_id
    join public.profiles as client on client.id = bookings.client_id
    join public.orders on orders.id = bookings.order_id
    where case session_list.party
        when 'client' then bookings.client_id = private.current_profile_id()
        when 'coach' then bookings.coach_id = private.current_coach_id()
          and bookings.group_date_id is null
          and bookings.status not in ('held', 'expired') -- A checkout left open is not a session.
        else false
      end
    union all
    select dates.* from private.listed_dates() as dates where session_list.party = 'coach'
  ) as listed
  where session_list.is_past = not (
    listed.status in ('held', 'requested', 'confirmed') and listed.ends_at > now()
  )
  order by
    case when session_list.is_past then listed.starts_at end desc,
    listed.starts_at
  limit 21 offset (greatest(session_list.page_number, 1) - 1) * 20;
$function$;

CREATE OR REPLACE FUNCTION public.sold_packages (
  client_ids uuid[] DEFAULT NULL::uuid[],
  order_id   uuid   DEFAULT NULL::uuid
)
  RETURNS TABLE (
    order_id       uuid,
    client_id      uuid,
    client_name    text,
    offer_title    text,
    session_count  integer,
    credits_left   integer,
    credits_end_at timestamp with time zone,
    refund_cents   integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, orders.client_id, private.shown_name(client), offers.title, orders.session_count,
    balance.sessions, orders.credits_end_at, private.end_refund_cents(orders)
  from public.orders
  join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
  join public.profiles as client on client.id = orders.client_id
  cross join lateral (select private.credits_left(orders.id) as sessions) as balance
  where orders.coach_id = private.current_coach_id()
    and (orders.client_id = any (sold_packages.client_ids) or orders.id = sold_packages.order_id)
    and balance.sessions > 0
  order by orders.credits_end_at;
$function$;

REVOKE ALL ON FUNCTION "public"."sold_packages"(uuid[], uuid) FROM PUBLIC, "anon", "service_role";

REVOKE ALL ON FUNCTION "private"."mail_package"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_package"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_package"(public.notifications) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_history"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_history"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_history"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_list"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."package_list"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."package_list"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."sold_packages"(uuid[], uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."sold_packages"(uuid[], uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."sold_packages"(uuid[], uuid) TO "postgres";

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
    'credit_of', case when orders.credits_end_at is not null then offers.kind end,
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
    credit_of         public.offer_kind,
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
    case when orders.credits_end_at is not null then offers.kind end,
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

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "postgres";

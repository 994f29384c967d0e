/*
 * One session for one of its parties: everything its page shows. No row for anyone else,
 * which looks the same as a booking that does not exist. One that was booked with a credit stands
 * by itself, and has what it cost there; `credit_of` says what gave it,
 * a package or a membership, `is_credit_back` when its credit came back. `asked_count`: how many were asked for
 * or bought at once; of those its coach may have left some out, which stand by themselves and cost nothing.
 *
 * Security definer: names come from rows whose policies would each be checked.
 */
create function public.session_details(booking_id uuid)
returns table (
  party public.booking_actor,
  status public.booking_status,
  starts_at timestamptz,
  ends_at timestamptz,
  time_zone text,
  hold_expires_at timestamptz,
  note text,
  cancelled_by public.booking_actor,
  cancel_reason text,
  offer_title text,
  offer_description text,
  duration_minutes integer,
  counterpart_name text,
  coach_id uuid,
  coach_slug text,
  conversation_id uuid,
  amount_cents integer,
  refunded_cents integer,
  order_status public.order_status,
  meeting_status public.meeting_status,
  is_joinable boolean,
  is_reviewable boolean,
  is_cancellable boolean,
  is_movable boolean,
  answer_by timestamptz,
  is_charged boolean,
  order_id uuid,
  session_position integer,
  session_count integer,
  group_date_id uuid,
  is_name_shown boolean,
  credit_of public.offer_kind,
  is_credit_back boolean,
  asked_count integer
)
language sql
stable
security definer
set search_path = ''
as $$
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
    private.is_reviewable(bookings, party.actor),
    bookings.status = 'confirmed' and bookings.starts_at > now(),
    private.move_refusal(bookings, party.actor) is null,
    bookings.answer_by,
    orders.paid_at is not null and not private.is_left_out(bookings, orders),
    orders.id,
    place.position,
    place.session_count,
    bookings.group_date_id, bookings.is_name_shown,
    case when orders.credits_end_at is not null then offers.kind end,
    orders.credits_end_at is not null and not private.uses_credit(bookings),
    cardinality(private.asked_with(bookings))
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  cross join lateral private.place_in_series(bookings, orders) as place
  left join public.meetings on meetings.occasion_id = bookings.occasion_id and meetings.status <> 'cancelled'
  left join public.conversations
    on conversations.coach_id = bookings.coach_id and conversations.client_id = bookings.client_id
  where bookings.id = session_details.booking_id
    and party.actor is not null;
$$;

grant execute on function public.session_details(uuid) to authenticated;

/*
 * Which session of how many a booking is. One that was booked with a credit, or that its coach left out,
 * stands by itself.
 */
create function private.place_in_series(booking public.bookings, order_row public.orders)
returns table ("position" integer, session_count integer)
language sql
stable
set search_path = ''
as $$
  select case when alone.is_it then 1 else (place_in_series.booking).position end,
    case when alone.is_it then 1 else (place_in_series.order_row).session_count end
  from (
    select (place_in_series.order_row).credits_end_at is not null
      or private.is_left_out(place_in_series.booking, place_in_series.order_row) as is_it
  ) as alone;
$$;

/*
 * The sessions that were asked for together with this one, in order, with what each costs (cents): what a
 * coach answers at once. No row for anyone but its coach.
 *
 * Security definer: prices are reckoned from rows that nobody may read.
 */
create function public.asked_sessions(booking_id uuid)
returns table (session_id uuid, starts_at timestamptz, ends_at timestamptz, price_cents integer)
language sql
stable
security definer
set search_path = ''
as $$
  select sessions.id, sessions.starts_at, sessions.ends_at, private.session_cents(sessions)
  from public.bookings as subject
  cross join unnest(private.asked_with(subject)) as asked (id)
  join public.bookings as sessions on sessions.id = asked.id
  where subject.id = asked_sessions.booking_id
    and private.booking_party(subject) = 'coach'
  order by sessions.starts_at;
$$;

grant execute on function public.asked_sessions(uuid) to authenticated;

SET local check_function_bodies = off;

ALTER TABLE "public"."offers"
  DROP CONSTRAINT "offers_price";

ALTER TABLE "public"."orders"
  DROP CONSTRAINT "orders_amounts";

DROP FUNCTION "private"."require_valid_offer"(text, text, integer, integer);

ALTER TABLE "public"."bookings"
  ADD COLUMN "is_intro_call" boolean NOT NULL DEFAULT false;

ALTER TYPE "public"."offer_kind" ADD VALUE 'intro_call' AFTER 'session';

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.complete_bookings()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    where bookings.status = 'confirmed'
      and bookings.ends_at <= now()
    order by bookings.starts_at
    limit 500
    for update skip locked
  loop
    if private.move_booking(v_booking.id, array['confirmed']::public.booking_status[], 'completed', 'system') then
      if not v_booking.is_intro_call then
        perform private.notify(v_booking.client_id, 'review_invitation', v_booking.id, v_booking.id);
      end if;
      perform private.refresh_listing(v_booking.coach_id);
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_reviewable (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_reviewable.booking).status = 'completed'
    and not (is_reviewable.booking).is_intro_call
    and now() < (is_reviewable.booking).ends_at + make_interval(days => (private.settings()).review_window_days)
    and not exists (select from public.reviews where reviews.booking_id = (is_reviewable.booking).id);
$function$;

CREATE OR REPLACE FUNCTION private.missing_in_practice (
  coach public.coaches
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (missing_in_practice.coach).headline = '' or (missing_in_practice.coach).bio = ''
      or cardinality((missing_in_practice.coach).states) = 0
      or cardinality((missing_in_practice.coach).specialties) = 0 then 'profile'
    when not exists (
      select from public.weekly_hours where weekly_hours.coach_id = (missing_in_practice.coach).id
    ) then 'hours'
    when not exists (
      select from public.offers
      where offers.coach_id = (missing_in_practice.coach).id and offers.archived_at is null and offers.price_cents > 0
    ) then 'offers'
  end;
$function$;

CREATE OR REPLACE FUNCTION private.refresh_listing (
  coach_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  -- Two refreshes of one coach wait for each other, so that the later sees all.
  perform from public.coaches where coaches.id = refresh_listing.coach_id for no key update;

  delete from public.coach_listings
  using public.coaches
  where coach_listings.coach_id = refresh_listing.coach_id
    and coaches.id = coach_listings.coach_id
    and coaches.status <> 'approved';

  insert into public.coach_listings as listing (
    coach_id, document, states, specialties, languages, from_price_cents,
    rating_average, review_count, rating_score, sessions_held, listed_at
  )
  select coaches.id, private.coach_document(coaches), coaches.states, coaches.specialties, coaches.languages,
    (
      select min(offers.price_cents) from public.offers
      where offers.coach_id = coaches.id and offers.archived_at is null and offers.price_cents > 0
    ),
    ratings.average, ratings.amount, (coalesce(ratings.total, 0) + 4.3 * 5) / (ratings.amount + 5),
    (select count(*) from public.bookings where bookings.coach_id = coaches.id and bookings.status = 'completed'),
    coalesce(coaches.approved_at, now())
  from public.coaches
  cross join lateral (
    select avg(reviews.rating) as average, count(*) as amount, sum(reviews.rating) as total
    from public.reviews
    where reviews.coach_id = coaches.id
  ) as ratings
  where coaches.id = refresh_listing.coach_id
    and coaches.status = 'approved'
  on conflict (coach_id) do update
  set document = excluded.document,
      states = excluded.states,
      specialties = excluded.specialties,
      languages = excluded.languages,
      from_price_cents = excluded.from_price_cents,
      rating_average = excluded.rating_average,
      review_count = excluded.review_count,
      rating_score = excluded.rating_score,
      sessions_held = excluded.sessions_held,
      listed_at = excluded.listed_at;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_first_intro_call (
  offer     public.offers,
  client_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if (require_first_intro_call.offer).kind = 'intro_call' and exists (
    select from public.bookings
    where bookings.coach_id = (require_first_intro_call.offer).coach_id
      and bookings.client_id = require_first_intro_call.client_id
      and bookings.is_intro_call
      and (bookings.cancelled_by is null or bookings.cancelled_by = 'client')
  ) then
    raise exception 'You have had your free intro call with this coach. Book a session to go on.' using errcode = 'OBINT';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_room_for_offer (
  coach_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if (
    select count(*) from public.offers
    where offers.coach_id = require_room_for_offer.coach_id and offers.archived_at is null
  ) >= 12 then
    raise exception 'You have 12 offers. Take one off sale first.' using errcode = 'OFMNY';
  end if;
end;
$function$;

SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.require_valid_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  kind             public.offer_kind DEFAULT 'session'::public.offer_kind
)
  RETURNS void
  LANGUAGE plpgsql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
begin
  if char_length(trim(require_valid_offer.title)) not between 3 and 80 then
    raise exception 'Name the session in 3 to 80 characters.' using errcode = 'OFTIT';
  end if;
  if char_length(trim(require_valid_offer.description)) > 600 then
    raise exception 'Describe the session in at most 600 characters.' using errcode = 'OFDES';
  end if;
  if require_valid_offer.duration_minutes not between 15 and 240 or require_valid_offer.duration_minutes % 5 <> 0 then
    raise exception 'A session lasts 15 to 240 minutes, in steps of 5.' using errcode = 'OFLEN';
  end if;
  if require_valid_offer.kind <> 'intro_call' and require_valid_offer.price_cents not between 500 and 500000 then
    raise exception 'A session costs $5 to $5,000.' using errcode = 'OFPRI';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.change_offer (
  offer_id         uuid,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_previous public.offers;
  v_offer_id uuid;
begin
  v_previous := private.archive_own_offer(v_coach.id, change_offer.offer_id);

  perform private.require_valid_offer(
    change_offer.title, change_offer.description, change_offer.duration_minutes, change_offer.price_cents, v_previous.kind
  );

  insert into public.offers (lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents)
  values (
    v_previous.lineage_id, v_previous.version + 1, v_coach.id, v_previous.kind, trim(change_offer.title),
    trim(change_offer.description), change_offer.duration_minutes,
    case v_previous.kind when 'intro_call' then 0 else change_offer.price_cents end
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.coach_earnings (
  page_size   integer DEFAULT 50,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    booking_id     uuid,
    starts_at      timestamp with time zone,
    client_name    text,
    offer_title    text,
    status         public.booking_status,
    paid_cents     integer,
    refunded_cents integer,
    fee_cents      integer,
    share_cents    integer,
    is_released    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select bookings.id, bookings.starts_at,
    private.shown_name(profiles), offers.title, bookings.status,
    orders.amount_cents, returned.cents,
    money.fee_cents,
    orders.amount_cents - returned.cents - money.fee_cents,
    bookings.ends_at + make_interval(mins => (private.settings()).release_after_minutes) <= now()
  from public.orders
  join public.bookings on bookings.order_id = orders.id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  cross join lateral (select private.returned_cents(orders.id) as cents) as returned
  -- The fee shrinks with what came back: the platform keeps nothing of a refunded session.
  cross join lateral (
    select round(orders.fee_cents::numeric * (orders.amount_cents - returned.cents) / nullif(orders.amount_cents, 0))::integer as fee_cents
  ) as money
  where orders.coach_id = private.current_coach_id()
    and orders.paid_at is not null
    and orders.amount_cents > 0 -- A free intro call earns nothing.
  order by bookings.starts_at desc
  limit least(coach_earnings.page_size, 100)
  offset (greatest(coach_earnings.page_number, 1) - 1) * least(coach_earnings.page_size, 100);
$function$;

CREATE OR REPLACE FUNCTION public.make_intro_call (
  title            text,
  description      text,
  duration_minutes integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: what is looked up below holds.
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    make_intro_call.title, make_intro_call.description, make_intro_call.duration_minutes, 0, 'intro_call'
  );

  if exists (
    select from public.offers
    where offers.coach_id = v_coach.id and offers.kind = 'intro_call' and offers.archived_at is null
  ) then
    raise exception 'You offer a free intro call already. Change that one.' using errcode = 'OFINT';
  end if;

  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (coach_id, kind, title, description, duration_minutes, price_cents)
  values (
    v_coach.id, 'intro_call', trim(make_intro_call.title), trim(make_intro_call.description),
    make_intro_call.duration_minutes, 0
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_intro_call"(text, text, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.make_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: the count below holds.
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    make_offer.title, make_offer.description, make_offer.duration_minutes, make_offer.price_cents
  );

  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (coach_id, title, description, duration_minutes, price_cents)
  values (
    v_coach.id, trim(make_offer.title), trim(make_offer.description), make_offer.duration_minutes, make_offer.price_cents
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.request_booking (
  offer_id  uuid,
  starts_at timestamp with time zone,
  time_zone text,
  note      text                     DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_settings private.platform_settings := private.settings();
  v_offer public.offers;
  v_during tstzrange;
  v_order_id uuid;
  v_booking_id uuid;
begin
  if not private.is_time_zone(request_booking.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(request_booking.offer_id, v_client.id);
  v_during := tstzrange(
    request_booking.starts_at,
    request_booking.starts_at + make_interval(mins => v_offer.duration_minutes)
  );

  -- Two requests of one client wait for each other here, so that the count holds.
  perform from public.profiles where profiles.id = v_client.id for no key update;

  if (
    select count(*) from public.bookings
    where bookings.client_id = v_client.id
      and bookings.status = 'held'
      and bookings.hold_expires_at > now()
  ) >= 3 then
    raise exception 'You are holding three times already. Pay for one or let it go first.' using errcode = 'OBMNY';
  end if;

  perform private.require_first_intro_call(v_offer, v_client.id);

  perform private.lock_calendar(v_offer.coach_id);

  if not private.is_free(v_offer, request_booking.starts_at) then
    if private.is_offered(v_offer, request_booking.starts_at)
      and v_during && private.booked_times(v_offer.coach_id, v_during) then
      raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
    end if;
    raise exception 'This time is not open for booking. Choose another one.' using errcode = 'OBTIM';
  end if;

  perform private.expire_lapsed_holds(v_offer.coach_id, v_during);

  v_order_id := private.create_order(v_offer, v_client.id);

  insert into public.bookings (order_id, offer_id, coach_id, client_id, starts_at, ends_at, is_intro_call, client_time_zone, note, hold_expires_at)
  values (
    v_order_id, v_offer.id, v_offer.coach_id, v_client.id, lower(v_during), upper(v_during),
    v_offer.kind = 'intro_call', request_booking.time_zone, left(trim(request_booking.note), 1000),
    now() + make_interval(mins => v_settings.hold_minutes)
  )
  on conflict do nothing
  returning bookings.id into v_booking_id;

  if v_booking_id is null then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end if;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  values (v_booking_id, 'client', v_client.id, 'held');

  if v_offer.price_cents = 0 then
    -- Nothing is to be paid, so nothing is waited for.
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order_id;
    perform private.confirm_booking(v_order_id);
  end if;

  return v_booking_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.write_review (
  booking_id uuid,
  rating     integer,
  body       text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_author public.profiles := private.require_profile();
  v_booking public.bookings;
  v_review_id uuid;
begin
  select * into v_booking
  from public.bookings
  where bookings.id = write_review.booking_id
    and bookings.client_id = v_author.id;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;
  if v_booking.is_intro_call then
    raise exception 'A free intro call is not reviewed. A session that was paid for is.' using errcode = 'RVFRE';
  end if;
  if v_booking.status <> 'completed' then
    raise exception 'You can review a session once it is over.' using errcode = 'RVEAR';
  end if;
  if v_booking.ends_at + make_interval(days => (private.settings()).review_window_days) <= now() then
    raise exception 'The time to review this session is over.' using errcode = 'RVLAT';
  end if;
  if write_review.rating is null or write_review.rating not between 1 and 5 then
    raise exception 'Choose one to five stars.' using errcode = 'RVRAT';
  end if;
  if char_length(trim(write_review.body)) not between 20 and 2000 then
    raise exception 'Write 20 to 2,000 characters about the session.' using errcode = 'RVBOD';
  end if;

  insert into public.reviews (booking_id, coach_id, author_id, author_name, rating, body)
  values (
    v_booking.id, v_booking.coach_id, v_author.id,
    v_author.first_name || ' ' || left(v_author.last_name, 1) || '.',
    write_review.rating, trim(write_review.body)
  )
  on conflict (booking_id, author_id) do nothing
  returning reviews.id into v_review_id;

  if v_review_id is null then
    raise exception 'You have reviewed this session already.' using errcode = 'RVTWO';
  end if;

  perform private.notify(coaches.profile_id, 'review_received', v_review_id, v_booking.id)
  from public.coaches
  where coaches.id = v_booking.coach_id;

  return v_review_id;
end;
$function$;

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_price" CHECK ((((price_cents >= 500) AND (price_cents <= 500000)) OR ((price_cents = 0) AND (kind <> 'session'::public.offer_kind))));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_amounts" CHECK (((amount_cents >= 0) AND ((fee_cents >= 0) AND (fee_cents <= amount_cents))));

CREATE UNIQUE INDEX bookings_one_intro_call_per_client_and_coach ON public.bookings USING btree (coach_id, client_id)
  WHERE (is_intro_call AND ((cancelled_by IS NULL) OR (cancelled_by = 'client'::public.booking_actor)));

CREATE UNIQUE INDEX offers_one_free_per_coach_and_kind ON public.offers USING btree (coach_id, kind)
  WHERE ((price_cents = 0) AND (archived_at IS NULL));

REVOKE ALL ON FUNCTION "private"."require_first_intro_call"(public.offers, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_first_intro_call"(public.offers, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_first_intro_call"(public.offers, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_room_for_offer"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_room_for_offer"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_room_for_offer"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_intro_call"(text, text, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_intro_call"(text, text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_intro_call"(text, text, integer) TO "postgres";

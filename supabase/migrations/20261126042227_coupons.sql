SET local check_function_bodies = off;

DROP FUNCTION "private"."hold_times"(uuid, timestamp WITH time zone[], text, text);

DROP FUNCTION "public"."buy_package"(uuid);

DROP FUNCTION "public"."checkout_details"(uuid);

DROP FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text);

DROP FUNCTION "public"."request_series"(uuid, timestamp WITH time zone[], text, text);

DROP FUNCTION "public"."take_seat"(uuid, text, text, boolean);

CREATE TABLE "private"."coupon_redemptions" (
  "order_id"   uuid                        NOT NULL,
  "coupon_id"  uuid                        NOT NULL,
  "client_id"  uuid                        NOT NULL,
  "created_at" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "freed_at"   timestamp(6) with time zone,
  CONSTRAINT "coupon_redemptions_pkey" PRIMARY KEY (order_id)
);

ALTER TABLE "private"."coupon_redemptions"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."coupons" (
  "id"              uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "code"            text                        NOT NULL,
  "coach_id"        uuid,
  "percent"         integer,
  "amount_cents"    integer,
  "starts_at"       timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ends_at"         timestamp(6) with time zone,
  "max_redemptions" integer,
  "max_per_client"  integer,
  "is_first_order"  boolean                     NOT NULL DEFAULT false,
  "minimum_cents"   integer                     NOT NULL DEFAULT 0,
  "created_at"      timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at"        timestamp(6) with time zone,
  CONSTRAINT "coupons_amount" CHECK (((amount_cents >= 100) AND (amount_cents <= 100000))),
  CONSTRAINT "coupons_code_is_plain" CHECK ((code ~ '^[A-Z0-9-]{3,30}$'::text)),
  CONSTRAINT "coupons_end_after_start" CHECK ((ends_at > starts_at)),
  CONSTRAINT "coupons_limits" CHECK (((max_redemptions >= 1) AND (max_per_client >= 1))),
  CONSTRAINT "coupons_minimum" CHECK ((minimum_cents >= 0)),
  CONSTRAINT "coupons_percent" CHECK (((percent >= 1) AND (percent <= 90))),
  CONSTRAINT "coupons_pkey" PRIMARY KEY (id),
  CONSTRAINT "coupons_take_one_kind_off" CHECK (((percent IS NULL) <> (amount_cents IS NULL)))
);

ALTER TABLE "private"."coupons"
  ENABLE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION admin.make_coupon (
  code            text,
  percent         integer                  DEFAULT NULL::integer,
  amount_cents    integer                  DEFAULT NULL::integer,
  starts_at       timestamp with time zone DEFAULT now(),
  ends_at         timestamp with time zone DEFAULT NULL::timestamp WITH time zone,
  max_redemptions integer                  DEFAULT NULL::integer,
  max_per_client  integer                  DEFAULT NULL::integer,
  is_first_order  boolean                  DEFAULT false,
  minimum_cents   integer                  DEFAULT 0
)
  RETURNS uuid
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.insert_coupon(
    null, make_coupon.code, make_coupon.percent, make_coupon.amount_cents, make_coupon.starts_at, make_coupon.ends_at,
    make_coupon.max_redemptions, make_coupon.max_per_client, make_coupon.is_first_order, make_coupon.minimum_cents
  );
$function$;

CREATE OR REPLACE FUNCTION private.apply_coupon (
  order_id uuid,
  code     text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_coupon private.coupons;
  v_price integer;
  v_off integer;
begin
  if coalesce(trim(apply_coupon.code), '') = '' then
    return;
  end if;

  select * into v_order from public.orders where orders.id = apply_coupon.order_id;
  v_price := v_order.amount_cents / v_order.session_count;
  v_coupon := private.lock_coupon(apply_coupon.code, v_order);
  perform private.require_coupon_for(v_coupon, v_order);

  v_off := least(
    coalesce(
      ceil(v_price * v_coupon.percent / 100.0)::integer,
      ceil(v_coupon.amount_cents::numeric / v_order.session_count)::integer
    ),
    v_price - 100
  );
  if v_off <= 0 then
    raise exception 'This coupon takes nothing off: a session costs at least $1.' using errcode = 'QCMIN';
  end if;

  update public.orders
  set amount_cents = orders.session_count * (v_price - v_off),
      discount_cents = orders.session_count * v_off,
      discount_bearer = case when v_coupon.coach_id is null then 'platform' else 'coach' end::public.discount_bearer,
      fee_cents = case
        when v_coupon.coach_id is null then orders.fee_cents
        else orders.session_count * round((v_price - v_off) * (private.settings()).fee_basis_points / 10000.0)::integer
      end
  where orders.id = v_order.id;

  insert into private.coupon_redemptions (order_id, coupon_id, client_id)
  values (v_order.id, v_coupon.id, v_order.client_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.coupon_code (
  order_id uuid
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce((
    select coupons.code
    from private.coupon_redemptions
    join private.coupons on coupons.id = coupon_redemptions.coupon_id
    where coupon_redemptions.order_id = coupon_code.order_id
  ), '');
$function$;

CREATE OR REPLACE FUNCTION private.has_paid_before (
  order_row public.orders,
  coach_id  uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from public.orders
    where orders.client_id = (has_paid_before.order_row).client_id
      and orders.id <> (has_paid_before.order_row).id
      and orders.paid_at is not null
      and orders.amount_cents > 0
      and (has_paid_before.coach_id is null or orders.coach_id = has_paid_before.coach_id)
  );
$function$;

CREATE OR REPLACE FUNCTION private.hold_times (
  offer_id  uuid,
  starts    timestamp with time zone[],
  time_zone text,
  note      text,
  coupon    text                       DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers;
  v_order_id uuid;
  v_booking_id uuid;
  v_first_id uuid;
  v_gone timestamptz[] := '{}';
begin
  if not private.is_time_zone(hold_times.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(hold_times.offer_id, v_client.id);

  if v_offer.kind in ('package', 'membership') then
    raise exception 'This is bought first, and its sessions are booked afterwards.' using errcode = 'OBTIM';
  end if;

  perform private.require_few_holds(v_client.id);
  perform private.require_first_intro_call(v_offer, v_client.id);
  perform private.require_few_intro_calls(v_offer, v_client.id);
  perform private.lock_calendar(v_offer.coach_id);

  v_order_id := private.create_order(v_offer, v_client.id, cardinality(hold_times.starts));

  for v_position in 1 .. cardinality(hold_times.starts) loop
    v_booking_id := private.hold_time(
      v_offer, v_order_id, v_position, hold_times.starts[v_position], hold_times.time_zone, hold_times.note
    );
    v_first_id := coalesce(v_first_id, v_booking_id);

    if v_booking_id is null then
      v_gone := v_gone || hold_times.starts[v_position];
    end if;
  end loop;

  if cardinality(v_gone) > 0 then
    if cardinality(hold_times.starts) = 1 then
      perform private.refuse_time(v_offer, v_gone[1]);
    end if;
    raise exception 'Nothing is booked, because not every date is free any more: %.',
      private.date_list(v_gone, hold_times.time_zone) using errcode = 'OBDAT';
  end if;

  -- After the times: whoever waits for a coupon has everything else.
  perform private.apply_coupon(v_order_id, hold_times.coupon);

  if v_offer.price_cents = 0 then
    -- Nothing is to be paid, so nothing is waited for.
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order_id;
    perform private.confirm_booking(v_order_id);
  end if;

  return v_first_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.insert_coupon (
  coach_id        uuid,
  code            text,
  percent         integer,
  amount_cents    integer,
  starts_at       timestamp with time zone,
  ends_at         timestamp with time zone,
  max_redemptions integer,
  max_per_client  integer,
  is_first_order  boolean,
  minimum_cents   integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_code text := upper(trim(insert_coupon.code));
  v_coupon_id uuid;
begin
  if v_code !~ '^[A-Z0-9-]{3,30}$' then
    raise exception 'A code has 3 to 30 letters, digits and hyphens.' using errcode = 'QCCOD';
  elsif (insert_coupon.percent is null) = (insert_coupon.amount_cents is null)
    or insert_coupon.percent not between 1 and 90
    or insert_coupon.amount_cents not between 100 and 100000 then
    raise exception 'A code takes 1 to 90 percent off, or $1 to $1,000.' using errcode = 'QCOFF';
  elsif insert_coupon.ends_at <= greatest(now(), insert_coupon.starts_at) then
    raise exception 'Choose a last day that is still to come.' using errcode = 'QCDAY';
  elsif least(insert_coupon.max_redemptions, insert_coupon.max_per_client) < 1 or insert_coupon.minimum_cents < 0 then
    raise exception 'A limit is 1 or more.' using errcode = 'QCNUM';
  end if;

  update private.coupons
  set ended_at = coupons.ends_at
  where coupons.coach_id is not distinct from insert_coupon.coach_id
    and coupons.code = v_code
    and coupons.ended_at is null
    and coupons.ends_at <= now();

  insert into private.coupons (
    coach_id, code, percent, amount_cents, starts_at, ends_at, max_redemptions, max_per_client, is_first_order, minimum_cents
  )
  values (
    insert_coupon.coach_id, v_code, insert_coupon.percent, insert_coupon.amount_cents, insert_coupon.starts_at,
    insert_coupon.ends_at, insert_coupon.max_redemptions, insert_coupon.max_per_client, insert_coupon.is_first_order,
    insert_coupon.minimum_cents
  )
  on conflict (coach_id, code) where ended_at is null do nothing
  returning coupons.id into v_coupon_id;

  if v_coupon_id is null then
    raise exception 'There is a code like this already. End it first, or choose another.' using errcode = 'QCDUP';
  end if;

  return v_coupon_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_coupon (
  code      text,
  order_row public.orders
)
  RETURNS private.coupons
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coupon private.coupons;
begin
  select * into v_coupon
  from private.coupons
  where coupons.code = upper(trim(lock_coupon.code))
    and coupons.ended_at is null
    and (coupons.coach_id = (lock_coupon.order_row).coach_id or coupons.coach_id is null)
  order by coupons.coach_id nulls last
  limit 1
  for update;

  if not found then
    raise exception 'We do not know this code. Look at it once more, or leave it out.' using errcode = 'QCNFD';
  end if;

  return v_coupon;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_coupon_for (
  coupon    private.coupons,
  order_row public.orders
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coupon private.coupons := require_coupon_for.coupon;
  v_order public.orders := require_coupon_for.order_row;
  -- Of two first orders at once one can have it.
  v_own_most integer := case when v_coupon.is_first_order then 1 else v_coupon.max_per_client end;
  v_uses integer;
  v_own_uses integer;
begin
  if v_coupon.starts_at > now() then
    raise exception 'This code does not count yet.' using errcode = 'QCEND';
  elsif v_coupon.ends_at <= now() then
    raise exception 'This code has ended.' using errcode = 'QCEND';
  elsif v_order.amount_cents = 0 then
    raise exception 'It is free: there is nothing to take off.' using errcode = 'QCFRE';
  elsif v_order.amount_cents < v_coupon.minimum_cents then
    raise exception 'This code counts for orders of $% or more.',
      trim(trailing '.' from trim(trailing '0' from (v_coupon.minimum_cents / 100.0)::numeric(12, 2)::text))
      using errcode = 'QCMIN';
  elsif v_coupon.is_first_order and private.has_paid_before(v_order, v_coupon.coach_id) then
    raise exception 'This code is for a first order.' using errcode = 'QCFST';
  end if;

  select count(*), count(*) filter (where coupon_redemptions.client_id = v_order.client_id)
  into v_uses, v_own_uses
  from private.coupon_redemptions
  where coupon_redemptions.coupon_id = v_coupon.id
    and coupon_redemptions.freed_at is null;

  if v_own_uses >= v_own_most then
    raise exception 'You have used this code already.' using errcode = 'QCTWO';
  elsif v_uses >= v_coupon.max_redemptions then
    raise exception 'This code has been used as often as it could be.' using errcode = 'QCOUT';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_orders__free_coupon()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  update private.coupon_redemptions
  set freed_at = case when new.status = 'expired' then now() end
  where coupon_redemptions.order_id = new.id;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION public.buy_package (
  offer_id uuid,
  coupon   text DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers := private.require_open_offer(buy_package.offer_id, v_client.id);
  v_waiting_ids uuid[];
  v_order_id uuid;
begin
  if v_offer.kind <> 'package' then
    raise exception 'This package is no longer offered.' using errcode = 'OFGON';
  end if;

  -- Of two clicks at once the second finds the order of the first.
  perform from public.profiles where profiles.id = v_client.id for no key update;

  v_waiting_ids := array(
    select orders.id
    from public.orders
    join public.offers on offers.id = orders.offer_id and offers.kind = 'package'
    where orders.client_id = v_client.id
      and private.shown_order_status(orders) = 'pending'
    order by orders.offer_id <> v_offer.id
  );
  select orders.id into v_order_id
  from public.orders
  where orders.id = v_waiting_ids[1] and orders.offer_id = v_offer.id;

  if v_order_id is not null then
    if private.coupon_code(v_order_id) = upper(trim(coalesce(buy_package.coupon, ''))) then
      return v_order_id;
    end if;
    perform private.expire_package(v_order_id);
  elsif cardinality(v_waiting_ids) >= 3 then
    raise exception 'Three packages wait for your payment already. Pay for one, or wait until they expire.' using errcode = 'OKMNY';
  end if;

  v_order_id := private.create_order(v_offer, v_client.id);
  perform private.apply_coupon(v_order_id, buy_package.coupon);
  return v_order_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."buy_package"(uuid, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.checkout_details (
  booking_id uuid
)
  RETURNS TABLE (
    order_id            uuid,
    booking_status      public.booking_status,
    hold_expires_at     timestamp with time zone,
    starts_at           timestamp with time zone,
    ends_at             timestamp with time zone,
    offer_title         text,
    coach_id            uuid,
    coach_slug          text,
    coach_name          text,
    amount_cents        integer,
    currency            text,
    email               text,
    stripe_customer_id  text,
    checkout_url        text,
    checkout_expires_at timestamp with time zone,
    failure_code        text,
    is_instant          boolean,
    session_count       integer,
    first_booking_id    uuid,
    discount_cents      integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, bookings.status, bookings.hold_expires_at, bookings.starts_at, bookings.ends_at,
    offers.title, coaches.id, coaches.slug, coaches.display_name, orders.amount_cents, orders.currency,
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
    offers.is_instant,
    orders.session_count,
    (select first.id from public.bookings as first where first.order_id = orders.id and first.position = 1),
    orders.discount_cents
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  left join public.profile_contacts on profile_contacts.profile_id = bookings.client_id
  left join private.stripe_customers on stripe_customers.profile_id = bookings.client_id
  where bookings.id = checkout_details.booking_id
    and bookings.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.coupon_list()
  RETURNS TABLE (
    coupon_id       uuid,
    code            text,
    percent         integer,
    amount_cents    integer,
    ends_at         timestamp with time zone,
    is_over         boolean,
    max_redemptions integer,
    max_per_client  integer,
    is_first_order  boolean,
    minimum_cents   integer,
    redemptions     integer,
    discount_cents  integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select coupons.id, coupons.code, coupons.percent, coupons.amount_cents, coupons.ends_at, counts.is_over,
    coupons.max_redemptions, coupons.max_per_client, coupons.is_first_order, coupons.minimum_cents,
    used.redemptions, used.discount_cents
  from private.coupons
  cross join lateral (
    select coupons.ended_at is not null or coalesce(coupons.ends_at <= now(), false) as is_over
  ) as counts
  cross join lateral (
    select count(*)::integer as redemptions, coalesce(sum(orders.discount_cents), 0)::integer as discount_cents
    from private.coupon_redemptions
    join public.orders on orders.id = coupon_redemptions.order_id
    where coupon_redemptions.coupon_id = coupons.id
      and coupon_redemptions.freed_at is null
  ) as used
  where coupons.coach_id = private.current_coach_id()
  order by counts.is_over, coupons.created_at desc
  limit 100;
$function$;

REVOKE ALL ON FUNCTION "public"."coupon_list"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.end_coupon (
  coupon_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  update private.coupons
  set ended_at = coalesce(coupons.ended_at, now())
  where coupons.id = end_coupon.coupon_id
    and coupons.coach_id = private.current_coach_id();

  if not found then
    raise exception 'There is no such coupon.' using errcode = 'QCGON';
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."end_coupon"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.make_coupon (
  code            text,
  percent         integer DEFAULT NULL::integer,
  amount_cents    integer DEFAULT NULL::integer,
  ends_on         date    DEFAULT NULL::date,
  max_redemptions integer DEFAULT NULL::integer,
  max_per_client  integer DEFAULT NULL::integer,
  is_first_order  boolean DEFAULT false,
  minimum_cents   integer DEFAULT 0
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: the count below holds.
begin
  if (
    select count(*) from private.coupons
    where coupons.coach_id = v_coach.id and coupons.ended_at is null and coalesce(coupons.ends_at > now(), true)
  ) >= 50 then
    raise exception 'You have 50 codes that count. End one of them first.' using errcode = 'QCMNY';
  end if;

  return private.insert_coupon(
    v_coach.id, make_coupon.code, make_coupon.percent, make_coupon.amount_cents, now(),
    ((make_coupon.ends_on + 1)::timestamp at time zone v_coach.time_zone),
    make_coupon.max_redemptions, make_coupon.max_per_client, make_coupon.is_first_order, make_coupon.minimum_cents
  );
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_coupon"(text, integer, integer, date, integer, integer, boolean, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.request_booking (
  offer_id  uuid,
  starts_at timestamp with time zone,
  time_zone text,
  note      text                     DEFAULT ''::text,
  coupon    text                     DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.hold_times(
    request_booking.offer_id, array[request_booking.starts_at], request_booking.time_zone, request_booking.note,
    request_booking.coupon
  );
$function$;

REVOKE ALL ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.request_series (
  offer_id  uuid,
  starts    timestamp with time zone[],
  time_zone text,
  note      text                       DEFAULT ''::text,
  coupon    text                       DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_starts timestamptz[] := array(
    select distinct start from unnest(request_series.starts) as start where start is not null order by start
  );
  v_most integer := (private.settings()).series_sessions;
begin
  if cardinality(v_starts) not between 1 and v_most then
    raise exception 'Choose at least one date, and not more than %.', v_most using errcode = 'OBRPT';
  end if;

  if (select offers.kind from public.offers where offers.id = request_series.offer_id) <> 'session' then
    raise exception 'This cannot be repeated every week.' using errcode = 'OBRPT';
  end if;

  perform from public.coaches
  where coaches.id = (select offers.coach_id from public.offers where offers.id = request_series.offer_id)
  for no key update;

  return private.hold_times(
    request_series.offer_id, v_starts, request_series.time_zone, request_series.note, request_series.coupon
  );
end;
$function$;

REVOKE ALL ON FUNCTION "public"."request_series"(uuid, timestamp WITH time zone[], text, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.take_seat (
  group_date_id uuid,
  time_zone     text,
  note          text    DEFAULT ''::text,
  is_name_shown boolean DEFAULT false,
  coupon        text    DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers;
  v_date public.group_dates;
  v_booking_id uuid;
  v_order_id uuid;
begin
  if not private.is_time_zone(take_seat.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(private.offer_of_date(take_seat.group_date_id), v_client.id);
  perform private.require_few_holds(v_client.id);

  select * into v_date from public.group_dates where group_dates.id = take_seat.group_date_id for update;

  if v_date.called_off_at is not null or v_date.starts_at <= now() then
    raise exception 'This date has begun or was called off. Choose another one.' using errcode = 'OGOVR';
  end if;

  perform private.expire_lapsed_holds(v_date.coach_id, v_date.during);
  perform private.require_no_seat(v_date.id, v_client.id);

  insert into public.bookings (
    order_id, offer_id, coach_id, client_id, group_date_id, starts_at, ends_at, client_time_zone, note,
    is_name_shown, hold_expires_at
  )
  values (
    private.create_order(v_offer, v_client.id), v_offer.id, v_date.coach_id, v_client.id, v_date.id,
    v_date.starts_at, v_date.ends_at, take_seat.time_zone, left(trim(take_seat.note), 1000),
    take_seat.is_name_shown, now() + make_interval(mins => (private.settings()).hold_minutes)
  )
  returning bookings.id, bookings.order_id into v_booking_id, v_order_id;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  values (v_booking_id, 'client', v_client.id, 'held');

  perform private.apply_coupon(v_order_id, take_seat.coupon);

  return v_booking_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."take_seat"(uuid, text, text, boolean, text) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "private"."coupon_redemptions"
  ADD CONSTRAINT "coupon_redemptions_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."coupon_redemptions"
  ADD CONSTRAINT "coupon_redemptions_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."coupons"
  ADD CONSTRAINT "coupons_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."coupon_redemptions"
  ADD CONSTRAINT "coupon_redemptions_coupon_id_fkey" FOREIGN KEY (coupon_id) REFERENCES private.coupons(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE INDEX coupon_redemptions_client_id_idx ON private.coupon_redemptions USING btree (client_id);

CREATE INDEX coupon_redemptions_coupon_id_client_id_idx ON private.coupon_redemptions USING btree (coupon_id, client_id);

CREATE INDEX coupons_coach_id_idx ON private.coupons USING btree (coach_id);

CREATE UNIQUE INDEX coupons_one_per_code ON private.coupons USING btree (coach_id, code) NULLS NOT DISTINCT
  WHERE (ended_at IS NULL);

CREATE TRIGGER orders__free_coupon
  AFTER UPDATE OF status ON public.orders
  FOR EACH ROW
  WHEN (((old.status IS DISTINCT FROM new.status) AND (('expired'::public.order_status = old.status) OR ('expired'::public.order_status = new.status))))
  EXECUTE FUNCTION private.tg_orders__free_coupon();

CREATE POLICY "Nobody reads the redemptions of coupons over the API" ON "private"."coupon_redemptions"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads coupons over the API" ON "private"."coupons"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."coupon_redemptions" IS 'Which order was made with which coupon. One that was never paid is freed, and counts no more.';

COMMENT ON TABLE "private"."coupons" IS 'Codes that take something off an order: a coach''s, who bears it, or ours. Made by make_coupon and admin.make_coupon.';

REVOKE ALL ON FUNCTION "admin"."make_coupon"(text, integer, integer, timestamp WITH time zone, timestamp WITH time zone, integer, integer, boolean, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."make_coupon"(text, integer, integer, timestamp WITH time zone, timestamp WITH time zone, integer, integer, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."make_coupon"(text, integer, integer, timestamp WITH time zone, timestamp WITH time zone, integer, integer, boolean, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."apply_coupon"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."apply_coupon"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."apply_coupon"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."coupon_code"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."coupon_code"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."coupon_code"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."has_paid_before"(public.orders, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."has_paid_before"(public.orders, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."has_paid_before"(public.orders, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."hold_times"(uuid, timestamp WITH time zone[], text, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."hold_times"(uuid, timestamp WITH time zone[], text, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."hold_times"(uuid, timestamp WITH time zone[], text, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."insert_coupon"(uuid, text, integer, integer, timestamp WITH time zone, timestamp WITH time zone, integer, integer, boolean, integer) FROM PUBLIC;

REVOKE ALL
  ON FUNCTION "private"."insert_coupon"(uuid, text, integer, integer, timestamp WITH time zone, timestamp WITH time zone, integer, integer, boolean, integer)
  FROM "postgres";

GRANT EXECUTE
  ON FUNCTION "private"."insert_coupon"(uuid, text, integer, integer, timestamp WITH time zone, timestamp WITH time zone, integer, integer, boolean, integer)
  TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_coupon"(text, public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_coupon"(text, public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_coupon"(text, public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_coupon_for"(private.coupons, public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_coupon_for"(private.coupons, public.orders) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_coupon_for"(private.coupons, public.orders) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_orders__free_coupon"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_orders__free_coupon"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_orders__free_coupon"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."buy_package"(uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."buy_package"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."buy_package"(uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coupon_list"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."coupon_list"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coupon_list"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."end_coupon"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."end_coupon"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."end_coupon"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_coupon"(text, integer, integer, date, integer, integer, boolean, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_coupon"(text, integer, integer, date, integer, integer, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_coupon"(text, integer, integer, date, integer, integer, boolean, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_series"(uuid, timestamp WITH time zone[], text, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."request_series"(uuid, timestamp WITH time zone[], text, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_series"(uuid, timestamp WITH time zone[], text, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."take_seat"(uuid, text, text, boolean, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."take_seat"(uuid, text, text, boolean, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."take_seat"(uuid, text, text, boolean, text) TO "postgres";

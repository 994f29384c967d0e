/*
 * What the tests share: people by name, and what they do to each other in one line.
 *
 *   select tests.create_profile('dana');
 *   select tests.create_coach('maria');
 *   select tests.create_offer('strategy hour', coach => 'maria');
 *   select tests.book('first session', client => 'dana', offer => 'strategy hour');
 *   select tests.sign_in_as('dana');
 *
 * Fixtures are made as an admin (the role a file begins with), by the functions that the
 * product uses wherever there is one, and found again by tests.id('first session').
 * now() stands still in a transaction, so time passes by moving rows: tests.move_booking.
 *
 * Run before the test files, once per database; a file's own changes are rolled back.
 */
create extension if not exists pgtap with schema extensions;

drop schema if exists tests cascade;
create schema tests;
grant usage on schema tests to anon, authenticated, service_role;

-- Our default privileges revoke execute from everyone, where pgTAP counts on it.
do $$
declare
  v_function regprocedure;
begin
  for v_function in
    select pg_proc.oid
    from pg_catalog.pg_depend
    join pg_catalog.pg_proc on pg_proc.oid = pg_depend.objid
    join pg_catalog.pg_extension on pg_extension.oid = pg_depend.refobjid and pg_extension.extname = 'pgtap'
    where pg_depend.classid = 'pg_proc'::regclass
      and pg_depend.deptype = 'e'
      and pg_proc.proowner = (select oid from pg_catalog.pg_roles where rolname = current_user)
  loop
    execute format('grant execute on routine %s to anon, authenticated, service_role', v_function);
  end loop;
end;
$$;

-- Stories tell of mails; what is told in the app besides has one of its own.
update public.notification_rules set is_enabled = false where channel = 'in_app';

create table tests.fixtures (name text primary key, id uuid not null);

/* -- who is asking ----------------------------------------------------------------------- */

/* From here on, as the Data API would ask for this person: their role and token. */
create function tests.sign_in_as(name text) returns void language sql as $$
  select set_config('role', 'authenticated', true),
    set_config('request.jwt.claims', json_build_object('sub', 'user_' || name, 'role', 'authenticated')::text, true);
$$;

/* From here on, as a visitor without a session. */
create function tests.sign_out() returns void language sql as $$
  select set_config('role', 'anon', true), set_config('request.jwt.claims', '{"role": "anon"}', true);
$$;

/* From here on, as a webhook or job with the secret key. */
create function tests.as_service() returns void language sql as $$
  select set_config('role', 'service_role', true), set_config('request.jwt.claims', '{"role": "service_role"}', true);
$$;

/* From here on, as an admin in Studio, and as the jobs that cron runs. */
create function tests.as_admin() returns void language sql as $$
  select set_config('role', 'postgres', true), set_config('request.jwt.claims', '', true);
$$;

/* -- fixtures by name -------------------------------------------------------------------- */

create function tests.remember(name text, id uuid) returns uuid language sql as $$
  insert into tests.fixtures values (name, id) returning id;
$$;

/* Security definer, like the lookups below: everyone in a story may name what is in it. */
create function tests.id(name text) returns uuid language plpgsql stable security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  select fixtures.id into v_id from tests.fixtures where fixtures.name = id.name;
  if v_id is null then
    raise exception 'There is no fixture %.', id.name;
  end if;
  return v_id;
end;
$$;

create function tests.coach_id(name text) returns uuid language sql stable security definer set search_path = '' as $$
  select coaches.id from public.coaches where coaches.profile_id = tests.id(coach_id.name);
$$;

create function tests.order_id(booking text) returns uuid language sql stable security definer set search_path = '' as $$
  select bookings.order_id from public.bookings where bookings.id = tests.id(order_id.booking);
$$;

create function tests.meeting_id(booking text) returns uuid language sql stable security definer set search_path = '' as $$
  select meetings.id from public.meetings
  join public.bookings on bookings.occasion_id = meetings.occasion_id
  where bookings.id = tests.id(meeting_id.booking)
  order by meetings.status = 'cancelled', meetings.created_at desc
  limit 1;
$$;

create function tests.conversation_id(client text, coach text) returns uuid
language sql stable security definer set search_path = '' as $$
  select conversations.id
  from public.conversations
  where conversations.client_id = tests.id(conversation_id.client)
    and conversations.coach_id = tests.coach_id(conversation_id.coach);
$$;

/* Wall time in New York, where fixtures live, some days from today. */
create function tests.on_day(days integer, wall_time time default '10:00') returns timestamptz language sql stable as $$
  select ((now() at time zone 'America/New_York')::date + days + wall_time) at time zone 'America/New_York';
$$;

/* -- factories --------------------------------------------------------------------------- */

create function tests.create_profile(name text, kind public.profile_kind default 'realtor', is_onboarded boolean default true)
returns uuid
language plpgsql as $$
declare
  v_id uuid;
begin
  insert into public.profiles (clerk_user_id, kind, first_name, last_name, home_state, company, onboarded_at)
  values (
    'user_' || name,
    case when is_onboarded then kind end,
    case when is_onboarded then initcap(name) else '' end,
    case when is_onboarded then 'Example' else '' end,
    case when is_onboarded then 'TX' end,
    'Example Realty',
    case when is_onboarded then now() end
  )
  returning id into v_id;

  insert into public.profile_contacts (profile_id, email, source_updated_at)
  values (v_id, name || '@example.com', now() - interval '1 day');

  return tests.remember(name, v_id);
end;
$$;

/*
 * A practice that lacks nothing: open around the clock every day, so that every half hour can
 * be booked, with one offer of 60 minutes for $100 named '<name>'s hour'.
 */
create function tests.create_coach(name text, status public.coach_status default 'approved', time_zone text default 'America/New_York')
returns uuid
language plpgsql as $$
#variable_conflict use_variable
declare
  v_coach_id uuid;
begin
  if not exists (select from tests.fixtures where fixtures.name = create_coach.name) then
    perform tests.create_profile(name, 'coach');
  end if;

  insert into public.coaches (
    profile_id, slug, display_name, headline, bio, states, specialties, status, time_zone,
    cancellation_policy_id, applied_at, approved_at
  )
  select tests.id(create_coach.name), lower(create_coach.name), initcap(create_coach.name) || ' Example', 'Helps agents win listings', repeat('A long time in the business. ', 4),
    array['TX'], array['negotiation'], 'draft', create_coach.time_zone, cancellation_policies.id,
    case when create_coach.status <> 'draft' then now() end, case when create_coach.status = 'approved' then now() end
  from public.cancellation_policies
  where cancellation_policies.is_default
  returning coaches.id into v_coach_id;

  insert into public.availability_settings (coach_id, horizon_days) values (v_coach_id, 60);
  insert into public.weekly_hours (coach_id, weekday, starts_at, ends_at)
  select v_coach_id, weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;
  perform tests.create_offer(name || '''s hour', coach => name);

  update public.coaches set status = create_coach.status where coaches.id = v_coach_id and create_coach.status <> 'draft';
  return v_coach_id;
end;
$$;

create function tests.create_offer(name text, coach text, duration_minutes integer default 60, price_cents integer default 10000)
returns uuid
language sql as $$
  with made as (
    insert into public.offers (coach_id, title, duration_minutes, price_cents)
    values (tests.coach_id(coach), name, duration_minutes, price_cents)
    returning id
  )
  select tests.remember(name, made.id) from made;
$$;

create function tests.create_group_session(name text, coach text, seats integer default 3, duration_minutes integer default 90)
returns uuid
language sql as $$
  with made as (
    insert into public.offers (coach_id, kind, title, duration_minutes, price_cents, seats)
    values (tests.coach_id(coach), 'group_session', name, duration_minutes, 4000, seats)
    returning id
  )
  select tests.remember(name, made.id) from made;
$$;

/* A package of so many sessions of an hour, $80 each, booked at once. */
create function tests.create_package(
  name text, coach text, sessions integer default 4, session_cents integer default 8000, is_instant boolean default true
)
returns uuid
language sql as $$
  with made as (
    insert into public.offers (coach_id, kind, title, duration_minutes, price_cents, session_count, valid_months, is_instant)
    values (tests.coach_id(coach), 'package', name, 60, sessions * session_cents, sessions, 6, is_instant)
    returning id
  )
  select tests.remember(name, made.id) from made;
$$;

/* An order of a package, remembered by its name, and paid for unless it is to stay so. Leaves an admin behind. */
create function tests.buy_package(name text, client text, package text, is_paid boolean default true)
returns uuid
language plpgsql as $$
declare
  v_id uuid;
begin
  perform tests.sign_in_as(client);
  v_id := public.buy_package(tests.id(package));
  perform tests.as_admin();
  perform tests.remember(name, v_id);
  if is_paid then
    perform tests.pay_order(name);
  end if;
  return v_id;
end;
$$;

/*
 * A package that can be paid in so many parts, bought in parts, and the first paid unless it is to stay so.
 * The orders are remembered as '<name> 1', '<name> 2' and so on, the plan by its name. Leaves an admin behind.
 */
create function tests.buy_in_parts(name text, client text, package text, is_paid boolean default true, coupon text default '')
returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  v_first_id uuid;
  v_plan_id uuid;
begin
  perform tests.sign_in_as(client);
  v_first_id := public.buy_in_instalments(
    tests.id(package), (select terms.words_sha256 from public.instalment_offer_terms(tests.id(package)) as terms), coupon
  );
  perform tests.as_admin();
  select orders.plan_id into v_plan_id from public.orders where orders.id = v_first_id;
  perform tests.remember(buy_in_parts.name, v_plan_id);
  perform tests.remember(buy_in_parts.name || ' ' || orders.plan_position, orders.id)
  from public.orders where orders.plan_id = v_plan_id;
  if is_paid then
    perform tests.pay_order(buy_in_parts.name || ' 1');
  end if;
end;
$$;

/* A session booked with a credit of an order, as its client; at ten in New York on a day. Leaves an admin behind. */
create function tests.book_with_credit(name text, client text, order_name text, days integer default 3, wall_time time default '10:00')
returns uuid
language plpgsql as $$
declare
  v_id uuid;
begin
  perform tests.sign_in_as(client);
  v_id := public.request_booking_with_credit(tests.id(order_name), array[tests.on_day(days, wall_time)], 'America/Chicago');
  perform tests.as_admin();
  return tests.remember(name, v_id);
end;
$$;

/* A date of a group session, some days from today in New York. Leaves an admin behind. */
create function tests.schedule(name text, coach text, offer text, days integer default 7, wall_time time default '12:00')
returns uuid
language plpgsql as $$
declare
  v_id uuid;
begin
  perform tests.sign_in_as(coach);
  v_id := public.schedule_date(tests.id(offer), (now() at time zone 'America/New_York')::date + days, wall_time);
  perform tests.as_admin();
  return tests.remember(name, v_id);
end;
$$;

/* A seat at a date, held, and paid for unless it is to stay so. Leaves an admin behind. */
create function tests.take_seat(name text, client text, date text, is_paid boolean default true, is_name_shown boolean default false)
returns uuid
language plpgsql as $$
declare
  v_id uuid;
begin
  perform tests.sign_in_as(client);
  v_id := public.take_seat(tests.id(date), 'America/Chicago', '', is_name_shown);
  perform tests.as_admin();
  perform tests.remember(name, v_id);
  if is_paid then
    perform tests.pay(name);
  end if;
  return v_id;
end;
$$;

/*
 * A booking in any state, paid through a Stripe event where it must be. Without a start it is
 * in three days, and two days ago if completed. Any time will do: hours are not looked at.
 */
create function tests.book(
  name text,
  client text,
  offer text,
  starts_at timestamptz default null,
  status public.booking_status default 'confirmed'
)
returns uuid
language plpgsql as $$
#variable_conflict use_variable
declare
  v_offer public.offers;
  v_starts_at timestamptz := coalesce(starts_at, now() + case when status = 'completed' then interval '-2 days' else interval '3 days' end);
  v_id uuid;
begin
  select * into v_offer from public.offers where offers.id = tests.id(offer);

  -- Paid ahead of time and then moved to its place, which may be in the past.
  insert into public.bookings (order_id, offer_id, coach_id, client_id, starts_at, ends_at, client_time_zone, hold_expires_at)
  select private.create_order(v_offer, tests.id(client)), v_offer.id, v_offer.coach_id, tests.id(client),
    far, far + make_interval(mins => v_offer.duration_minutes), 'America/Chicago', now() + interval '15 minutes'
  from (select now() + make_interval(days => 1000 + (select count(*)::integer from tests.fixtures)) as far) as later
  returning bookings.id into v_id;
  perform tests.remember(name, v_id);

  if status in ('confirmed', 'completed', 'cancelled') then
    perform tests.pay(name);
  end if;
  perform tests.move_booking(name, v_starts_at);

  if status = 'completed' then
    perform private.complete_bookings();
  elsif status = 'cancelled' then
    perform private.move_booking(v_id, '{confirmed}', 'cancelled', 'client');
    perform private.cancel_meeting(v_id);
  elsif status = 'expired' then
    perform private.lapse_hold(tests.order_id(name), 'system');
  end if;

  return v_id;
end;
$$;

/*
 * A series of an offer, held by its client and paid for when it is to be confirmed. Its sessions
 * are remembered as '<name> 1', '<name> 2' and so on.
 */
create function tests.book_series(
  name text,
  client text,
  offer text,
  starts timestamptz[],
  status public.booking_status default 'confirmed'
)
returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  v_first_id uuid;
begin
  perform tests.sign_in_as(client);
  v_first_id := public.request_series(tests.id(offer), starts, 'America/Chicago');
  perform tests.as_admin();

  perform tests.remember(book_series.name || ' ' || bookings.position, bookings.id)
  from public.bookings
  where bookings.order_id = (select first.order_id from public.bookings as first where first.id = v_first_id);

  if status = 'confirmed' then
    perform tests.pay(book_series.name || ' 1');
  end if;
end;
$$;

/* The event with which Stripe says that an order's checkout is paid. */
create function tests.order_completed(order_id uuid, event_id text default null) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'id', coalesce(event_id, 'evt_checkout_' || orders.id),
    'type', 'checkout.session.completed',
    'data', jsonb_build_object('object', jsonb_build_object(
      'id', 'cs_' || orders.id,
      'payment_status', 'paid',
      'payment_intent', 'pi_' || orders.id,
      'amount_total', orders.amount_cents,
      'currency', 'usd',
      'metadata', jsonb_build_object('order_id', orders.id)
    ))
  )
  from public.orders
  where orders.id = order_completed.order_id;
$$;

/* The same for a booking's order. */
create function tests.checkout_completed(booking text, event_id text default null) returns jsonb
language sql stable security definer set search_path = '' as $$
  select tests.order_completed(tests.order_id(booking), event_id);
$$;

/* The event of a booking's checkout with which `tax_cents` came on top of the price. */
create function tests.taxed_checkout(booking text, tax_cents integer) returns jsonb language sql stable as $$
  select tests.checkout_completed(taxed_checkout.booking, 'evt_' || gen_random_uuid()) || jsonb_build_object('data', jsonb_build_object('object',
    checkout.page || jsonb_build_object(
      'amount_total', (checkout.page ->> 'amount_total')::integer + taxed_checkout.tax_cents,
      'total_details', jsonb_build_object('amount_tax', taxed_checkout.tax_cents)
    )
  ))
  from (select tests.checkout_completed(taxed_checkout.booking) -> 'data' -> 'object' as page) as checkout;
$$;

create function tests.pay_order(name text) returns boolean language sql as $$
  select public.apply_stripe_event(tests.order_completed(tests.id(name)));
$$;

create function tests.pay(booking text) returns boolean language sql as $$
  select public.apply_stripe_event(tests.checkout_completed(booking));
$$;

/* A Zoom user of our account who can host. Without any, meetings wait. */
create function tests.create_host(zoom_user_id text) returns void language sql as $$
  insert into private.meeting_hosts (zoom_user_id, email) values (zoom_user_id, zoom_user_id || '@example.com');
$$;

/* What Zoom answers when it has made the meeting of a booking. */
create function tests.open_meeting(booking text) returns void language sql as $$
  select private.record_meeting(
    tests.meeting_id(booking),
    jsonb_build_object(
      'zoom_meeting_id', 'zoom ' || booking, 'join_url', 'https://zoom.example/j/' || tests.meeting_id(booking), 'is_recorded', false
    )
  );
$$;

/* -- time passes ------------------------------------------------------------------------- */

/* A booking and its meeting at another time, as long as before. */
create function tests.move_booking(name text, starts_at timestamptz) returns void language sql as $$
  update public.meetings
  set starts_at = move_booking.starts_at, ends_at = move_booking.starts_at + (meetings.ends_at - meetings.starts_at)
  where meetings.booking_id = tests.id(name);

  update public.bookings
  set starts_at = move_booking.starts_at, ends_at = move_booking.starts_at + (bookings.ends_at - bookings.starts_at)
  where bookings.id = tests.id(name);
$$;

/* A date, its seats and its meeting at another time, as long as before. */
create function tests.move_date(name text, starts_at timestamptz) returns void language sql as $$
  update public.group_dates
  set starts_at = move_date.starts_at, ends_at = move_date.starts_at + (group_dates.ends_at - group_dates.starts_at)
  where group_dates.id = tests.id(name);

  update public.meetings
  set starts_at = move_date.starts_at, ends_at = move_date.starts_at + (meetings.ends_at - meetings.starts_at)
  where meetings.group_date_id = tests.id(name);

  update public.bookings
  set starts_at = move_date.starts_at, ends_at = move_date.starts_at + (bookings.ends_at - bookings.starts_at)
  where bookings.group_date_id = tests.id(name);
$$;

/* A hold whose minutes are over. */
create function tests.let_hold_run_out(booking text) returns void language sql as $$
  update public.bookings set hold_expires_at = now() where bookings.id = tests.id(booking);
$$;

/* -- what is said -------------------------------------------------------------------------- */

create function tests.is_coach_of(booking text) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.bookings
    where bookings.id = tests.id(is_coach_of.booking) and bookings.coach_id = private.current_coach_id()
  );
$$;

/* The asker, client or coach, reviews a session with as many stars for each question. */
create function tests.review(booking text, stars integer default 5, body text default 'Clear, kind and to the point.', note text default '')
returns uuid language sql as $$
  select case
    when tests.is_coach_of(booking) then public.review_client(tests.id(booking), stars, stars, stars, body, note)
    else public.review_coach(tests.id(booking), stars, stars, stars, body, note)
  end;
$$;

/* The same by name, and its id for an admin, who is left behind. */
create function tests.review_as(name text, booking text, stars integer default 5) returns uuid language plpgsql as $$
declare
  v_id uuid;
begin
  perform tests.sign_in_as(name);
  v_id := tests.review(booking, stars);
  perform tests.as_admin();
  return v_id;
end;
$$;

/* The time in which a session could be reviewed is over. */
create function tests.let_reviews_run_out(booking text) returns void language sql as $$
  select tests.move_booking(booking, now() - interval '7 days' - (bookings.ends_at - bookings.starts_at))
  from public.bookings where bookings.id = tests.id(booking);
  select private.publish_due_reviews();
$$;

/* A review, and all that came of it, so many days ago. */
create function tests.age_reviews(days integer) returns void language sql as $$
  update public.reviews
  set created_at = reviews.created_at - make_interval(days => days),
      published_at = reviews.published_at - make_interval(days => days),
      replied_at = reviews.replied_at - make_interval(days => days);
$$;

/* -- money moves ------------------------------------------------------------------------- */

/* What became known of who came to a session that is over; settled if so said. */
create function tests.know_who_came(booking text, outcome public.attendance_outcome default 'held', is_settled boolean default true)
returns void language sql as $$
  insert into public.attendance_decisions (booking_id, outcome, sentence, objection_ends_at, settled_at, settled_outcome)
  values (
    tests.id(booking), know_who_came.outcome, 'As it was.', now() + case when know_who_came.is_settled then interval '0' else interval '1 day' end,
    case when know_who_came.is_settled then now() end, case when know_who_came.is_settled then know_who_came.outcome end
  );
$$;

/* Books a session, has it held more than two days ago and releases what it brought. Leaves an admin behind. */
create function tests.earn(name text, client text, offer text) returns void language plpgsql as $$
begin
  perform tests.book(earn.name, client, offer, starts_at => now() - interval '50 hours', status => 'completed');
  perform tests.know_who_came(earn.name);
  perform private.release_earnings();
end;
$$;

/* A coach whom Stripe pays, or whose account stands otherwise. */
create function tests.open_payouts(coach text, status public.payout_account_status default 'active') returns void language sql as $$
  insert into public.payout_accounts (coach_id, stripe_account_id, status)
  values (tests.coach_id(coach), 'acct_' || coach, open_payouts.status)
  on conflict (coach_id) do update set status = excluded.status;
$$;

/* A transfer as Stripe has it, with what was taken back of it: amounts by our reversal's id, or by any other text. */
create function tests.stripe_transfer(transfer_id uuid, reversals jsonb default '{}') returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', 'tr_' || transfers.id, 'amount', transfers.amount_cents, 'metadata', jsonb_build_object('transfer_id', transfers.id),
    'reversals', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', 'trr_' || reversal.key, 'amount', reversal.value::integer, 'metadata', jsonb_build_object('reversal_id', reversal.key)
      ))
      from jsonb_each_text(reversals) as reversal
    ), '[]')
  )
  from public.transfers where transfers.id = stripe_transfer.transfer_id;
$$;

/* Stripe makes every transfer that it was asked for. */
create function tests.make_transfers() returns void language sql as $$
  select private.record_transfer(transfers.id, jsonb_build_object('transfer', tests.stripe_transfer(transfers.id)))
  from public.transfers where transfers.status = 'requested';
$$;

/* Stripe takes back what it was asked for; `cents` of each at most. */
create function tests.make_reversals(cents integer default null) returns void language sql as $$
  select private.record_reversal(
    reversal.id,
    jsonb_build_object('transfer', tests.stripe_transfer(
      reversal.transfer_id,
      case when made.cents > 0 then jsonb_build_object(reversal.id::text, made.cents) else '{}' end
    )) || case when made.cents = 0 then '{"refused": "balance_insufficient"}' else '{}' end::jsonb
  )
  from public.transfer_reversals as reversal
  cross join lateral (select least(reversal.amount_cents, make_reversals.cents) as cents) as made
  where reversal.status = 'requested';
$$;

/* -- what a role may not do ---------------------------------------------------------------- */

/* Three tests: whoever asks now can neither add, change nor remove rows of a table. */
create function tests.refuses_writes(target regclass) returns setof text language plpgsql as $$
declare
  v_who text := current_user;
  v_column name := (select attname from pg_catalog.pg_attribute where attrelid = target and attnum = 1);
begin
  return next extensions.throws_ok(format('insert into %s default values', target), '42501', null, format('%s cannot insert into %s', v_who, target));
  return next extensions.throws_ok(format('update %s set %I = %I', target, v_column, v_column), '42501', null, format('%s cannot update %s', v_who, target));
  return next extensions.throws_ok(format('delete from %s', target), '42501', null, format('%s cannot delete from %s', v_who, target));
end;
$$;

/* One test per column: whoever asks now cannot read it. */
create function tests.refuses_columns(target regclass, variadic columns text[]) returns setof text language plpgsql as $$
declare
  v_column text;
begin
  foreach v_column in array columns loop
    return next extensions.throws_ok(
      format('select %I from %s', v_column, target), '42501', null, format('%s cannot read %s.%s', current_user, target, v_column)
    );
  end loop;
end;
$$;

/* One test: whoever asks now may not even ask. */
create function tests.refuses_reads(target regclass) returns setof text language sql as $$
  select extensions.throws_ok(format('select from %s', target), '42501', null, format('%s cannot read %s', current_user, target));
$$;

/* -- a calendar elsewhere ---------------------------------------------------------------- */

/* Connects somebody's Calendly account, as the site does once they allowed it, and reads it. */
create function tests.connect_calendly(name text, account text default null, access_token text default null, is_synced boolean default true)
returns void
language plpgsql as $$
#variable_conflict use_variable
begin
  perform public.connect_calendly(
    profile_id => tests.id(connect_calendly.name),
    user_uri => 'https://api.calendly.test/users/' || coalesce(account, name),
    organization_uri => 'https://api.calendly.test/organizations/' || coalesce(account, name),
    account_name => initcap(name) || ' at Calendly',
    scheduling_url => 'https://calendly.test/' || name,
    access_token => coalesce(access_token, 'access ' || name),
    refresh_token => 'refresh ' || name,
    expires_in => 7200
  );
  if is_synced then
    perform public.record_calendly_sync(tests.coach_id(connect_calendly.name), tests.calendar_of(coalesce(account, name)));
  end if;
end;
$$;

/* What a sync reads: two event types, and an hour that is busy, if one is given. */
create function tests.calendar_of(account text, busy_at timestamptz default null) returns jsonb language sql as $$
  select jsonb_build_object(
    'user_uri', 'https://api.calendly.test/users/' || account,
    'read_at', clock_timestamp(),
    'plan', 'paid',
    'webhook_uri', null,
    'event_types', jsonb_build_array(
      jsonb_build_object('uri', 'https://api.calendly.test/event_types/' || account || '-hour', 'name', 'Hour', 'duration_minutes', 60,
        'location_kinds', jsonb_build_array('ask_invitee'), 'scheduling_url', 'https://calendly.test/' || account || '/hour', 'is_active', true),
      jsonb_build_object('uri', 'https://api.calendly.test/event_types/' || account || '-half', 'name', 'Half an hour', 'duration_minutes', 30,
        'location_kinds', jsonb_build_array('ask_invitee'), 'scheduling_url', 'https://calendly.test/' || account || '/half', 'is_active', true)
    ),
    'busy_times', case when busy_at is null then '[]' else jsonb_build_array(
      jsonb_build_object('id', 'external', 'starts_at', busy_at, 'ends_at', busy_at + interval '1 hour')) end
  );
$$;

grant execute on all functions in schema tests to anon, authenticated, service_role;

-- `supabase test db` runs this file as a test.
select extensions.plan(1);
select extensions.pass('the helpers are installed');
select * from extensions.finish();

/* -- memberships ------------------------------------------------------------------------------ */

/* A membership on sale, with a price at Stripe that is named as it is. */
create function tests.create_membership_offer(
  name text,
  coach text,
  price_cents integer default 20000,
  sessions_a_month integer default 2,
  trial_days integer default 0,
  billing_interval public.billing_interval default 'month'
)
returns uuid
language sql as $$
  with made as (
    insert into public.offers (coach_id, kind, title, duration_minutes, price_cents, billing_interval, sessions_a_month, trial_days)
    values (tests.coach_id(coach), 'membership', name, 60, price_cents, billing_interval, sessions_a_month, trial_days)
    returning id
  ),
  priced as (
    insert into private.stripe_prices (offer_id, stripe_price_id) select made.id, 'price ' || name from made
  )
  select tests.remember(name, made.id) from made;
$$;

/* A client agrees and begins; not paid for yet. Leaves an admin behind. */
create function tests.begin_membership(name text, client text, offer text) returns uuid language plpgsql as $$
declare
  v_id uuid;
begin
  perform tests.sign_in_as(client);
  select public.begin_membership(tests.id(offer), terms.words_sha256) into v_id
  from public.membership_offer_terms(tests.id(offer)) as terms;
  perform tests.as_admin();
  return tests.remember(name, v_id);
end;
$$;

/*
 * An event with a membership as Stripe has it: a subscription named '<name> subscription' in its
 * `month` (0 the first), on the offer that the membership is of, and one paid invoice for it.
 */
create function tests.membership_event(
  membership text,
  month integer default 0,
  subscription jsonb default '{}',
  invoice jsonb default '{}',
  read_at timestamptz default clock_timestamp(),
  event_id text default gen_random_uuid()::text
)
returns jsonb
language sql volatile security definer set search_path = '' as $$
  select jsonb_build_object(
    'id', event_id, 'type', 'invoice.paid', 'data', '{"object": {}}'::jsonb,
    'membership', jsonb_build_object(
      'read_at', membership_event.read_at,
      'subscription', jsonb_build_object(
        'id', membership || ' subscription', 'membership_id', memberships.id, 'status', 'active',
        'is_paused', false, 'is_ending', false, 'item_id', 'item', 'price_id', 'price ' || offers.title,
        'period_starts_at', period.starts_at, 'period_ends_at', period.ends_at, 'trial_ends_at', null, 'ended_at', null
      ) || membership_event.subscription,
      'invoices', jsonb_build_array(jsonb_build_object(
        'id', format('%s invoice %s', membership, month), 'membership_id', memberships.id,
        'subscription_id', membership || ' subscription', 'status', 'paid', 'amount_paid', offers.price_cents,
        'currency', 'usd', 'is_first', month = 0, 'is_period', true, 'has_proration', false,
        'price_id', 'price ' || offers.title, 'period_starts_at', period.starts_at, 'period_ends_at', period.ends_at,
        'payment_intent_id', format('pi %s %s', membership, month), 'paid_at', now(), 'created_at', now(),
        'number', format('LOCAL-%s', month), 'hosted_invoice_url', 'https://stripe.example/i', 'invoice_pdf', 'https://stripe.example/i/pdf'
      ) || membership_event.invoice)
    )
  )
  from public.memberships
  join public.offers on offers.id = memberships.offer_id
  cross join lateral (
    select now() + make_interval(months => month) as starts_at,
      now() + case offers.billing_interval when 'month' then make_interval(months => month + 1) else make_interval(years => month + 1) end as ends_at
  ) as period
  where memberships.id = tests.id(membership);
$$;

/* A membership that is paid for: begun, and told by Stripe. */
create function tests.subscribe(name text, client text, offer text) returns boolean language sql as $$
  select tests.begin_membership(name, client, offer);
  select public.apply_stripe_event(tests.membership_event(name));
$$;
grant execute on function tests.membership_event to service_role;

/*
 * Who sees and writes what of money, over all its tables and functions: Dana has bought of everything
 * from Maria, Omar likewise from Lena, Zoe nothing. Nobody but functions writes, no party sees what is
 * the other's alone, and nobody else sees anything.
 */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

/* A session of a membership to which its client did not come, and whose fee could not be charged. */
create function tests.missed(membership text) returns uuid language plpgsql as $$
declare
  v_booking public.bookings;
begin
  insert into public.bookings (order_id, coach_id, client_id, offer_id, starts_at, ends_at, status, client_time_zone, confirmed_at)
  select orders.id, orders.coach_id, orders.client_id, orders.offer_id, now() - interval '9 days', now() - interval '9 days' + interval '1 hour', 'no_show_client', 'UTC', now() - interval '10 days'
  from public.orders where orders.membership_id = tests.id(membership)
  returning * into v_booking;
  update public.orders set no_show_fee_cents = 2500 where orders.id = v_booking.order_id;
  perform private.make_no_show_fee(v_booking);
  insert into private.card_charges (order_id, attempt, outcome, settled_at)
  select no_show_fees.order_id, 1, 'declined', now() from private.no_show_fees where no_show_fees.booking_id = v_booking.id;
  return v_booking.id;
end;
$$;

/* Everything that one client has with one coach. */
create function tests.deal(client text, coach text) returns void language plpgsql as $$
declare
  v_id uuid;
begin
  perform tests.open_payouts(coach);
  insert into private.stripe_customers values (tests.id(client), 'cus_' || client);
  perform tests.earn(client || ' earned', client, coach || '''s hour');
  perform private.send_transfers();
  perform tests.make_transfers();
  v_id := tests.id(client || ' earned');
  perform private.request_refund(bookings, 1000, 'admin_cancelled') from public.bookings where id = v_id;
  perform private.record_stripe_payout('acct_' || coach, jsonb_build_object('id', 'po_' || coach, 'status', 'paid', 'amount', 8500, 'arrival_date', 1800000000, 'created', 1800000000));
  perform tests.book(client || ' ahead', client, coach || '''s hour', starts_at => tests.on_day(9));
  perform tests.book(client || ' holds', client, coach || '''s hour', starts_at => tests.on_day(12), status => 'held');
  perform private.record_dispute(jsonb_build_object(
    'id', 'dp_' || client, 'status', 'needs_response', 'reason', 'general', 'amount', 10000, 'created', 1700000000,
    'payment_intent', 'pi_' || tests.order_id(client || ' ahead'), 'balance_transactions', '[]'::jsonb, 'evidence_details', '{"due_by": 1900000000}'::jsonb
  ));
  perform tests.create_package(coach || '''s package', coach);
  perform tests.buy_package(client || '''s package', client, coach || '''s package');
  perform tests.create_package(coach || '''s parts', coach);
  v_id := tests.id(coach || '''s parts');
  update public.offers set instalments = 2 where offers.id = v_id;
  perform tests.buy_in_parts(client || '''s parts', client, coach || '''s parts');
  v_id := tests.id(client || '''s parts 2');
  insert into private.card_charges (order_id, attempt) values (v_id, 1);
  perform tests.create_membership_offer(coach || '''s months', coach);
  perform tests.create_membership_offer(coach || '''s other months', coach);
  perform tests.subscribe(client || '''s months', client, coach || '''s months');
  perform tests.remember(client || ' missed', tests.missed(client || '''s months'));
  perform tests.sign_in_as(client);
  perform public.pause_membership(tests.id(client || '''s months'));
  perform tests.sign_in_as(coach);
  perform public.make_coupon('TEN', 10);
  perform tests.as_admin();
  v_id := tests.coach_id(coach);
  perform tests.remember(coach || '''s coupon', coupons.id) from private.coupons where coupons.coach_id = v_id;
  insert into private.coupon_redemptions (order_id, coupon_id, client_id)
  values (tests.order_id(client || ' ahead'), tests.id(coach || '''s coupon'), tests.id(client));
end;
$$;
select tests.deal('dana', 'maria');
select tests.deal('omar', 'lena');
select tests.create_coach(name) from unnest(array['nina', 'olga']) as name; -- Who sell Dana two memberships, and nothing else.
select tests.create_membership_offer(name || '''s months', name) from unnest(array['nina', 'olga']) as name;
select tests.begin_membership('dana begins', 'dana', 'nina''s months');
select tests.subscribe('dana goes on', 'dana', 'olga''s months');
insert into private.balance_transactions (id, type, amount_cents, fee_cents, net_cents, reporting_category, created_at) values ('txn_1', 'charge', 1, 0, 1, 'charge', now());
insert into private.balance_readings (covers_until_at, transactions_cents) values (now(), 1);

/* -- columns ----------------------------------------------------------------------------------------- */

create temp table money (target regclass primary key, readable text[]);
insert into money values
  ('public.orders', array['id', 'client_id', 'coach_id', 'offer_id', 'status', 'session_count', 'amount_cents', 'discount_cents', 'discount_bearer', 'fee_cents',
    'credits_end_at', 'credits_end_reason', 'currency', 'full_refund_minutes', 'partial_refund_minutes', 'partial_refund_percent', 'client_move_minutes',
    'client_moves', 'coach_move_minutes', 'no_show_fee_cents', 'paid_at', 'membership_id', 'period_starts_at', 'period_ends_at', 'plan_id', 'plan_position', 'due_at', 'created_at']),
  ('public.payment_plans', array['id', 'client_id', 'coach_id', 'offer_id', 'instalments', 'status', 'ended_at', 'ended_reason', 'created_at']),
  ('public.payments', array['id', 'order_id', 'status', 'amount_cents', 'currency', 'failure_code', 'receipt_url', 'invoice_number', 'invoice_url', 'invoice_pdf_url', 'created_at']),
  ('public.refunds', array['id', 'order_id', 'booking_id', 'reason', 'status', 'amount_cents', 'created_at', 'settled_at']),
  ('public.credit_entries', array['id', 'order_id', 'booking_id', 'kind', 'sessions', 'created_at']),
  ('public.earnings', array['id', 'order_id', 'booking_id', 'coach_id', 'price_cents', 'kept_cents', 'fee_cents', 'share_cents', 'subsidy_cents', 'adjustments', 'released_at']),
  ('public.transfers', array['id', 'earning_id', 'coach_id', 'amount_cents', 'netted_cents', 'status', 'created_at', 'settled_at']),
  ('public.transfer_reversals', array['id', 'transfer_id', 'why', 'amount_cents', 'reversed_cents', 'status', 'created_at', 'settled_at']),
  ('public.payouts', array['id', 'coach_id', 'status', 'amount_cents', 'arrives_on', 'failure_code', 'created_at']),
  ('public.payout_accounts', array['coach_id', 'stripe_account_id', 'status', 'currently_due', 'bank_name', 'bank_last4', 'updated_at']),
  ('public.disputes', array['id', 'order_id', 'status', 'reason', 'lost_cents', 'evidence_due_at', 'evidence_sent_at', 'opened_at', 'closed_at']),
  ('public.memberships', array['id', 'client_id', 'coach_id', 'offer_id', 'status', 'trial_days', 'period_starts_at', 'period_ends_at', 'trial_ends_at', 'is_ending', 'ended_at', 'created_at']),
  ('public.membership_consents', array['id', 'membership_id', 'offer_id', 'version', 'words', 'words_sha256', 'no_show_fee_cents', 'agreed_at']),
  ('private.card_charges', '{}'), ('private.no_show_fees', '{}'), ('private.coupons', '{}'), ('private.coupon_redemptions', '{}'), ('private.ledger_journals', '{}'), ('private.ledger_entries', '{}'),
  ('private.balance_transactions', '{}'), ('private.balance_readings', '{}'), ('private.stripe_customers', '{}'), ('private.stripe_prices', '{}'),
  ('private.refund_replacements', '{}');
grant select on money to anon, authenticated, service_role;

select is_empty(
  $$ select attrelid::regclass, attname, role
     from pg_catalog.pg_attribute
     join money on money.target = attrelid
     cross join unnest(array['anon', 'authenticated', 'service_role']) as role
     where attnum > 0 and not attisdropped
       and has_column_privilege(role, attrelid, attname, 'select') <> (role = 'authenticated' and attname = any (readable)) $$,
  'who signed in reads these columns and no others; visitors and the service key read none'
);
select is_empty(
  $$ select target, role, may from money cross join unnest(array['anon', 'authenticated', 'service_role']) as role
     cross join unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as may
     where has_table_privilege(role, target, may) or may in ('insert', 'update') and has_any_column_privilege(role, target, may) $$,
  'nobody may write'
);

/* -- rows -------------------------------------------------------------------------------------------- */

/* Whose rows of a table the asker sees, by the client and coach of its orders. */
create function tests.sees() returns table (rows_of text, whose text) language plpgsql as $$
declare
  v_source record;
begin
  for v_source in
    select * from (values
      ('orders', 'id', 'order'), ('payments', 'order_id', 'order'), ('refunds', 'order_id', 'order'), ('credit_entries', 'order_id', 'order'),
      ('disputes', 'order_id', 'order'), ('earnings', 'coach_id', 'coach'), ('transfers', 'coach_id', 'coach'),
      ('transfer_reversals', 'transfer_id', 'transfer'), ('payouts', 'coach_id', 'coach'), ('payout_accounts', 'coach_id', 'coach'),
      ('payment_plans', 'id', 'plan'), ('memberships', 'id', 'membership'), ('membership_consents', 'membership_id', 'membership')
    ) as sources (source, key, of)
  loop
    return query execute format('select distinct %L, tests.client_of(%L, %I) from public.%I', v_source.source, v_source.of, v_source.key, v_source.source);
  end loop;
end;
$$;
create function tests.client_of(what text, id uuid) returns text language sql stable security definer as $$
  select fixtures.name from tests.fixtures
  where fixtures.id = case what
    when 'order' then (select client_id from public.orders where orders.id = client_of.id)
    when 'membership' then (select client_id from public.memberships where memberships.id = client_of.id)
    when 'plan' then (select client_id from public.payment_plans where payment_plans.id = client_of.id)
    when 'coach' then (select min(client_id::text)::uuid from public.orders where orders.coach_id = client_of.id)
    when 'transfer' then (select min(client_id::text)::uuid from public.orders join public.transfers on transfers.coach_id = orders.coach_id where transfers.id = client_of.id)
  end;
$$;
grant execute on function tests.sees, tests.client_of to anon, authenticated, service_role;

select tests.sign_in_as('dana');
select results_eq('select * from tests.sees() order by 1, 2', $$ values
  ('credit_entries', 'dana'), ('membership_consents', 'dana'), ('memberships', 'dana'), ('orders', 'dana'), ('payment_plans', 'dana'), ('payments', 'dana'), ('refunds', 'dana') $$,
  'a client sees what they bought, and nothing of what their coach earned');
select tests.sign_in_as('maria');
select results_eq('select * from tests.sees() order by 1, 2', $$ values
  ('credit_entries', 'dana'), ('disputes', 'dana'), ('earnings', 'dana'), ('memberships', 'dana'), ('orders', 'dana'), ('payment_plans', 'dana'), ('payout_accounts', 'dana'),
  ('payouts', 'dana'), ('refunds', 'dana'), ('transfer_reversals', 'dana'), ('transfers', 'dana') $$,
  'a coach sees what they sold and earned: no cards, no consents, nothing of another coach');
select tests.sign_in_as('zoe');
select is_empty('select * from tests.sees()', 'a stranger sees nothing');

select tests.sign_in_as('maria');
select tests.refuses_writes(target) from money;
select tests.refuses_reads(target) from money where readable = '{}';
select tests.refuses_columns(target, variadic array_agg(attname::text))
from money
join pg_catalog.pg_attribute on attrelid = target and attnum > 0 and not attisdropped and attname <> all (readable)
where readable <> '{}'
group by target;
select tests.as_service();
select tests.refuses_writes(target) from money;
select tests.refuses_reads(target) from money;
select tests.sign_out();
select tests.refuses_writes(target) from money;
select tests.refuses_reads(target) from money;
select tests.as_admin();

/* -- functions --------------------------------------------------------------------------------------- */

/* Who gets rows from a call, and who is refused and how; not those who get nothing. Takes back what it does. */
create function tests.who_gets(call text) returns text language plpgsql as $$
declare
  v_persona text;
  v_got text;
  v_all text[] := '{}';
begin
  foreach v_persona in array array['dana', 'maria', 'omar', 'lena', 'zoe', 'service', 'visitor'] loop
    begin
      case v_persona
        when 'service' then perform tests.as_service();
        when 'visitor' then perform tests.sign_out();
        else perform tests.sign_in_as(v_persona);
      end case;
      -- A row of nothing is nothing.
      execute format('select count(*) > 0 from public.%s as got where got::text !~ ''^(\(?[0,]+\)?)$''', call) into v_got;
      raise exception 'Enough.' using errcode = 'ZZZZZ';
    exception
      when sqlstate 'ZZZZZ' then
        if v_got::boolean then v_all := v_all || v_persona; end if;
      when others then
        v_all := v_all || (v_persona || ' ' || sqlstate);
    end;
    perform tests.as_admin();
  end loop;
  return array_to_string(v_all, ', ');
end;
$$;

create temp table calls (call text, who text);
-- What is about one order, and what is about the asker: Zoe has nothing, and those of the other deal get nothing.
insert into calls values
  (format('checkout_details(%L)', tests.id('dana holds')), 'dana'),
  (format('refund_quote(%L)', tests.id('dana ahead')), 'dana, maria'),
  (format('following_refund_quotes(%L)', tests.id('dana ahead')), 'dana, maria'),
  (format('asked_sessions(%L)', tests.id('dana ahead')), 'maria'),
  (format('session_details(%L)', tests.id('dana ahead')), 'dana, maria'),
  (format('session_refunds(%L)', tests.id('dana earned')), 'dana, maria'),
  (format('conversation_events(%L)', tests.conversation_id('dana', 'maria')), 'dana, maria'),
  (format('package_details(%L)', tests.id('dana''s package')), 'dana'),
  (format('plan_details(%L)', tests.id('dana''s parts 2')), 'dana'),
  (format('plan_parts(%L)', tests.id('dana''s parts 2')), 'dana'),
  (format('stop_plan(%L)', tests.id('dana''s parts')), 'dana, maria QPNFD, omar QPNFD, lena QPNFD, zoe QPNFD'),
  (format('no_show_fee_details(%L)', tests.id('dana missed')), 'dana, maria'),
  (format('no_show_fee_terms((select order_id from public.bookings where id = %L))', tests.id('dana missed')), 'dana'),
  (format('no_show_fee_checkout(%L)', tests.id('dana missed')), 'dana'),
  (format('package_history(%L)', tests.id('dana''s package')), 'dana, maria'),
  (format('credit_slots(%L, now(), now() + interval ''7 days'')', tests.id('dana''s package')), 'dana'),
  (format('sold_packages(array[%L]::uuid[])', tests.id('dana')), 'maria'),
  (format('sold_packages(null, %L)', tests.id('dana''s package')), 'maria'),
  (format('membership_list(%L)', tests.id('dana''s months')), 'dana'),
  (format('membership_checkout(%L)', tests.id('dana begins')), 'dana'),
  (format('membership_decision(%L)', tests.id('dana''s months')), 'dana'),
  (format('membership_plans(%L)', tests.id('dana''s months')), 'dana'),
  (format('membership_begun(%L)', tests.id('dana''s months')), 'dana'),
  (format('end_package(%L, 32000)', tests.id('dana''s package')), 'dana OKNFD, maria, omar OKNFD, lena OKNFD, zoe OKNFD'),
  (format('end_coupon(%L)', tests.id('maria''s coupon')), 'dana QCGON, maria, omar QCGON, lena QCGON, zoe QCGON'),
  (format('cancel_booking(%L, 10000)', tests.id('dana ahead')), 'dana, maria, omar OBNFD, lena OBNFD, zoe OBNFD'),
  (format('resume_membership(%L)', tests.id('dana''s months')), 'dana, maria MBNFD, omar MBNFD, lena MBNFD, zoe MBNFD'),
  (format('pause_membership(%L)', tests.id('dana goes on')), 'dana, maria MBNFD, omar MBNFD, lena MBNFD, zoe MBNFD'),
  (format('cancel_membership(%L)', tests.id('dana''s months')), 'dana, maria MBNFD, omar MBNFD, lena MBNFD, zoe MBNFD'),
  (format('request_booking_with_credit(%L, array[tests.on_day(20)], ''UTC'')', tests.id('dana''s package')), 'dana, maria OKNFD, omar OKNFD, lena OKNFD, zoe OKNFD'),
  ('billing_list()', 'dana, omar'), ('package_list()', 'dana, omar'), ('coach_earnings()', 'maria, lena'), ('coach_balance()', 'maria, lena'),
  ('coupon_list()', 'maria, lena'), ('own_stripe_customer()', 'dana, omar'), ('membership_list()', 'dana, omar'),
  ('session_list(''client'', false)', 'dana, omar'), ('session_list(''coach'', false)', 'maria, lena');
select is(tests.who_gets(call), who || ', service 42501, visitor 42501', call) from calls;

-- What only vendors' word and our jobs may call.
select is(tests.who_gets(call), 'dana 42501, maria 42501, omar 42501, lena 42501, zoe 42501, service, visitor 42501', call)
from unnest(array[
  'apply_stripe_event(''{"id": "evt_x", "type": "x"}'')', 'record_payout_account(''{}'')',
  format('record_checkout(%L, %L, ''cs_x'', ''https://x'', now() + interval ''1 hour'')', tests.id('dana'), tests.order_id('dana holds')),
  format('record_membership_checkout(%L, %L, 1, ''cs_x'', ''https://x'')', tests.id('dana'), tests.id('dana begins')),
  format('record_stripe_price(%L, ''price_1'')', tests.id('maria''s months')), 'complete_outbox(1)', 'fail_outbox(1, ''no'')', 'claim_outbox(1, 1)',
  format('outbox_work(%s)', (select min(id) from private.outbox where topic = 'stripe.refund'))
]) as call;

-- Lists are of the asker's own: whatever Omar and Lena read, nothing of it is Dana's or Maria's.
create function tests.reads(persona text, call text) returns text language plpgsql as $$
declare
  v_text text;
begin
  perform tests.sign_in_as(persona);
  execute format('select jsonb_agg(to_jsonb(got))::text from public.%s as got', call) into v_text;
  perform tests.as_admin();
  return v_text;
end;
$$;
select unalike(tests.reads(persona, call), '%' || named || '%', format('%s reads nothing of %s in %s', persona, named, call))
from calls
cross join (values ('omar', 'Maria'), ('lena', 'Dana')) as others (persona, named)
where call ~ '_(list|earnings)\(' and who ~ persona and call !~ '-';
select alike(tests.reads('dana', 'billing_list()'), '%Maria%', 'where Dana does');
select alike(tests.reads('maria', 'coach_earnings()'), '%Dana%', 'and Maria');

-- No function that tells of money was forgotten. What is sold is everybody's to read, and a Calendly booking who has its address.
select is_empty(
  $$ select proname from pg_catalog.pg_proc
     where pronamespace = 'public'::regnamespace and pg_get_function_result(oid) ~ 'cents|stripe|checkout'
       and proname <> all (array['search_coaches', 'coaches_free_before', 'calendly_booking_details', 'instalment_offer_terms', 'membership_offer_terms'])
       and not exists (select from calls where starts_with(call, proname || '(')) $$,
  'every function that tells of money is tried here'
);

select * from finish();
rollback;

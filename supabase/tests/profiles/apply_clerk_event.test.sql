begin;
select plan(33);

/* A user event as Clerk sends it; `minute` orders the states of one person. */
create function tests.user_event(type text, name text, minute integer default 0, email text default null, status text default 'verified') returns jsonb language sql as $$
  select jsonb_build_object('type', type, 'data', case type
    when 'user.deleted' then jsonb_build_object('id', 'user_' || name, 'deleted', true)
    else jsonb_build_object(
      'id', 'user_' || name,
      'updated_at', (1700000000000 + minute * 60000)::text::jsonb,
      'primary_email_address_id', 'idn_2',
      'email_addresses', jsonb_build_array(
        jsonb_build_object('id', 'idn_1', 'email_address', 'old@example.com', 'verification', jsonb_build_object('status', 'verified')),
        jsonb_build_object('id', 'idn_2', 'email_address', email, 'verification', jsonb_build_object('status', status))
      )
    )
  end);
$$;
create function tests.email_of(name text) returns text language sql security definer as $$
  select email from public.profile_contacts join public.profiles on profiles.id = profile_id where clerk_user_id = 'user_' || name;
$$;
grant execute on function tests.user_event, tests.email_of to service_role, authenticated, anon;

/* -- order ------------------------------------------------------------------------------- */

select tests.as_service();
select ok(public.apply_clerk_event('msg_1', tests.user_event('user.created', 'nora', 1, 'nora@example.com')), 'the webhook may be faster than the person');
select is(tests.email_of('nora'), 'nora@example.com', 'their primary address is kept');
select ok(not public.apply_clerk_event('msg_1', tests.user_event('user.created', 'nora', 9, 'forged@example.com')), 'the same event a second time is nothing new');
select ok(public.apply_clerk_event('msg_3', tests.user_event('user.updated', 'nora', 3, 'nora@work.example')), 'a newer state arrives');
select ok(public.apply_clerk_event('msg_2', tests.user_event('user.updated', 'nora', 2, 'nora@home.example')), 'then an older one, late');
select is(tests.email_of('nora'), 'nora@work.example', 'the newest state stands');
select lives_ok($$ select public.sync_clerk_user(tests.user_event('', 'nora', 4, 'nora@new.example') -> 'data') $$, 'a worker that asked Clerk hands over the same');
select is(tests.email_of('nora'), 'nora@new.example', 'and it counts by its time too');
select ok(public.apply_clerk_event('msg_5', tests.user_event('user.updated', 'nora', 5, 'dana@example.com', 'unverified')), 'somebody gives an address that is not theirs');
select is(tests.email_of('nora'), 'nora@new.example', 'which counts only once they have shown that it is');
select ok(public.apply_clerk_event('msg_4', '{"type": "session.created", "data": {"id": "sess_1"}}'), 'what does not concern us is noted');

/* -- somebody leaves --------------------------------------------------------------------- */

-- Dana is a client with a review, Maria a coach that can be found.
select tests.as_admin();
select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.book('held', client => 'dana', offer => 'maria''s hour', status => 'completed');
select tests.create_profile('omar');
select tests.create_coach('lena');
select tests.book('dana ahead', client => 'dana', offer => 'lena''s hour', starts_at => now() + interval '5 hours');
select tests.book('dana holds', client => 'dana', offer => 'lena''s hour', starts_at => tests.on_day(4), status => 'held');
select tests.book('omar ahead', client => 'omar', offer => 'maria''s hour', starts_at => now() + interval '5 hours');
select tests.book('omar now', client => 'omar', offer => 'maria''s hour', starts_at => now());
insert into public.credentials (profile_id, kind, state, number) values (tests.id('dana'), 'state_license', 'TX', 'TX 123');
select tests.sign_in_as('dana');
select tests.review('held');

select tests.as_service();
select ok(public.apply_clerk_event('msg_d', tests.user_event('user.deleted', 'dana')), 'Dana leaves');
select ok(public.apply_clerk_event('msg_u', tests.user_event('user.updated', 'dana', 99, 'dana@example.com')), 'and an update of before arrives');

select tests.as_admin();
select results_eq(
  $$ select first_name, last_name, company, home_state, deleted_at from public.profiles where id = tests.id('dana') $$,
  $$ values ('', '', '', null, now()) $$,
  'what names them is gone and stays gone'
);
select is_empty($$ select from public.profile_contacts where profile_id = tests.id('dana') $$, 'so does the address');
select is_empty($$ select from public.credentials where profile_id = tests.id('dana') $$, 'and the licences');
select results_eq('select author_name, rating::integer from public.reviews', $$ values ('A former member', 5) $$, 'the review stays, without the name');
select isnt_empty($$ select from public.orders where client_id = tests.id('dana') $$, 'what money needs stays');
select results_eq(
  $$ select status::text, cancelled_by::text, private.returned_cents(order_id) from public.bookings where id = tests.id('dana ahead') $$,
  $$ values ('cancelled', 'client', 5000) $$,
  'a session to come is called off under its policy'
);
select results_eq(
  $$ select recipient_id, private.mail_work(notifications.id) -> 'booking' ->> 'client_name' from public.notifications
     where subject_id = tests.id('dana ahead') and kind = 'booking_cancelled' and private.mail_work(notifications.id) is not null $$,
  $$ values (tests.id('lena'), 'A former member') $$,
  'the coach is told, and nobody else'
);
select tests.pay('dana holds');
select results_eq(
  $$ select bookings.status::text, orders.status::text from public.bookings join public.orders on orders.id = order_id where bookings.id = tests.id('dana holds') $$,
  $$ values ('expired', 'refunded') $$,
  'what they held is let go, and money for it that still comes goes back'
);
select results_eq($$ select status::text from public.bookings where id = tests.id('held') $$, $$ values ('completed') $$, 'what was held stays');

select tests.as_service();
select public.apply_clerk_event('msg_m', tests.user_event('user.deleted', 'maria'));
select tests.as_admin();
select results_eq(
  $$ select status, display_name, headline, bio from public.coaches where id = tests.coach_id('maria') $$,
  $$ values ('suspended'::public.coach_status, 'A former coach', '', '') $$,
  'a coach who leaves is out of the market'
);
select ok(
  not exists (select from public.coaches where status = 'suspended' and slug not like 'former-coach-%'),
  'the address of their page no longer carries the name'
);
select is_empty($$ select from public.coach_listings where coach_id = tests.coach_id('maria') $$, 'and cannot be found');
select results_eq(
  $$ select status::text, cancelled_by::text, private.returned_cents(order_id) from public.bookings where id = tests.id('omar ahead') $$,
  $$ values ('cancelled', 'coach', 10000) $$,
  'their clients have all of it back'
);
select results_eq($$ select status::text from public.bookings where id = tests.id('omar now') $$, $$ values ('confirmed') $$, 'except for what has begun');

select tests.as_service();
select public.apply_clerk_event('msg_g', tests.user_event('user.deleted', 'ghost'));
select public.apply_clerk_event('msg_h', tests.user_event('user.created', 'ghost', 1, 'ghost@example.com'));
select is(tests.email_of('ghost'), null, 'a deletion that is faster than the creation holds as well');
select tests.sign_in_as('ghost');
select throws_ok('select public.ensure_profile()', 'UPSGN', null, 'also when they come with an old token');

/* -- who may --------------------------------------------------------------------------------- */

select throws_ok($$ select public.apply_clerk_event('msg_x', '{}') $$, '42501', null, 'people cannot send events');
select throws_ok($$ select public.sync_clerk_user('{}') $$, '42501', null, 'nor users');
select tests.sign_out();
select throws_ok($$ select public.apply_clerk_event('msg_x', '{}') $$, '42501', null, 'nor can visitors');
select throws_ok($$ select public.sync_clerk_user('{}') $$, '42501', null, 'nor users');

select * from finish();
rollback;

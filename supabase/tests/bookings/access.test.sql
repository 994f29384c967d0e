begin;
select plan(27);

-- Dana has a session with Maria. Omar has one with Lena: strangers to both.
select tests.create_profile(name) from unnest(array['dana', 'omar']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('dana with maria', client => 'dana', offer => 'maria''s hour');
select tests.book('omar with lena', client => 'omar', offer => 'lena''s hour');

select policies_are('public', 'bookings', array['Client and coach can view their bookings']);
select policies_are('public', 'booking_events', array['Client and coach can view what happened to their bookings']);

select policies_are('private', 'booking_transitions', array['Nobody reads the state machine over the API']);

select tests.sign_in_as('dana');
select tests.refuses_reads('private.booking_transitions');
select tests.refuses_writes('private.booking_transitions');
select set_eq('select id from public.bookings', array[tests.id('dana with maria')], 'a client sees their bookings');
select set_eq('select booking_id from public.booking_events', array[tests.id('dana with maria')], 'and what happened to them');
select tests.refuses_writes('public.bookings');
select tests.refuses_writes('public.booking_events');

select tests.sign_in_as('maria');
select set_eq('select id from public.bookings', array[tests.id('dana with maria')], 'a coach sees their bookings');
select set_eq('select booking_id from public.booking_events', array[tests.id('dana with maria')], 'and what happened to them');

select tests.as_admin();
select tests.create_profile('zoe');
select tests.sign_in_as('zoe');
select is_empty('select from public.bookings', 'a stranger sees no bookings');
select is_empty('select from public.booking_events', 'nor what happened to any');

select tests.sign_out();
select tests.refuses_reads('public.bookings');
select tests.refuses_reads('public.booking_events');
select tests.refuses_writes('public.bookings');
select tests.refuses_writes('public.booking_events');

select * from finish();
rollback;

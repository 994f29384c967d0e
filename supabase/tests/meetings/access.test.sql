begin;
select plan(52);

select tests.create_host('host');
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.book('dana with maria', client => 'dana', offer => 'maria''s hour');
select tests.book('omar with lena', client => 'omar', offer => 'lena''s hour', starts_at => tests.on_day(4));

select policies_are('public', 'meetings', array['Client and coach can view the meetings of their bookings']);
select policies_are('private', 'meeting_hosts', array['Nobody reads meeting hosts over the API']);
select policies_are('private', 'meeting_participants', array['Nobody reads meeting participants over the API']);
select policies_are('private', 'meeting_registrants', array['Nobody reads meeting registrants over the API']);
select policies_are('private', 'meeting_repairs', array['Nobody reads meeting repairs over the API']);

select tests.sign_in_as('dana');
select set_eq('select id from public.meetings', array[tests.meeting_id('dana with maria')], 'a client sees their meetings');
select tests.refuses_columns('public.meetings', 'join_url', 'zoom_meeting_id', 'host_id', 'created_at');
select tests.refuses_reads(name::regclass) from unnest(array['private.meeting_hosts', 'private.meeting_participants', 'private.meeting_registrants', 'private.meeting_repairs']) as name;
select tests.refuses_writes(name::regclass) from unnest(array['public.meetings', 'private.meeting_hosts', 'private.meeting_participants', 'private.meeting_registrants', 'private.meeting_repairs']) as name;

select tests.sign_in_as('maria');
select set_eq('select id from public.meetings', array[tests.meeting_id('dana with maria')], 'a coach sees their meetings');
select tests.refuses_columns('public.meetings', 'join_url');

select tests.sign_in_as('zoe');
select is_empty('select id from public.meetings', 'a stranger sees none');

select tests.sign_out();
select tests.refuses_reads(name::regclass) from unnest(array['public.meetings', 'private.meeting_hosts', 'private.meeting_participants', 'private.meeting_registrants', 'private.meeting_repairs']) as name;
select tests.refuses_writes(name::regclass) from unnest(array['public.meetings', 'private.meeting_hosts', 'private.meeting_participants', 'private.meeting_registrants', 'private.meeting_repairs']) as name;

select * from finish();
rollback;

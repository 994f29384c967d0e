begin;
select plan(33);

-- Dana writes with Maria, Omar with Lena. Zoe writes with nobody.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;

select tests.sign_in_as('omar');
select public.send_message(public.start_conversation(tests.coach_id('lena')), gen_random_uuid(), 'Hello Lena');
select tests.sign_in_as('dana');
select public.send_message(public.start_conversation(tests.coach_id('maria')), gen_random_uuid(), 'Hello Maria');

select policies_are('public', 'conversations', array['Client and coach can view their conversations']);
select policies_are('public', 'messages', array['Client and coach can view the messages of their conversations']);
select policies_are('public', 'conversation_reads', array['Client and coach can view how far they have read']);

select set_eq('select id from public.conversations', array[tests.conversation_id('dana', 'maria')], 'a client sees their threads');
select set_eq('select body from public.messages', array['Hello Maria'], 'what was said in them');
select set_eq('select profile_id from public.conversation_reads', array[tests.id('dana')], 'and how far they have read');
select tests.refuses_writes(name::regclass) from unnest(array['public.conversations', 'public.messages', 'public.conversation_reads']) as name;

select tests.sign_in_as('maria');
select set_eq('select id from public.conversations', array[tests.conversation_id('dana', 'maria')], 'a coach sees their threads');
select set_eq('select body from public.messages', array['Hello Maria'], 'what was said in them');
select is_empty('select from public.conversation_reads', 'and of how far the client has read only what the thread''s head says');

select tests.sign_in_as('zoe');
select is_empty('select from public.conversations', 'a stranger sees no threads');
select is_empty('select from public.messages', 'no messages');
select is_empty('select from public.conversation_reads', 'and not who has read');

select tests.sign_out();
select tests.refuses_reads(name::regclass) from unnest(array['public.conversations', 'public.messages', 'public.conversation_reads']) as name;
select tests.refuses_writes(name::regclass) from unnest(array['public.conversations', 'public.messages', 'public.conversation_reads']) as name;

select * from finish();
rollback;

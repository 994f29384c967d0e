/* A coach reads first what members wrote and was not answered; nobody else's order changes. */
begin;
select plan(9);

-- Dana is a member of Maria's; Omar and Zoe are not. Lena coaches as well.
select tests.create_profile(name) from unnest(array['dana', 'omar', 'zoe']) as name;
select tests.create_coach(name) from unnest(array['maria', 'lena']) as name;
select tests.create_membership_offer('steady', coach => 'maria');
select tests.subscribe('dana''s', client => 'dana', offer => 'steady');
/* Somebody writes to a coach, so many minutes ago. */
create function tests.writes(client text, minutes_ago integer, coach text default 'maria') returns void language plpgsql as $$
begin
  perform tests.sign_in_as(client);
  perform public.send_message(public.start_conversation(tests.coach_id(coach)), gen_random_uuid(), 'A question');
  perform tests.as_admin();
  update public.conversations set last_message_at = now() - make_interval(mins => minutes_ago)
  where id = tests.conversation_id(client, coach);
end;
$$;
/* The inbox of somebody, in its order: a star beside who is a member. */
create function tests.inbox_of(name text) returns text[] language plpgsql as $$
declare
  v_names text[];
begin
  perform tests.sign_in_as(name);
  select array_agg(split_part(lower(counterpart_name), ' ', 1) || case when is_member then '*' else '' end order by ordinality) into v_names
  from public.inbox() with ordinality as inbox;
  perform tests.as_admin();
  return v_names;
end;
$$;

select tests.writes('dana', 60);
select tests.writes('omar', 10);
select tests.writes('zoe', 90);
select tests.writes('dana', 30, 'lena');
select tests.writes('omar', 5, 'lena');
select is(tests.inbox_of('maria'), array['dana*', 'omar', 'zoe'], 'a member who waits for an answer is first, whoever wrote later');
select is(tests.inbox_of('lena'), array['omar', 'dana'], 'with a coach of whom they are none, they are as all');
select is(tests.inbox_of('dana'), array['lena', 'maria'], 'and their own inbox is by time, with no mark');

select tests.sign_in_as('maria');
select public.send_message(tests.conversation_id('dana', 'maria'), gen_random_uuid(), 'An answer');
select tests.as_admin();
update public.conversations set last_message_at = now() - interval '40 minutes' where id = tests.conversation_id('dana', 'maria');
select is(tests.inbox_of('maria'), array['omar', 'dana*', 'zoe'], 'once answered they are where their time puts them');
select tests.writes('dana', 60);

update public.memberships set is_ending = true;
select is((tests.inbox_of('maria'))[1], 'dana*', 'who has cancelled is a member until it ends');
update public.memberships set status = 'past_due';
select is((tests.inbox_of('maria'))[1], 'dana*', 'so is who is late to pay');
update public.memberships set status = 'paused';
select is(tests.inbox_of('maria'), array['omar', 'dana', 'zoe'], 'while it is paused they are none');
update public.memberships set status = 'ended', ended_at = now();
select is(tests.inbox_of('maria'), array['omar', 'dana', 'zoe'], 'nor when it has ended');
select tests.subscribe('zoe''s', client => 'zoe', offer => 'steady');
select is(tests.inbox_of('maria'), array['zoe*', 'omar', 'dana'], 'the next member is');

select * from finish();
rollback;

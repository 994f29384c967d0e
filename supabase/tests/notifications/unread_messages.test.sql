/* That a message waits to be read: told of once, of what still stands, and to nobody who wants none. */
begin;
select no_plan();

-- Dana writes with Maria.
select tests.create_profile('dana');
select tests.create_coach('maria');
select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select tests.as_admin();

/* Somebody writes. */
create function tests.say(name text, message text) returns void language plpgsql as $$
begin
  perform tests.remember(message, gen_random_uuid());
  perform tests.sign_in_as(name);
  perform public.send_message(tests.conversation_id('dana', 'maria'), tests.id(message), message);
  perform tests.as_admin();
end;
$$;
/* Somebody takes a message back. */
create function tests.take_back(name text, message text) returns void language plpgsql as $$
begin
  perform tests.sign_in_as(name);
  perform public.delete_message(tests.id(message));
  perform tests.as_admin();
end;
$$;
/* What the mails to Maria that are due would do: the number of their message, and whether they leave. */
create function tests.mails() returns text[] language sql as $$
  select array(
    select version || case when private.mail_work(id) is null then ' stays' else ' leaves' end
    from public.notifications where kind = 'message_received' and recipient_id = tests.id('maria') order by version
  );
$$;

select tests.say('dana', 'One');
select tests.say('dana', 'Two');
select is(tests.mails(), array['1 leaves'], 'two in a row are told of once');

select tests.take_back('dana', 'One');
select is(tests.mails(), array['1 leaves'], 'the other one still waits');
select tests.take_back('dana', 'Two');
select is(tests.mails(), array['1 stays'], 'both taken back, nothing does');

select tests.say('dana', 'Three');
select is(tests.mails(), array['1 stays', '3 leaves'], 'the next one is told of, and only that');
select tests.say('dana', 'Four');
select is(tests.mails(), array['1 stays', '3 leaves'], 'with what follows it');

select private.remove_message(tests.id('Three'), true);
select private.remove_message(tests.id('Four'), true);
select is(tests.mails(), array['1 stays', '3 stays'], 'what an admin removed is nothing to read');
select private.remove_message(tests.id('Four'), false);
select is(tests.mails(), array['1 stays', '3 leaves'], 'what is put back is');

select tests.sign_in_as('maria');
select public.block_conversation(tests.conversation_id('dana', 'maria'));
select tests.as_admin();
select is(tests.mails(), array['1 stays', '3 stays'], 'who has blocked the other is told nothing');
select tests.sign_in_as('maria');
select public.unblock_conversation(tests.conversation_id('dana', 'maria'));
select tests.as_admin();
select is(tests.mails(), array['1 stays', '3 leaves'], 'until they take it back');
update public.conversations set closed_at = now();
select is(tests.mails(), array['1 stays', '3 stays'], 'nor is anybody of a thread that was closed');
update public.conversations set closed_at = null;
update public.coaches set status = 'suspended' where slug = 'maria';
select is(tests.mails(), array['1 stays', '3 stays'], 'nor of one whose coach is suspended');
update public.coaches set status = 'approved' where slug = 'maria';

select tests.sign_in_as('maria');
select public.mark_read(tests.conversation_id('dana', 'maria'), 4);
select tests.as_admin();
select is(tests.mails(), array['1 stays', '3 stays'], 'what was read is not told of');

-- Her address bounces for a while, and mail to it is stopped when that of a message is to leave.
select tests.say('dana', 'Five');
select is(tests.mails(), array['1 stays', '3 stays', '5 leaves'], 'the next one is told of');
update public.profile_contacts set mail_stopped_at = now(), mail_stopped_by = 'bounce' where profile_id = tests.id('maria');
select private.record_notice(id, null) from public.notifications where version = 5;
update public.profile_contacts set mail_stopped_at = null, mail_stopped_by = null;
select is(tests.mails(), array['1 stays', '3 stays', '5 stays'], 'not to an address to which no mail goes');
select tests.say('dana', 'Six');
select is(tests.mails(), array['1 stays', '3 stays', '5 stays', '6 leaves'], 'what is written later is told of, once mail goes there again');
select tests.say('dana', 'Seven');
select is(tests.mails(), array['1 stays', '3 stays', '5 stays', '6 leaves'], 'once');

select * from finish();
rollback;

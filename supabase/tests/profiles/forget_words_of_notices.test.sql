/* Somebody leaves: what others were told names them no more, nor leads to where their practice was. */
begin;
select no_plan();

select tests.create_profile(name) from unnest(array['dana', 'zoe', 'omar']) as name;
select tests.create_coach('maria');
select tests.create_coach('lena');
insert into public.conversations (client_id, coach_id) values (tests.id('dana'), tests.coach_id('maria'));
-- Zoe waited for a time of Maria's, and never wrote with her.
insert into public.slot_watches (client_id, coach_id, offer_id, before_at, time_zone, known_starts)
values (tests.id('zoe'), tests.coach_id('maria'), tests.id('maria''s hour'), now() + interval '9 days', 'America/New_York', '{}');
insert into private.slot_openings (watch_id, client_id, coach_id, starts_at)
select id, client_id, coach_id, now() + interval '3 days' from public.slot_watches;
update public.coaches set slug = 'maria-s-practice', display_name = 'Maria Moreno' where id = tests.coach_id('maria');

/* Somebody was told something of Maria's times, in the app and by mail. */
create function tests.told_of_maria(name text, path text) returns void language sql as $$
  with told as (
    insert into public.notifications (recipient_id, kind, channel, subject_id, sentence, path, sent_at)
    select tests.id(told_of_maria.name), 'slot_opened', channel, gen_random_uuid(),
      case channel when 'in_app' then 'Maria Moreno has a sooner time' end, case channel when 'in_app' then told_of_maria.path end, now()
    from unnest(enum_range(null::public.notification_channel)) as channel
    returning *
  )
  insert into public.mails (recipient_id, kind, notification_id, subject)
  select recipient_id, kind, id, 'A sooner time with Maria Moreno' from told where channel = 'mail';
$$;
/* What somebody reads of it: the sentence, where it leads, and what the mail is called. */
create function tests.reads(name text) returns text language sql as $$
  select string_agg(concat_ws(' | ', sentence, path, subject), ' | ' order by channel desc)
  from public.notifications left join public.mails on mails.notification_id = notifications.id
  where notifications.recipient_id = tests.id(reads.name);
$$;
select tests.told_of_maria('dana', '/messages/1');
select tests.told_of_maria('zoe', '/coaches/maria-s-practice/book/2?slot=3');
select tests.told_of_maria('omar', '/coaches/lena/book/2');
select tests.told_of_maria('maria', '/coach');

select private.forget_clerk_user('user_maria');
select is(tests.reads('dana'), 'A former member has a sooner time | /messages/1 | A sooner time with A former member', 'who could write with them reads no name');
select is(
  tests.reads('zoe'),
  format('A former member has a sooner time | /coaches/former-coach-%s/book/2?slot=3 | A sooner time with A former member', tests.coach_id('maria')),
  'nor does who only waited for a time, nor the address that they had'
);
select is(tests.reads('omar'), 'Maria Moreno has a sooner time | /coaches/lena/book/2 | A sooner time with Maria Moreno', 'of others called so nothing is changed');
select is(tests.reads('maria'), ' | / | ', 'and of what they were told themselves nothing stays');

select * from finish();
rollback;

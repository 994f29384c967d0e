begin;
select no_plan();

-- Dana and Maria were both told that their session is confirmed.
select tests.create_profile(name) from unnest(array['dana', 'zoe']) as name;
select tests.create_coach('maria');
select tests.book('session', client => 'dana', offer => 'maria''s hour');

select policies_are('public', 'notifications', array['People can view what they were told']);
select policies_are('public', 'mails', array['People can view what was mailed to them']);
select policies_are('public', 'notification_kinds', array['People can view what they can be told']);
select policies_are('public', 'notification_groups', array['People can view what they can choose about']);
select policies_are('public', 'notification_preferences', array['People can view what they chose']);
select policies_are('public', 'notification_rules', array['People can view when they are told']);

select tests.sign_in_as('zoe');
select public.save_notification_settings('[{"group_name": "reviews", "mail": "never", "in_app": true}]');
select tests.sign_in_as('dana');
select public.save_notification_settings('[{"group_name": "reviews", "mail": "weekly", "in_app": true}]');
select set_eq('select profile_id from public.notification_preferences', array[tests.id('dana')], 'people see what they chose, not what others did');
select isnt_empty('select from public.notification_groups', 'and what they can choose about');
select tests.refuses_writes(name) from unnest(array['public.notification_groups', 'public.notification_preferences']::regclass[]) as name;
select tests.refuses_columns('public.profiles', 'quiet_from', 'quiet_until');
select set_eq('select recipient_id from public.notifications', array[tests.id('dana')], 'a client sees what they were told, not what the coach was');
select isnt_empty('select from public.notification_kinds', 'and what they can be told');
select isnt_empty('select from public.notification_rules', 'and when');
select tests.refuses_writes('public.notification_rules');
select tests.refuses_writes('public.notifications');
select tests.refuses_writes('public.notification_kinds');

select tests.sign_in_as('maria');
select set_eq('select recipient_id from public.notifications', array[tests.id('maria')], 'a coach sees what they were told');

select tests.sign_in_as('zoe');
select is_empty('select from public.notifications', 'a stranger sees nothing of it');

select tests.sign_out();
select tests.refuses_reads('public.notifications');
select tests.refuses_reads('public.notification_kinds');
select tests.refuses_reads('public.notification_rules');
select tests.refuses_reads(name) from unnest(array['public.notification_groups', 'public.notification_preferences']::regclass[]) as name;
select tests.refuses_writes(name) from unnest(array['public.notification_groups', 'public.notification_preferences']::regclass[]) as name;
select throws_ok('select public.notification_settings()', '42501', null, 'a visitor has no settings');
select throws_ok('select public.mark_notices_read(now())', '42501', null, 'and nothing to read');
select tests.refuses_writes('public.notification_rules');
select tests.refuses_writes('public.notifications');
select tests.refuses_writes('public.notification_kinds');

select * from finish();
rollback;

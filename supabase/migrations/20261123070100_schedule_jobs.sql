-- Written by hand: a schema cannot say schedules. Cron only schedules; each job is a tested
-- private function of its feature.
select cron.schedule('dispatch-outbox', '10 seconds', 'select private.dispatch_outbox()');
select cron.schedule('expire-holds', '* * * * *', 'select private.expire_holds()');
select cron.schedule('complete-bookings', '* * * * *', 'select private.complete_bookings()');
select cron.schedule('send-reminders', '* * * * *', 'select private.send_reminders()');
select cron.schedule('purge-foundation', '17 4 * * *', 'select private.purge_foundation()');

-- Written by hand: a schema cannot say schedules. What is due is released, and sent when nothing stands in the way.
select cron.schedule('release-earnings', '*/5 * * * *', 'select private.release_earnings()');
select cron.schedule('send-transfers', '* * * * *', 'select private.send_transfers()');

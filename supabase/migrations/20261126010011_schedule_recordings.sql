-- Written by hand: a schema cannot say schedules.
select cron.schedule('expire-recordings', '40 * * * *', 'select private.expire_recordings()');

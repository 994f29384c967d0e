-- Written by hand: a schema cannot say schedules.
select cron.schedule('expire-requests', '* * * * *', 'select private.expire_requests()');

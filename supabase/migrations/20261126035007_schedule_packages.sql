-- Written by hand: a schema cannot say schedules.
select cron.schedule('expire-packages', '*/5 * * * *', 'select private.expire_packages()');
select cron.schedule('end-lapsed-credits', '*/10 * * * *', 'select private.end_lapsed_credits()');
select cron.schedule('warn-of-ending-credits', '17 * * * *', 'select private.warn_of_ending_credits()');

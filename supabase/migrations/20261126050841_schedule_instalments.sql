-- Written by hand: a schema cannot say schedules.
select cron.schedule('charge-instalments', '*/10 * * * *', 'select private.charge_instalments()');
select cron.schedule('warn-of-instalments', '23 * * * *', 'select private.warn_of_instalments()');

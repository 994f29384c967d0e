-- Written by hand: a schema cannot say schedules.
select cron.schedule('warn-of-renewals', '7 * * * *', 'select private.warn_of_renewals()');

-- Written by hand: a schema cannot say schedules.
select cron.schedule('empty-dates', '* * * * *', 'select private.empty_dates()');

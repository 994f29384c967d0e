-- Written by hand: a schema cannot say schedules.
select cron.schedule('sync-calendars', '*/10 * * * *', 'select private.sync_calendars()');

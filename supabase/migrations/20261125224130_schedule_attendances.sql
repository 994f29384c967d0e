-- Written by hand: a schema cannot say schedules.
select cron.schedule('decide-attendances', '*/10 * * * *', 'select private.decide_attendances()');

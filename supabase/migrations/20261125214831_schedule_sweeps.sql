-- Written by hand: a schema cannot say schedules. Each hour the sessions that are near, each night all.
select cron.schedule('sweep-meetings-soon', '7 * * * *', 'select private.sweep_meetings(2)');
select cron.schedule('sweep-meetings', '23 3 * * *', 'select private.sweep_meetings()');

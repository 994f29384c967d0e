-- Written by hand: a schema cannot say schedules, nor that coaches who are listed already have
-- no next time yet.
select cron.schedule('refresh-next-times', '10 seconds', 'select private.refresh_next_times()');
insert into private.calendar_changes (coach_id) select id from public.coaches where status = 'approved';

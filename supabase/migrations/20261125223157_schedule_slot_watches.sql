-- Written by hand: a schema cannot say schedules.
select cron.schedule('tell-opened-slots', '20 seconds', 'select private.tell_opened_slots()');

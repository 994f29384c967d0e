-- Written by hand: a schema cannot say schedules.
select cron.schedule('lapse-calendly-bookings', '* * * * *', 'select private.lapse_calendly_bookings()');

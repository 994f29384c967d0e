-- Written by hand: a schema cannot say schedules.
select cron.schedule('charge-no-show-fees', '5-59/10 * * * *', 'select private.charge_no_show_fees()');

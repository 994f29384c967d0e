-- Written by hand: a schema cannot say schedules.
select cron.schedule('reconcile-money', '*/10 * * * *', 'select private.reconcile_money()');

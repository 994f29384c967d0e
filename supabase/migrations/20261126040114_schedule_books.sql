-- Written by hand: a schema cannot say schedules.
-- Three calls to Stripe each: what is new, and at night what came into its list days late.
select cron.schedule('read-balance', '*/10 * * * *', 'select private.read_balance()');
select cron.schedule('read-balance-again', '25 4 * * *', 'select private.read_balance(4320)');
select cron.schedule('alert-money-mismatch', '50 * * * *', 'select private.alert_money_mismatch()');

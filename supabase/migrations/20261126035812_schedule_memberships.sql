-- Decisions that Stripe did not confirm, renewals and payments of which it told nothing.
select cron.schedule('reconcile-memberships', '*/10 * * * *', 'select private.reconcile_memberships()');

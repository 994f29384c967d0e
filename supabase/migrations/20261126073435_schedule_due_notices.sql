-- Reminders and the notice of ending credits are rules now; one job looks for all that is due.
select cron.unschedule('send-reminders');
select cron.unschedule('warn-of-ending-credits');
select cron.schedule('queue-due-notices', '* * * * *', 'select private.queue_due_notices()');

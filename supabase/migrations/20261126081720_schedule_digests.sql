-- At eight in the reader's zone, wherever that is; what a run has missed the next one finds.
select cron.schedule('queue-digests', '*/5 * * * *', 'select private.queue_digests()');

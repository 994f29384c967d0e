-- Work for the outside world that was given up, and work that keeps failing: what, why, since
-- when. After the cause is gone: retry_failed_work.sql.
select outbox.id, outbox.topic, outbox.status, outbox.attempts, outbox.last_error, outbox.payload,
  outbox.created_at, outbox.run_after as next_try
from private.outbox
where outbox.status = 'failed'
   or (outbox.status = 'pending' and outbox.attempts >= 3)
   or (outbox.status = 'pending' and outbox.last_error is not null and outbox.created_at < now() - interval '1 hour')
order by outbox.status desc, outbox.created_at desc
limit 200;

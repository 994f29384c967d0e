-- Puts a row of failed_work.sql back as if it were new. Safe to run twice: the effect has one
-- name with the vendor, and work that no longer makes sense is left out when it is taken up.
update private.outbox
set status = 'pending', attempts = 0, run_after = now(), locked_until = null
where outbox.id = 0 -- the id
  and outbox.status = 'failed'
returning outbox.id, outbox.topic, outbox.payload;

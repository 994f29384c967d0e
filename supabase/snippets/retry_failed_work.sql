-- Puts a row of failed_work.sql back as if it were new. Safe to run twice: the effect has one
-- name with the vendor, and work that no longer makes sense is left out when it is taken up.
-- Resend forgets that name in a day: a mail that may have left before can come twice, or is left out if it can be
-- missed (docs/decisions/0037-a-mail-nobody-has-heard-of.md).
update private.outbox
set status = 'pending', attempts = 0, run_after = now(), locked_until = null
where outbox.id = 0 -- the id
  and outbox.status = 'failed'
returning outbox.id, outbox.topic, outbox.payload;

-- Puts a row of failed_work.sql back, as tried once: a refund, a transfer or a charge is looked for at Stripe before
-- it is made, because Stripe forgets its name in a day. Work that no longer makes sense is left out when it is
-- taken up. Safe to run twice.
-- Resend forgets that name in a day: a mail that may have left before can come twice, or is left out if it can be
-- missed (docs/decisions/0037-a-mail-nobody-has-heard-of.md).
update private.outbox
set status = 'pending', attempts = 1, run_after = now(), locked_until = null
where outbox.id = 0 -- the id
  and outbox.status = 'failed'
returning outbox.id, outbox.topic, outbox.payload;

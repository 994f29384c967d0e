-- One wake-up a statement, however many rows it adds.
create trigger outbox__dispatch
  after insert on private.outbox
  for each statement execute function private.tg_outbox__dispatch();

create trigger outbox__capture_failed
  after update of status on private.outbox
  for each row
  when (new.topic = 'stripe.capture' and new.status = 'failed' and old.status <> 'failed')
  execute function private.tg_outbox__capture_failed();

create trigger outbox__tell_admins
  after update of status on private.outbox
  for each row
  when (new.topic like 'stripe.%' and new.topic <> 'stripe.capture' and new.status = 'failed' and old.status <> 'failed')
  execute function private.tg_outbox__tell_admins();

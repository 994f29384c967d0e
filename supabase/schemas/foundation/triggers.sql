-- One wake-up a statement, however many rows it adds.
create trigger outbox__dispatch
  after insert on private.outbox
  for each statement execute function private.tg_outbox__dispatch();

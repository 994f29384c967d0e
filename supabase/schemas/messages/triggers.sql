create trigger messages__broadcast
  after insert or update of change on public.messages
  for each row execute function private.tg_messages__broadcast();

create trigger messages__broadcast
  after insert or update of change on public.messages
  for each row execute function private.tg_messages__broadcast();

create trigger messages__hint
  before insert or update of body on public.messages
  for each row execute function private.tg_messages__hint();

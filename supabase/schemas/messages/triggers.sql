create trigger messages__broadcast
  after insert or update of change on public.messages
  for each row execute function private.tg_messages__broadcast();

create trigger messages__hint
  before insert or update of body on public.messages
  for each row execute function private.tg_messages__hint();

create trigger conversation_reads__broadcast
  after insert or update of read_at on public.conversation_reads
  for each row execute function private.tg_conversation_reads__broadcast();

-- Whatever a thread shows besides messages.
create trigger booking_events__tell_activity
  after insert on public.booking_events
  for each row execute function private.tg_threads__tell_activity();

create trigger orders__tell_activity
  after insert or update of paid_at on public.orders
  for each row execute function private.tg_threads__tell_activity();

create trigger refunds__tell_activity
  after insert or update of status, settled_at on public.refunds
  for each row execute function private.tg_threads__tell_activity();

create trigger reviews__tell_activity
  after insert or update of published_at, removed_at on public.reviews
  for each row execute function private.tg_threads__tell_activity();

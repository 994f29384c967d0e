create trigger notification_rules__fit_together
  before insert or update on public.notification_rules
  for each row execute function private.tg_notification_rules__fit_together();

create trigger notifications__queue
  after insert on public.notifications
  referencing new table as added
  for each statement execute function private.tg_notifications__queue();

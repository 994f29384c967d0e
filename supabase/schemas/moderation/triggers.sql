create trigger report_decisions__never_change
  before update or delete or truncate on private.report_decisions
  for each statement execute function private.tg_report_decisions__never_change();

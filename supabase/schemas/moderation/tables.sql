comment on table public.reports is 'Somebody tells us that a thing should not stay. Open until an admin has decided.';
comment on table private.report_decisions is 'What an admin decided about a report, and why. Never changed: who thinks again decides again.';

comment on column public.reports.decided_at is 'When an admin decided about it last; null while it waits.';

alter table public.reports
  add constraint reports_reason_length check (char_length(reason) between 10 and 1000);

-- Once until it is decided; what comes after that is reported again.
create unique index reports_one_undecided on public.reports (reporter_id, subject, subject_id) where decided_at is null;

alter table private.report_decisions
  add constraint report_decisions_reason_length check (char_length(reason) between 10 and 1000);

alter table public.reports enable row level security;
alter table private.report_decisions enable row level security;

-- By column: whoever reported sees that they did. Of whom it came is told to nobody.
grant select (id, subject, subject_id, reason, created_at, decided_at) on public.reports to authenticated;

-- No writes: report, and admin.decide_report. Nothing on the decisions: whom they concern is told.

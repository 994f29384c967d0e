/* How many decisions there are about a thing, one for each report that was decided each time. */
create function private.decision_count(subject public.report_subject, subject_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select count(*)::integer
  from private.report_decisions
  join public.reports on reports.id = report_decisions.report_id
  where reports.subject = decision_count.subject and reports.subject_id = decision_count.subject_id;
$$;

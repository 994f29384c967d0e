/*
 * Anyone who is signed in tells us that a thing should not stay, and why. One report of a person for each thing
 * until it is decided; at most 10 in a day. What becomes of it is told to them. Returns the report's id.
 * Raises: UPSGN, UPONB, RPNFD (there is no such thing, or the asker can't see it, or it is their own), RPWRD (no
 * reason, or too long), RPTWO (they have, and it is not decided), RPMNY.
 *
 * Security definer: nobody may insert reports.
 */
create function public.report(subject public.report_subject, subject_id uuid, reason text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_reporter public.profiles := private.require_profile();
  v_report_id uuid;
begin
  if not private.is_reportable(report.subject, report.subject_id) then
    raise exception 'This does not exist, or is not yours to report.' using errcode = 'RPNFD';
  end if;
  if char_length(trim(coalesce(report.reason, ''))) not between 10 and 1000 then
    raise exception 'Say in 10 to 1,000 characters what is wrong with it.' using errcode = 'RPWRD';
  end if;
  perform private.lock_limit('reports', v_reporter.id);

  if (
    select count(*) from public.reports
    where reports.reporter_id = v_reporter.id and reports.created_at > now() - interval '1 day'
  ) >= 10 then
    raise exception 'You have reported a lot today. Write to us instead.' using errcode = 'RPMNY';
  end if;

  insert into public.reports (reporter_id, subject, subject_id, reason)
  values (v_reporter.id, report.subject, report.subject_id, trim(report.reason))
  on conflict (reporter_id, subject, subject_id) where decided_at is null do nothing
  returning reports.id into v_report_id;

  if v_report_id is null then
    raise exception 'You have reported this already. We write to you once it is decided.' using errcode = 'RPTWO';
  end if;
  return v_report_id;
end;
$$;

grant execute on function public.report(public.report_subject, uuid, text) to authenticated;

/*
 * An admin decides about a report: `select admin.decide_report('…', 'remove', 'It names the client''s client.')` in
 * Studio's editor. 'keep' leaves the thing as it is, 'remove' takes a review from all but those it is between, a
 * reply from all and a message from both, and closes a conversation; all open reports of the same thing are decided with it, and those
 * that were decided otherwise before. Whoever reported is told, with the reason, as are the two whom a review is
 * between, each once: name nobody in it. A report can be decided again: the last decision holds, and every one stays.
 *
 * A review is never removed for being negative, nor because its coach wants it (16 CFR 465.7): only for what
 * would be removed from a good one, too, such as private data, threats, insults, or what is not about a session.
 * Raises: RPNFD (no such report), RPWHY (no reason, or too long), RPNOW (another admin decided at the same time: what
 * they said is to be read first).
 */
create function admin.decide_report(report_id uuid, decision public.report_decision, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_report public.reports;
  v_decided_ids uuid[];
  v_known integer;
  v_version integer;
begin
  select * into v_report from public.reports where reports.id = decide_report.report_id;
  if not found then
    raise exception 'There is no report %.', decide_report.report_id using errcode = 'RPNFD';
  end if;
  if char_length(trim(decide_report.reason)) not between 10 and 1000 then
    raise exception 'Give a reason in 10 to 1,000 characters: it is told to whom it concerns.' using errcode = 'RPWHY';
  end if;

  -- Two admins at one thing wait for each other, and the second has not read what the first decided.
  v_known := private.decision_count(v_report.subject, v_report.subject_id);
  perform from public.reports
  where reports.subject = v_report.subject and reports.subject_id = v_report.subject_id
  order by reports.id
  for no key update;

  v_version := 1 + private.decision_count(v_report.subject, v_report.subject_id);
  if v_version > v_known + 1 then
    raise exception 'Somebody else has just decided about this. Read what they said first.' using errcode = 'RPNOW';
  end if;

  v_decided_ids := array(
    select reports.id
    from public.reports
    where reports.subject = v_report.subject and reports.subject_id = v_report.subject_id
      and (
        reports.id = v_report.id
        or private.is_undecided(reports)
        or (private.last_decision(reports.subject, reports.subject_id)).decision <> decide_report.decision
      )
    order by reports.created_at, reports.id
  );
  insert into private.report_decisions (report_id, decision, reason)
  select decided.id, decide_report.decision, trim(decide_report.reason)
  from unnest(v_decided_ids) with ordinality as decided (id, position)
  order by decided.position;
  update public.reports set decided_at = now() where reports.id = any (v_decided_ids);
  perform private.apply_decision(v_report, decide_report.decision, v_version);

  -- Whom a review is between are told of it as that; who reported twice, before and after a decision, once.
  perform private.notify(told.reporter_id, 'report_decided', told.id, version => v_version)
  from (
    select distinct on (reports.reporter_id) reports.*
    from public.reports
    where reports.id = any (v_decided_ids)
    order by reports.reporter_id, reports.created_at desc, reports.id
  ) as told
  where not exists (
    select from public.reviews
    where told.subject = 'review' and reviews.id = told.subject_id
      and told.reporter_id in (reviews.author_id, private.review_subject(reviews))
  );
end;
$$;

/* Whether a report waits for a decision. */
create function private.is_undecided(report public.reports)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (is_undecided.report).decided_at is null;
$$;

/* The last decision about a thing; null when there is none. */
create function private.last_decision(subject public.report_subject, subject_id uuid)
returns private.report_decisions
language sql
stable
set search_path = ''
as $$
  select report_decisions.*
  from private.report_decisions
  join public.reports on reports.id = report_decisions.report_id
  where reports.subject = last_decision.subject and reports.subject_id = last_decision.subject_id
  order by report_decisions.id desc
  limit 1;
$$;

/* Why a thing was decided about as it was last. */
create function private.decided_because(subject public.report_subject, subject_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select (private.last_decision(decided_because.subject, decided_because.subject_id)).reason;
$$;

/*
 * Writes every notice whose moment has come by a rule about a scheduled event, by each way that the rule
 * says. Run by cron, each minute. What is due is derived from the rows and the rules every time and never
 * planned ahead, so there is nothing to take back when a session is cancelled and nothing to lose when a
 * rule is edited. Two runs at once meet in notifications_once_per_subject_kind_recipient_channel.
 */
create function private.queue_due_notices()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_rule public.notification_rules;
begin
  for v_rule in
    select rules.*
    from public.notification_rules as rules
    join private.notification_events on notification_events.event = rules.event
    join public.notification_kinds on notification_kinds.kind = rules.kind
    where notification_events.earliest_minutes is not null
      and rules.is_enabled
      and notification_kinds.is_enabled
    order by rules.id
  loop
    insert into public.notifications (
      recipient_id, kind, channel, subject_id, booking_id, version, offset_minutes, cancelled_by
    )
    select due.recipient_id, v_rule.kind, v_rule.channel, due.subject_id, due.booking_id, due.version,
      v_rule.offset_minutes, v_rule.cancelled_by
    from private.due_notices(v_rule) as due
    where not exists (
      select from public.notifications as told
      where told.subject_id = due.subject_id
        and told.kind = v_rule.kind
        and told.recipient_id = due.recipient_id
        and told.channel = v_rule.channel
        and told.version = due.version
        and told.offset_minutes = v_rule.offset_minutes
    )
    on conflict do nothing;
  end loop;
end;
$$;

/* Whom a rule is due to tell now, of what: by its event. */
create function private.due_notices(rule public.notification_rules)
returns table (recipient_id uuid, subject_id uuid, booking_id uuid, version integer)
language plpgsql
stable
set search_path = ''
as $$
begin
  case (due_notices.rule).event
    when 'session_starts' then return query select * from private.due_session_starts(due_notices.rule);
    when 'session_ends' then return query select * from private.due_session_ends(due_notices.rule);
    when 'review_due' then return query select * from private.due_session_ends(due_notices.rule);
    when 'credits_end' then return query select * from private.due_credits_end(due_notices.rule);
    when 'no_next_session' then return query select * from private.due_no_next_session(due_notices.rule);
    when 'message_unanswered' then return query select * from private.due_message_unanswered(due_notices.rule);
  end case;
end;
$$;

/*
 * The moments of an event for which a rule is due now: from `after_at`, exclusive, to `until_at`. A
 * notice that would come more than half its offset late is left out, or two days; five minutes late is
 * never too late, since jobs run each minute.
 */
create function private.due_moments(rule public.notification_rules, out after_at timestamptz, out until_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select until_at - least(greatest(make_interval(mins => abs((due_moments.rule).offset_minutes)) / 2, '5 minutes'), '2 days'),
    until_at
  from (select now() - make_interval(mins => (due_moments.rule).offset_minutes) as until_at) as moments;
$$;

/*
 * Refuses a rule that does not go together, with a sentence for the admin who edits it in Studio: words
 * that say nothing of the event, somebody whom it does not concern, a moment that it does not have, or
 * nothing that would cancel it.
 * Raises: NTRUL.
 */
create function private.tg_notification_rules__fit_together()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_event private.notification_events;
  v_kind public.notification_kinds;
  v_conditions text[];
  v_problem text;
begin
  select * into v_event from private.notification_events where notification_events.event = new.event;
  select * into v_kind from public.notification_kinds where notification_kinds.kind = new.kind;
  select array_agg(notification_conditions.condition order by notification_conditions.condition) into v_conditions
  from private.notification_conditions
  where new.event = any (notification_conditions.cancels);

  v_problem := case
    when v_event.event is null
      then format('There is no event "%s". private.notification_events lists them.', new.event)
    when v_kind.kind is null
      then format('There is no kind "%s". notification_kinds lists them.', new.kind)
    when new.kind <> new.event and not coalesce(new.event = any (v_kind.told_on), false)
      then format('The words of "%s" are not about "%s".', new.kind, new.event)
    when not coalesce(new.recipient = any (v_event.recipients), false)
      then format('"%s" is told to the %s only.', new.event, array_to_string(v_event.recipients, ' and the '))
    when v_event.earliest_minutes is null and new.offset_minutes <= 0
      then format('"%s" is told when it happens: leave offset_minutes empty, or say how many minutes later.', new.event)
    when v_event.earliest_minutes is not null
      and (new.offset_minutes is null or new.offset_minutes not between v_event.earliest_minutes and v_event.latest_minutes)
      then format(
        'offset_minutes of "%s" is between %s and %s: before its moment negative, after it positive.',
        new.event, v_event.earliest_minutes, v_event.latest_minutes
      )
    when new.event = 'session_starts' and v_kind.is_urgent <> (new.offset_minutes >= -60)
      then 'A reminder within the hour is of a kind that is urgent and comes at night too; an earlier one is not.'
    when new.cancelled_by is null and v_conditions is not null
      then format('Say in cancelled_by what makes it untrue: %s.', array_to_string(v_conditions, ' or '))
    when not coalesce(new.cancelled_by = any (v_conditions), new.cancelled_by is null)
      then format('"%s" says nothing of "%s".', new.cancelled_by, new.event)
    when exists (
      select from public.notification_rules as other
      where other.id <> new.id
        and (other.event, other.kind, other.recipient, other.channel) = (new.event, new.kind, new.recipient, new.channel)
        and other.offset_minutes is not distinct from new.offset_minutes
    ) then 'There is a rule like this one already.'
  end;

  if v_problem is not null then
    raise exception '%', v_problem using errcode = 'NTRUL';
  end if;
  return new;
end;
$$;

/*
 * Notes what became of a notice: sent, by mail or in the app, or (null) not now. Of the latter it is
 * decided once more: what no longer holds is left out, what waits for a digest is held, and anything else
 * is put back until it may leave, so that none is lost whatever changed in between. One that is left out
 * after a worker was given it may have left: it is in the log as such.
 */
create function private.record_notice(notification_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_notice public.notifications;
begin
  select * into v_notice
  from public.notifications
  where notifications.id = record_notice.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
  for update;

  if not found then
    return;
  end if;

  if record_notice.result is not null then
    update public.notifications
    set sent_at = now(),
        sentence = record_notice.result ->> 'sentence',
        path = record_notice.result ->> 'path'
    where notifications.id = v_notice.id;
    if v_notice.channel = 'in_app' then
      perform private.broadcast_unread(v_notice.recipient_id);
    else
      perform private.record_mail(v_notice.recipient_id, v_notice.kind, v_notice.id, null, record_notice.result);
    end if;
    return;
  end if;

  case private.decision_of(v_notice)
    when 'skip' then
      update public.notifications set skipped_at = now() where notifications.id = v_notice.id;
      perform private.record_unsent_mail(jsonb_build_object('notification_id', v_notice.id))
      where v_notice.handed_at is not null;
    when 'hold' then
      update public.notifications set held_at = now() where notifications.id = v_notice.id;
    else
      perform private.put_back(v_notice.channel || ':' || v_notice.id, v_notice.recipient_id, v_notice.handed_at)
      where v_notice.held_at is null;
  end case;
end;
$$;

/*
 * Puts work for a person back into the outbox, for the end of their quiet hours; it was no attempt. What a
 * worker was given before (handed_at) does not wait for it.
 */
create function private.put_back(dedupe_key text, profile_id uuid, handed_at timestamptz)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.outbox
  set status = 'pending', done_at = null, attempts = outbox.attempts - 1,
      run_after = coalesce((
        select private.quiet_until(profiles, now())
        from public.profiles
        where profiles.id = put_back.profile_id
          and put_back.handed_at is null
      ), now())
  where outbox.dedupe_key = put_back.dedupe_key;
$$;

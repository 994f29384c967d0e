/*
 * Writes the digests that are due: of whatever a person's notices waited for their morning, each is in one.
 * Run by cron. Whose morning it was is derived from their zone and choice every time; a notice that another
 * run has taken is left to it.
 */
create function private.queue_digests()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_recipient_id uuid;
  v_notice_ids uuid[];
  v_digest_id uuid;
begin
  for v_recipient_id in
    select distinct notifications.recipient_id
    from public.notifications
    where notifications.held_at is not null and notifications.digest_id is null and notifications.skipped_at is null
  loop
    v_notice_ids := array(
      select notifications.id
      from public.notifications
      join public.profiles on profiles.id = notifications.recipient_id
      where notifications.recipient_id = v_recipient_id
        and notifications.held_at is not null
        and notifications.digest_id is null
        and notifications.skipped_at is null
        and notifications.held_at < private.last_morning(profiles.time_zone, private.delivery_of(notifications), now())
      for update of notifications skip locked
    );
    continue when v_notice_ids = '{}';

    insert into private.digests (recipient_id) values (v_recipient_id) returning digests.id into v_digest_id;
    update public.notifications set digest_id = v_digest_id where notifications.id = any (v_notice_ids);
    perform private.enqueue('mail_digest', 'mail_digest:' || v_digest_id, jsonb_build_object('digest_id', v_digest_id));
  end loop;
end;
$$;

/* The last time up to `at` that digests came in a zone: that day's morning or the one before, or Monday's for weekly ones. */
create function private.last_morning(time_zone text, delivery public.notification_delivery, at timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select max(morning.comes_at)
  from (select (last_morning.at at time zone last_morning.time_zone)::date as day) as today
  cross join generate_series(0, 7) as ago
  cross join lateral (
    select (today.day - ago + (private.settings()).digest_at) at time zone last_morning.time_zone as comes_at,
      extract(isodow from today.day - ago) as weekday
  ) as morning
  where morning.comes_at <= last_morning.at
    and (last_morning.delivery <> 'weekly' or morning.weekday = 1);
$$;

/*
 * Tells one person one thing about one subject, by mail through the outbox. The same thing
 * a second time is told once; a kind that is switched off is not told at all. `version`
 * tells apart what may be told again (a session that was moved). Whether it still holds is
 * looked at when the mail leaves (mail_work).
 */
create function private.notify(
  recipient_id uuid,
  kind text,
  subject_id uuid,
  booking_id uuid default null,
  version integer default 1,
  run_after timestamptz default now()
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_notification_id uuid;
begin
  insert into public.notifications (recipient_id, kind, subject_id, booking_id, version)
  select notify.recipient_id, notification_kinds.kind, notify.subject_id, notify.booking_id, notify.version
  from public.notification_kinds
  where notification_kinds.kind = notify.kind
    and notification_kinds.is_enabled
  on conflict (subject_id, kind, recipient_id, version) do nothing
  returning notifications.id into v_notification_id;

  if v_notification_id is not null then
    perform private.enqueue(
      'mail', 'mail:' || v_notification_id,
      jsonb_build_object('notification_id', v_notification_id), notify.run_after
    );
  end if;
end;
$$;

/* Tells client and coach of a booking the same thing. `version` as for notify. */
create function private.notify_parties(booking_id uuid, kind text, version integer default 1)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.notify(party.profile_id, notify_parties.kind, bookings.id, bookings.id, notify_parties.version)
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (values (bookings.client_id), (coaches.profile_id)) as party (profile_id)
  where bookings.id = notify_parties.booking_id;
$$;

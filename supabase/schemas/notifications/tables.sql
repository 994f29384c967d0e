comment on table public.notification_groups is 'What people choose about on their settings page: kinds that belong together.';
comment on table public.notification_preferences is 'How somebody wants to be told of what a group has. Without a row: at once.';
comment on table private.digests is 'One mail that lists what waited for it. Each notice is in one digest, or in none.';
comment on table public.mails is 'Every mail to a person, without its words and address: when it was sent, and what became of it.';
comment on table public.notification_kinds is 'What we tell people: the templates. An admin switches one off here.';
comment on table private.notification_events is 'What a rule can be about, and to whom it can be told. Rows are in supabase/seed.sql; each scheduled one has a function due_<event>.';
comment on table private.notification_conditions is 'What can cancel a notice. Rows are in supabase/seed.sql; is_still_true knows each.';
comment on table public.notification_rules is 'What is told on which event, to whom, by which way, how many minutes before (negative) or after, unless what happens. An admin edits them here; what does not go together is refused with a sentence.';
comment on table public.notifications is 'One thing told to one person about one subject: written once, sent once.';

alter table private.notification_events
  add constraint notification_events_range check (
    (earliest_minutes is null) = (latest_minutes is null) and earliest_minutes <= latest_minutes
  ),
  add constraint notification_events_recipients check (cardinality(recipients) between 1 and 2);

-- The same rule twice would tell the same thing once.
create unique index notification_rules_once
  on public.notification_rules (event, kind, recipient, channel, offset_minutes) nulls not distinct;

-- However many runs and workers there are. The offset tells one reminder of a session from the next.
create unique index notifications_once_per_subject_kind_recipient_channel
  on public.notifications (subject_id, kind, recipient_id, channel, version, offset_minutes) nulls not distinct;

-- What waits for a digest, and what is unread: few, however many there were.
create index notifications_held_idx on public.notifications (recipient_id)
  where held_at is not null and digest_id is null and skipped_at is null;
create index notifications_unread_idx on public.notifications (recipient_id)
  where channel = 'in_app' and sent_at is not null and read_at is null;
create index notifications_inbox_idx on public.notifications (recipient_id, sent_at desc, id)
  where channel = 'in_app' and sent_at is not null;

alter table public.notification_preferences
  add constraint notification_preferences_in_app_is_on_or_off check (channel = 'mail' or delivery in ('at_once', 'never'));

alter table public.notifications
  add constraint notifications_in_app_says_something
    check (channel = 'mail' or sent_at is null or (sentence is not null and path is not null));

alter table public.mails
  add constraint mails_say_one_thing check (num_nonnulls(notification_id, digest_id) = 1);

alter table public.mails enable row level security;
alter table public.notification_groups enable row level security;
alter table public.notification_preferences enable row level security;
alter table private.digests enable row level security;
alter table public.notification_kinds enable row level security;
alter table private.notification_events enable row level security;
alter table private.notification_conditions enable row level security;
alter table public.notification_rules enable row level security;
alter table public.notifications enable row level security;

grant select on public.notification_groups to authenticated;
grant select on public.notification_preferences to authenticated;
grant select on public.notification_kinds to authenticated;
grant select on public.notification_rules to authenticated;
grant select on public.notifications to authenticated;
grant select on public.mails to authenticated;

-- No writes: notify is called by what happens, queue_due_notices by cron; people call
-- save_notification_settings, read_notice and mark_notices_read.

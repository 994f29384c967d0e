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

alter table public.notification_kinds enable row level security;
alter table private.notification_events enable row level security;
alter table private.notification_conditions enable row level security;
alter table public.notification_rules enable row level security;
alter table public.notifications enable row level security;

grant select on public.notification_kinds to authenticated;
grant select on public.notification_rules to authenticated;
grant select on public.notifications to authenticated;

-- No writes: notify is called by what happens, queue_due_notices by cron.

comment on table public.notification_kinds is 'What we tell people, and when. An admin switches one off or moves a reminder here.';
comment on table public.notifications is 'One thing told to one person about one subject: written once, sent once.';

alter table public.notification_kinds
  add constraint notification_kinds_lead check (minutes_before_start > 0);

alter table public.notification_kinds enable row level security;
alter table public.notifications enable row level security;

grant select on public.notification_kinds to authenticated;
grant select on public.notifications to authenticated;

-- No writes: notify is called by what happens.

comment on table public.calendar_feeds is 'The private address at which a person''s calendar app reads their sessions; only a hash of it is kept.';

alter table public.calendar_feeds enable row level security;

-- Not token_hash: nobody has to see it, and who has the address needs no row.
grant select (profile_id, created_at) on public.calendar_feeds to authenticated;

-- No writes: make_calendar_feed and revoke_calendar_feed.

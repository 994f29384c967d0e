/* Tells a person's browsers how many notices are unread: a number, no words. */
create function private.broadcast_unread(profile_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select realtime.send(
    jsonb_build_object('notices', private.unread_notices(broadcast_unread.profile_id)),
    'unread',
    'person:' || broadcast_unread.profile_id,
    true
  );
$$;

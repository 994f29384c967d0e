/* How many notices in the app somebody has not read. */
create function private.unread_notices(profile_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select count(*)::integer
  from public.notifications
  where notifications.recipient_id = unread_notices.profile_id
    and notifications.channel = 'in_app'
    and notifications.sent_at is not null
    and notifications.read_at is null;
$$;

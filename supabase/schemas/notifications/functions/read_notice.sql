/*
 * The asker has read one notice. Returns where it leads, a path of the site.
 * Raises: NTNFD (no such notice, or somebody else's).
 *
 * Security definer: nobody may write notifications.
 */
create function public.read_notice(notification_id uuid)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_path text;
begin
  update public.notifications
  set read_at = coalesce(notifications.read_at, now())
  where notifications.id = read_notice.notification_id
    and notifications.recipient_id = private.current_profile_id()
    and notifications.channel = 'in_app'
    and notifications.sent_at is not null
  returning notifications.path into v_path;

  if not found then
    raise exception 'This notification does not exist.' using errcode = 'NTNFD';
  end if;

  perform private.broadcast_unread(private.current_profile_id());
  return v_path;
end;
$$;

grant execute on function public.read_notice(uuid) to authenticated;

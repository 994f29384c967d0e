/*
 * The asker has read every notice up to a moment: that of the newest on the page they saw, so that none
 * that came since is taken for read.
 *
 * Security definer: nobody may write notifications.
 */
create function public.mark_notices_read(until timestamptz)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  update public.notifications
  set read_at = now()
  where notifications.recipient_id = private.current_profile_id()
    and notifications.channel = 'in_app'
    and notifications.sent_at <= mark_notices_read.until
    and notifications.read_at is null;

  select private.broadcast_unread(private.current_profile_id());
$$;

grant execute on function public.mark_notices_read(timestamptz) to authenticated;

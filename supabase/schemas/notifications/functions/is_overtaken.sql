/* Whether there is a later notice of the same: it says what is so by now, and to have both would be to read it twice. */
create function private.is_overtaken(notification public.notifications)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from public.notifications as later
    where later.recipient_id = (is_overtaken.notification).recipient_id
      and later.kind = (is_overtaken.notification).kind
      and later.channel = (is_overtaken.notification).channel
      and later.subject_id = (is_overtaken.notification).subject_id
      and later.version > (is_overtaken.notification).version
  );
$$;

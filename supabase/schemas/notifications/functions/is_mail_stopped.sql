/*
 * Whether such a notice may not be mailed to its recipient: nothing to an address that took no mail, and to
 * one whose reader called a mail of ours spam nothing but what is required.
 */
create function private.is_mail_stopped(notification public.notifications)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from public.profile_contacts
    join public.notification_kinds as kinds on kinds.kind = (is_mail_stopped.notification).kind
    left join public.notification_groups as groups on groups.group_name = kinds.group_name
    where profile_contacts.profile_id = (is_mail_stopped.notification).recipient_id
      and (
        profile_contacts.mail_stopped_by = 'bounce'
        or profile_contacts.mail_stopped_by = 'complaint' and not coalesce(groups.is_required, true)
      )
  );
$$;

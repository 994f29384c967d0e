/*
 * Mail to an address ends: a mail written at `mailed_at` did not arrive there for good (bounce) or was called
 * spam. Nothing is stopped by a mail of before its person said that the address is right, and a complaint
 * does not weaken what a bounce has stopped.
 */
create function private.stop_mail(address text, reason public.mail_stop, mailed_at timestamptz)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.profile_contacts
  set mail_stopped_at = coalesce(profile_contacts.mail_stopped_at, now()), mail_stopped_by = stop_mail.reason
  where lower(profile_contacts.email) = lower(stop_mail.address)
    and coalesce(profile_contacts.mail_confirmed_at < stop_mail.mailed_at, true)
    and coalesce(profile_contacts.mail_stopped_by <> 'bounce', true);
$$;

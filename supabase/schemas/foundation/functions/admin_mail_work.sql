/*
 * What `dispatch` needs to write to the admins: their address beside what the mail is about, or null
 * when there is no address.
 */
create function private.admin_mail_work(payload jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select admin_mail_work.payload || jsonb_build_object('email', (private.settings()).admins_email)
  where (private.settings()).admins_email is not null;
$$;

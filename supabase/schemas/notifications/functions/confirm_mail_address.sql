/*
 * The asker says that mail to their address arrives, or is wanted after all: it is mailed again, until the
 * next bounce or complaint about a mail of after this. Raises: UPSGN, UPONB.
 *
 * Security definer: nobody may write contacts.
 */
create function public.confirm_mail_address()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_person public.profiles := private.require_profile();
begin
  update public.profile_contacts
  set mail_stopped_at = null, mail_stopped_by = null, mail_confirmed_at = now()
  where profile_contacts.profile_id = v_person.id
    and profile_contacts.mail_stopped_by is not null;
end;
$$;

grant execute on function public.confirm_mail_address() to authenticated;

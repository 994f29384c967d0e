/*
 * What the address in a mail is about, for its page: each group that it stops, and how its mails come now. Of
 * a summary those that come in one, and none once none does: what somebody had stopped before is not its
 * business. Changes nothing: mail scanners follow links. Raises: NTLNK (unsubscribe_groups).
 *
 * Security definer: the address is the right to read, whoever is signed in.
 */
create function public.unsubscribe_choices(token text)
returns table (group_name text, title text, mail public.notification_delivery)
language sql
stable
security definer
set search_path = ''
as $$
  with groups as (
    select * from private.unsubscribe_groups(unsubscribe_choices.token)
  )
  select groups.group_name, groups.title, groups.mail
  from groups
  where (select count(*) from groups) = 1
    or groups.mail in ('daily', 'weekly');
$$;

grant execute on function public.unsubscribe_choices(text) to anon, authenticated;

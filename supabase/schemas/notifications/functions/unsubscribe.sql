/*
 * Stops the mails that the address in one of them is about (RFC 8058): of its group, or all that come in
 * summaries. What is shown in the app stays. Returns each group with how its mails came until now, for
 * resubscribe; of a second time nothing is stopped and it says 'never', or nothing of a summary. Raises: NTLNK (unsubscribe_groups).
 *
 * Security definer: nobody may write preferences, and the address is the right to change these.
 */
create function public.unsubscribe(token text)
returns table (group_name text, title text, mail public.notification_delivery)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_profile_id uuid;
begin
  select groups.profile_id into v_profile_id from private.unsubscribe_groups(unsubscribe.token) as groups limit 1;
  return query select * from public.unsubscribe_choices(unsubscribe.token);

  perform private.save_choices(v_profile_id, (
    select jsonb_agg(jsonb_build_object('group_name', choice.group_name, 'mail', 'never'))
    from public.unsubscribe_choices(unsubscribe.token) as choice
  ));
end;
$$;

grant execute on function public.unsubscribe(text) to anon, authenticated;

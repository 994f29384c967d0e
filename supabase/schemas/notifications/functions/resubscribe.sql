/*
 * Takes back what was done at the address in a mail: its groups come by mail again, each as it did
 * ([{"group_name": "reviews", "mail": "daily"}], what unsubscribe returned).
 * Raises: NTLNK (unsubscribe_groups), NTCHO (a group that the address is not about, or no such choice),
 * NTDIG (a summary of what does not wait for one).
 *
 * Security definer: nobody may write preferences, and the address is the right to change these.
 */
create function public.resubscribe(token text, choices jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_profile_id uuid;
  v_group_names text[];
begin
  select groups.profile_id, array_agg(groups.group_name) into v_profile_id, v_group_names
  from private.unsubscribe_groups(resubscribe.token) as groups
  group by groups.profile_id;

  if exists (
    select
    from jsonb_to_recordset(resubscribe.choices) as choice (group_name text)
    where choice.group_name <> all (v_group_names)
  ) then
    raise exception 'Choose how you want to be told.' using errcode = 'NTCHO';
  end if;

  perform private.save_choices(v_profile_id, (
    select jsonb_agg(jsonb_build_object('group_name', choice.group_name, 'mail', choice.mail))
    from jsonb_to_recordset(resubscribe.choices) as choice (group_name text, mail text)
  ));
end;
$$;

grant execute on function public.resubscribe(text, jsonb) to anon, authenticated;

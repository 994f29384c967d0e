/*
 * Keeps how a person wants to be told of some groups: how the mails of each come and whether it is shown in
 * the app ([{"group_name": "reviews", "mail": "daily", "in_app": true}]; what is left out stays).
 * Raises: NTREQ (mails of a group that is required are not at once), NTDIG (a digest of what does not wait
 * for one), NTCHO (no such group or choice, or a group twice).
 */
create function private.save_choices(profile_id uuid, choices jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_title text;
begin
  if exists (
    select
    from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail text, in_app boolean)
    left join public.notification_groups as groups on groups.group_name = choice.group_name
    where groups.group_name is null
      or choice.mail not in ('at_once', 'daily', 'weekly', 'never')
  ) or exists (
    select
    from jsonb_to_recordset(save_choices.choices) as choice (group_name text)
    group by choice.group_name
    having count(*) > 1
  ) then
    raise exception 'Choose how you want to be told.' using errcode = 'NTCHO';
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_required and choice.mail <> 'at_once'
  limit 1;
  if found then
    raise exception '%: we have to send you these in writing.', v_title using errcode = 'NTREQ', detail = v_title;
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_transactional and choice.mail in ('daily', 'weekly')
  limit 1;
  if found then
    raise exception '%: these cannot wait for a summary.', v_title using errcode = 'NTDIG', detail = v_title;
  end if;

  insert into public.notification_preferences (profile_id, group_name, channel, delivery)
  select save_choices.profile_id, choice.group_name, told.channel, told.delivery
  from jsonb_to_recordset(save_choices.choices) as choice (group_name text, mail public.notification_delivery, in_app boolean)
  cross join lateral (
    values
      ('mail'::public.notification_channel, choice.mail),
      ('in_app', case choice.in_app when true then 'at_once' when false then 'never' end::public.notification_delivery)
  ) as told (channel, delivery)
  where told.delivery is not null
  on conflict (profile_id, group_name, channel) do update set delivery = excluded.delivery;
end;
$$;

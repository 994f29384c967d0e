/*
 * The asker says how they want to be told: for each group they choose about, how its mails come and whether
 * it is shown in the app ([{"group_name": "reviews", "mail": "daily", "in_app": true}]; without "mail" it
 * stays), and between which local times only what is urgent is mailed (both null: never quiet). What
 * already waits for a digest comes with the next one.
 * Raises: UPSGN, NTREQ (mails of a group that is required are not at once), NTDIG (a digest of what does not
 * wait for one), NTCHO (no such group or choice), NTQUI (one time of two, or twice the same).
 *
 * Security definer: nobody may write preferences or profiles.
 */
create function public.save_notification_settings(choices jsonb, quiet_from time default null, quiet_until time default null)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_person public.profiles := private.require_profile();
  v_title text;
begin
  if (save_notification_settings.quiet_from is null) <> (save_notification_settings.quiet_until is null)
    or save_notification_settings.quiet_from = save_notification_settings.quiet_until then
    raise exception 'Choose from when and until when it is quiet, or neither.' using errcode = 'NTQUI';
  end if;

  if exists (
    select
    from jsonb_to_recordset(save_notification_settings.choices) as choice (group_name text, mail text, in_app boolean)
    left join public.notification_groups as groups on groups.group_name = choice.group_name
    where groups.group_name is null
      or choice.mail not in ('at_once', 'daily', 'weekly', 'never')
  ) then
    raise exception 'Choose how you want to be told.' using errcode = 'NTCHO';
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_notification_settings.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_required and choice.mail <> 'at_once'
  limit 1;
  if found then
    raise exception '%: we have to send you these in writing.', v_title using errcode = 'NTREQ', detail = v_title;
  end if;

  select groups.title into v_title
  from jsonb_to_recordset(save_notification_settings.choices) as choice (group_name text, mail text)
  join public.notification_groups as groups on groups.group_name = choice.group_name
  where groups.is_transactional and choice.mail in ('daily', 'weekly')
  limit 1;
  if found then
    raise exception '%: these cannot wait for a summary.', v_title using errcode = 'NTDIG', detail = v_title;
  end if;

  insert into public.notification_preferences (profile_id, group_name, channel, delivery)
  select v_person.id, choice.group_name, told.channel, told.delivery
  from jsonb_to_recordset(save_notification_settings.choices) as choice (group_name text, mail public.notification_delivery, in_app boolean)
  cross join lateral (
    values
      ('mail'::public.notification_channel, choice.mail),
      ('in_app', case when choice.in_app then 'at_once' else 'never' end::public.notification_delivery)
  ) as told (channel, delivery)
  where told.delivery is not null
  on conflict (profile_id, group_name, channel) do update set delivery = excluded.delivery;

  update public.profiles
  set quiet_from = save_notification_settings.quiet_from, quiet_until = save_notification_settings.quiet_until
  where profiles.id = v_person.id;
end;
$$;

grant execute on function public.save_notification_settings(jsonb, time, time) to authenticated;

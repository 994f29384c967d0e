/*
 * The asker says how they want to be told: for each group they choose about, how its mails come and whether
 * it is shown in the app (choices as for save_choices), and between which local times only what is urgent is
 * mailed (both null: never quiet). What already waits for a digest comes with the next one.
 * Raises: UPSGN, NTREQ, NTDIG, NTCHO (save_choices), NTQUI (one time of two, or twice the same).
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
begin
  if (save_notification_settings.quiet_from is null) <> (save_notification_settings.quiet_until is null)
    or save_notification_settings.quiet_from = save_notification_settings.quiet_until then
    raise exception 'Choose from when and until when it is quiet, or neither.' using errcode = 'NTQUI';
  end if;

  perform private.save_choices(v_person.id, save_notification_settings.choices);

  update public.profiles
  set quiet_from = save_notification_settings.quiet_from, quiet_until = save_notification_settings.quiet_until
  where profiles.id = v_person.id;
end;
$$;

grant execute on function public.save_notification_settings(jsonb, time, time) to authenticated;

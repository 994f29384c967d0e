/*
 * What the asker can choose about how they are told, and has: each group with how its mails come and whether
 * it is shown in the app; on each row the same quiet hours, local times of their zone or null. Groups that
 * concern coaches alone only for those who coach.
 *
 * Security definer: quiet hours are nobody else's business, so nobody holds a right to the columns.
 */
create function public.notification_settings()
returns table (
  group_name text,
  title text,
  description text,
  is_required boolean,
  is_transactional boolean,
  mail public.notification_delivery,
  in_app boolean,
  quiet_from time,
  quiet_until time,
  time_zone text
)
language sql
stable
security definer
set search_path = ''
as $$
  select groups.group_name, groups.title, groups.description, groups.is_required, groups.is_transactional,
    case when groups.is_required then 'at_once' else coalesce(mail.delivery, 'at_once') end,
    coalesce(in_app.delivery, 'at_once') = 'at_once',
    profiles.quiet_from, profiles.quiet_until, profiles.time_zone
  from public.profiles
  cross join public.notification_groups as groups
  left join public.notification_preferences as mail
    on mail.profile_id = profiles.id and mail.group_name = groups.group_name and mail.channel = 'mail'
  left join public.notification_preferences as in_app
    on in_app.profile_id = profiles.id and in_app.group_name = groups.group_name and in_app.channel = 'in_app'
  where profiles.id = private.current_profile_id()
    and (private.current_coach_id() is not null or groups.group_name <> 'practice')
  order by groups.position;
$$;

grant execute on function public.notification_settings() to authenticated;

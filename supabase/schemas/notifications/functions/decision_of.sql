/*
 * What becomes of a notice at this moment, as its recipient wants it: 'send', 'skip' (it no longer holds, is
 * not wanted, or mail to them is stopped), 'hold' (for a digest) or 'wait' (for the end of quiet hours, unless it is urgent).
 * What a worker was given (handed_at) may have left, and is sent again under its key, so that it is one mail: not
 * held for a digest, in which it would be a second time, nor for the morning. Once the key is no good, only
 * what is transactional is: better twice than not at all.
 */
create function private.decision_of(notification public.notifications)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when recipient.deleted_at is not null or not kinds.is_enabled then 'skip'
    when delivery = 'never' or not private.is_still_true(decision_of.notification) then 'skip'
    when (decision_of.notification).channel = 'mail' and private.is_mail_stopped(decision_of.notification) then 'skip'
    when private.is_key_over((decision_of.notification).handed_at) and not coalesce(groups.is_transactional, true) then 'skip'
    when (decision_of.notification).handed_at is not null then 'send'
    when delivery in ('daily', 'weekly') then 'hold'
    when (decision_of.notification).channel = 'mail' and not kinds.is_urgent and private.quiet_until(recipient, now()) is not null then 'wait'
    else 'send'
  end
  from public.profiles as recipient
  join public.notification_kinds as kinds on kinds.kind = (decision_of.notification).kind
  left join public.notification_groups as groups on groups.group_name = kinds.group_name
  cross join private.delivery_of(decision_of.notification) as delivery
  where recipient.id = (decision_of.notification).recipient_id;
$$;

/*
 * How the recipient of a notice chose to be told of such. What is required is mailed at once whatever they
 * chose, and shown in the app while it can't be mailed; only what is not transactional waits for a digest.
 */
create function private.delivery_of(notification public.notifications)
returns public.notification_delivery
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select preference.delivery
    from public.notification_kinds as kinds
    join public.notification_groups as groups on groups.group_name = kinds.group_name
    join public.notification_preferences as preference
      on preference.group_name = groups.group_name
      and preference.profile_id = (delivery_of.notification).recipient_id
      and preference.channel = (delivery_of.notification).channel
    where kinds.kind = (delivery_of.notification).kind
      and (
        not groups.is_required
        or preference.channel = 'in_app' and not private.is_mail_stopped(delivery_of.notification)
      )
      and (preference.delivery in ('at_once', 'never') or not groups.is_transactional)
  ), 'at_once');
$$;

/*
 * Who owes an answer for so long as a rule says: from the first of the other's messages that follow each
 * other, whose number is the version. Messages that were deleted or removed ask and
 * answer nothing, and nobody owes one where nobody may write, or to somebody who has left.
 */
create function private.due_message_unanswered(rule public.notification_rules)
returns table (recipient_id uuid, subject_id uuid, booking_id uuid, version integer)
language sql
stable
set search_path = ''
as $$
  select owes.profile_id, conversations.id, null::uuid, first.seq::integer
  from private.due_moments(due_message_unanswered.rule) as due
  join public.messages as first on first.created_at > due.after_at and first.created_at <= due.until_at
  join public.conversations on conversations.id = first.conversation_id
  join public.coaches on coaches.id = conversations.coach_id
  cross join lateral (
    select case (due_message_unanswered.rule).recipient when 'coach' then coaches.profile_id else conversations.client_id end as profile_id
  ) as owes
  where first.sender_id <> owes.profile_id
    and first.deleted_at is null
    and first.removed_at is null
    and conversations.closed_at is null
    and not private.is_blocked(conversations)
    and not exists (select from public.profiles where profiles.id = first.sender_id and profiles.deleted_at is not null)
    and first.sender_id is distinct from (
      select before.sender_id
      from public.messages as before
      where before.conversation_id = first.conversation_id
        and before.seq < first.seq
        and before.deleted_at is null
        and before.removed_at is null
      order by before.seq desc
      limit 1
    )
    and not exists (
      select from public.messages as answer
      where answer.conversation_id = first.conversation_id
        and answer.seq > first.seq
        and answer.sender_id = owes.profile_id
        and answer.deleted_at is null
        and answer.removed_at is null
    );
$$;

/*
 * Whether what a notice says is unanswered still is: the message is there, one can write in the
 * thread, and nothing was written back since.
 */
create function private.is_answer_owed(notification public.notifications)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from public.messages
    join public.conversations on conversations.id = messages.conversation_id
    where messages.conversation_id = (is_answer_owed.notification).subject_id
      and messages.seq = (is_answer_owed.notification).version
      and messages.deleted_at is null
      and messages.removed_at is null
      and private.closed_because(conversations) is null
  ) and not exists (
    select from public.messages
    where messages.conversation_id = (is_answer_owed.notification).subject_id
      and messages.seq > (is_answer_owed.notification).version
      and messages.sender_id = (is_answer_owed.notification).recipient_id
      and messages.deleted_at is null
      and messages.removed_at is null
  );
$$;

/*
 * How long each coach took to answer, over 90 days: from the first of a client's messages that follow each other to the
 * coach's next. What was deleted or removed asks and answers nothing; what nobody has answered yet counts nowhere.
 */
create function private.answer_times()
returns table (coach_id uuid, took interval)
language sql
stable
set search_path = ''
as $$
  with standing as (
    select conversations.coach_id, messages.conversation_id, messages.seq, messages.created_at,
      messages.sender_id = conversations.client_id as is_client,
      lag(messages.sender_id) over thread as before_id, messages.sender_id
    from public.messages
    join public.conversations on conversations.id = messages.conversation_id
    where messages.created_at > now() - interval '90 days'
      and messages.deleted_at is null
      and messages.removed_at is null
    window thread as (partition by messages.conversation_id order by messages.seq)
  ),
  turns as (
    select standing.coach_id, standing.is_client, standing.created_at,
      lag(standing.created_at) over (partition by standing.conversation_id order by standing.seq) as asked_at
    from standing
    where standing.before_id is distinct from standing.sender_id
  )
  -- Turns alternate, so what comes before a coach's is the client's.
  select turns.coach_id, turns.created_at - turns.asked_at
  from turns
  where not turns.is_client
    and turns.asked_at is not null;
$$;

/* Run by cron: what the coaches' pages say of how soon they usually answer, the median of at least five answers. */
create function private.refresh_answer_times()
returns void
language sql
volatile
set search_path = ''
as $$
  with medians as (
    select times.coach_id, ceil(extract(epoch from percentile_cont(0.5) within group (order by times.took)) / 60)::integer as minutes
    from private.answer_times() as times
    group by times.coach_id
    having count(*) >= 5
  ),
  found as (
    select coach_listings.coach_id, medians.minutes
    from public.coach_listings
    left join medians on medians.coach_id = coach_listings.coach_id
  )
  update public.coach_listings
  set answers_in_minutes = found.minutes
  from found
  where coach_listings.coach_id = found.coach_id
    and coach_listings.answers_in_minutes is distinct from found.minutes;
$$;

/* Whether one party of a thread has blocked the other, whichever. */
create function private.is_blocked(conversation public.conversations)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from private.conversation_blocks where conversation_blocks.conversation_id = (is_blocked.conversation).id
  );
$$;

/* Whether the asker, a party, has been blocked by the other. */
create function private.is_shut_out(conversation public.conversations)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from private.conversation_blocks
    where conversation_blocks.conversation_id = (is_shut_out.conversation).id
      and conversation_blocks.profile_id <> private.current_profile_id()
  );
$$;

/*
 * Why nobody writes in a thread, for the asker, who is a party of it: 'closed', 'suspended' (the practice is), 'left'
 * (the other has left), 'blocked', 'blocked_by_you', 'over' (is_over); null when they may. Who was blocked is not told by
 * whom else than the other it could be, and not when.
 */
create function private.closed_because(conversation public.conversations)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when (closed_because.conversation).closed_at is not null then 'closed'
    when coaches.suspended_at is not null then 'suspended'
    when owner.deleted_at is not null or client.deleted_at is not null then 'left'
    when private.is_shut_out(closed_because.conversation) then 'blocked'
    when private.is_blocked(closed_because.conversation) then 'blocked_by_you'
    when private.is_over(closed_because.conversation) then 'over'
  end
  from public.coaches
  join public.profiles as owner on owner.id = coaches.profile_id
  join public.profiles as client on client.id = (closed_because.conversation).client_id
  where coaches.id = (closed_because.conversation).coach_id;
$$;

/*
 * Refuses to write where nobody may. Called under the thread's lock, which block_conversation takes, too.
 * Raises: MSBLK (one has blocked the other, an admin has closed it, the practice is suspended, or the other has left), MSRDO (there is nothing between them any more).
 */
create function private.require_open(conversation public.conversations)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  case private.closed_because(require_open.conversation)
    when 'blocked_by_you' then
      raise exception 'You have blocked this conversation. Unblock it to write.' using errcode = 'MSBLK';
    when 'closed' then
      raise exception 'We have closed this conversation: nothing more can be written in it.' using errcode = 'MSBLK';
    when 'suspended' then
      raise exception '%', case private.conversation_party(require_open.conversation)
          when 'coach' then 'Your practice is suspended: you can write to nobody. Write to support to have it looked at.'
          else 'This coach is suspended: nothing more can be written here.'
        end
        using errcode = 'MSBLK';
    when 'left' then
      raise exception '%', case private.conversation_party(require_open.conversation)
          when 'coach' then 'This client has left: nothing more can be written here.'
          else 'This coach has left: nothing more can be written here.'
        end
        using errcode = 'MSBLK';
    when 'over' then
      raise exception 'Nothing was written here for 90 days. A booking, or a new enquiry from the coach''s page, opens it again.'
        using errcode = 'MSRDO';
    when 'blocked' then
      raise exception 'This conversation takes no more messages.' using errcode = 'MSBLK';
    else null;
  end case;
end;
$$;

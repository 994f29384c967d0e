/* Whether a party has something to read of the other's between two numbers of a thread: after one, up to the other. */
create function private.is_told_between(conversation_id uuid, profile_id uuid, after_seq bigint, until_seq bigint)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from public.messages
    where messages.conversation_id = is_told_between.conversation_id
      and messages.seq > is_told_between.after_seq
      and messages.seq <= is_told_between.until_seq
      and messages.sender_id <> is_told_between.profile_id
      and messages.deleted_at is null
      and messages.removed_at is null
  );
$$;

/*
 * Moves how far a party has read forward; never back. When they did is kept of what the other wrote: writing moves them forward,
 * too, and is no reading again of what they had read before.
 */
create function private.note_read(conversation_id uuid, profile_id uuid, seq bigint)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.conversation_reads as known (conversation_id, profile_id, last_read_seq, read_at)
  values (
    note_read.conversation_id, note_read.profile_id, note_read.seq,
    -- All of a thread is looked through by whoever is new to it.
    case
      when not exists (
        select from public.conversation_reads
        where conversation_reads.conversation_id = note_read.conversation_id
          and conversation_reads.profile_id = note_read.profile_id
      ) and private.is_told_between(note_read.conversation_id, note_read.profile_id, 0, note_read.seq) then now()
    end
  )
  on conflict (conversation_id, profile_id) do update
  set last_read_seq = excluded.last_read_seq,
    read_at = case
      when private.is_told_between(known.conversation_id, known.profile_id, known.last_read_seq, excluded.last_read_seq) then now()
      else known.read_at
    end
  where known.last_read_seq < excluded.last_read_seq;
$$;

/*
 * The asker has read a thread up to message number `seq`; later than the last is the last.
 * Raises: MSNFD (not a party, or no such thread).
 *
 * Security definer: nobody may write conversation_reads.
 */
create function public.mark_read(conversation_id uuid, seq bigint)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations where conversations.id = mark_read.conversation_id;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  perform private.note_read(v_conversation.id, private.current_profile_id(), greatest(0, least(mark_read.seq, v_conversation.last_seq)));
end;
$$;

grant execute on function public.mark_read(uuid, bigint) to authenticated;

SET local check_function_bodies = off;

DROP TRIGGER "coaches__status_changed" ON "public"."coaches";

ALTER TABLE "public"."coaches"
  ADD COLUMN "suspended_at" timestamp(6) WITH time zone;

-- By hand: who is suspended now and has not left, since it was noted; before triggers are there that would audit it.
UPDATE public.coaches
SET suspended_at = coalesce(
  (
    SELECT max(audit_log.created_at)
    FROM private.audit_log
    WHERE audit_log.table_name = 'coaches'
      AND audit_log.row_id = coaches.id::text
      AND audit_log.action = 'status'
      AND audit_log.after ->> 'status' = 'suspended'
  ),
  now()
)
FROM public.profiles
WHERE profiles.id = coaches.profile_id
  AND coaches.status = 'suspended'
  AND profiles.deleted_at IS NULL;

CREATE OR REPLACE FUNCTION admin.suspend_coach (
  slug   text,
  reason text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_coach_id uuid;
begin
  update public.coaches set status = 'suspended', suspended_at = coalesce(coaches.suspended_at, now())
  where coaches.slug = suspend_coach.slug
  returning coaches.id into v_coach_id;

  if v_coach_id is null then
    raise exception 'There is no coach %.', suspend_coach.slug using errcode = 'OCNFD';
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values ('coaches', v_coach_id, 'reason', session_user, jsonb_build_object('reason', suspend_coach.reason));
end;
$function$;

CREATE OR REPLACE FUNCTION private.closed_because (
  conversation public.conversations
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.is_answer_owed (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.is_hidden (
  conversation_id uuid,
  sender_id       uuid,
  reader_id       uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select is_hidden.sender_id <> is_hidden.reader_id
    and exists (
      select
      from public.conversations
      join public.coaches on coaches.id = conversations.coach_id
      where conversations.id = is_hidden.conversation_id
        and coaches.profile_id = is_hidden.sender_id
        and coaches.suspended_at is not null
    );
$function$;

CREATE OR REPLACE FUNCTION private.is_suspended (
  coach_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.coaches
    where coaches.id = is_suspended.coach_id
      and coaches.suspended_at is not null
  );
$function$;

CREATE OR REPLACE FUNCTION private.may_reply (
  review public.reviews
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (may_reply.review).author_party = 'client'
    and (may_reply.review).removed_at is null
    and (may_reply.review).reply is null
    and coalesce(private.reply_ends_at(may_reply.review) > now(), false)
    and not private.is_suspended((may_reply.review).coach_id);
$function$;

CREATE OR REPLACE FUNCTION private.note_read (
  conversation_id uuid,
  profile_id      uuid,
  seq             bigint
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.require_open (
  conversation public.conversations
)
  RETURNS void
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.tg_coaches__status_changed()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  if new.status = 'approved' and private.missing_in_practice(new) is not null then
    raise exception 'A practice needs a profile, weekly hours and an offer before it is approved.'
      using errcode = 'OCINC';
  end if;

  if new.status = 'approved' and new.approved_at is null then
    new.approved_at := now();
    perform private.notify(new.profile_id, 'coach_approved', new.id);
  end if;

  if new.status <> 'suspended' then
    new.suspended_at := null;
  elsif not exists (select from public.profiles where profiles.id = new.profile_id and profiles.deleted_at is not null) then
    new.suspended_at := coalesce(new.suspended_at, now());
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, before, after)
  values (
    'coaches', new.id, 'status', coalesce(auth.jwt() ->> 'sub', session_user),
    jsonb_build_object('status', old.status, 'suspended_at', old.suspended_at),
    jsonb_build_object('status', new.status, 'suspended_at', new.suspended_at)
  );

  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.unread_messages (
  conversation public.conversations,
  profile_id   uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  -- What is hidden is all that the other wrote: it is not asked of each message.
  select case
    when (unread_messages.conversation).client_id = unread_messages.profile_id
      and private.is_suspended((unread_messages.conversation).coach_id) then 0
    else (
      select count(*)::integer
      from (
        select
        from public.messages
        where messages.conversation_id = (unread_messages.conversation).id
          and messages.seq > coalesce(
            (
              select conversation_reads.last_read_seq
              from public.conversation_reads
              where conversation_reads.conversation_id = (unread_messages.conversation).id
                and conversation_reads.profile_id = unread_messages.profile_id
            ), 0
          )
          and messages.sender_id <> unread_messages.profile_id
          and messages.deleted_at is null
          and messages.removed_at is null
        limit 100
      ) as unread
    )
  end;
$function$;

CREATE OR REPLACE FUNCTION public.inbox (
  page_number  integer DEFAULT 1,
  only_waiting boolean DEFAULT false
)
  RETURNS TABLE (
    conversation_id  uuid,
    party            text,
    counterpart_name text,
    is_member        boolean,
    coach_slug       text,
    last_body        text,
    last_is_own      boolean,
    last_is_deleted  boolean,
    last_message_at  timestamp with time zone,
    waiting_since    timestamp with time zone,
    unread_count     integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with own as (
    select conversations as thread, conversations.id, conversations.coach_id = private.current_coach_id() as is_coach,
      -- The asker is one of the two.
      case
        when conversations.owed_by = case when conversations.client_id = private.current_profile_id() then 'client' else 'coach' end::public.booking_actor
          then conversations.owed_at
      end as owed_at
    from public.conversations
    where conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id()
  ),
  sorted as (
    select own.*, row_number() over (
        order by
          -- Who does not wait is not looked up, and why nobody may answer is asked of members alone.
          case
            when own.is_coach and own.owed_at is not null and private.is_member((own.thread).client_id, (own.thread).coach_id)
              then private.closed_because(own.thread) is null
            else false
          end desc,
          case when inbox.only_waiting then own.owed_at end,
          coalesce((own.thread).last_message_at, (own.thread).created_at) desc
      ) as position
    from own
    where not inbox.only_waiting or own.owed_at is not null
    order by position
    -- Sorted first, so that no more are asked below than a page takes.
    offset 0
  ),
  page as (
    select sorted.*
    from sorted
    -- Where nobody may answer nobody waits.
    where not inbox.only_waiting or private.closed_because(sorted.thread) is null
    order by sorted.position
    limit 31 offset (greatest(inbox.page_number, 1) - 1) * 30
  )
  select page.id, private.conversation_party(page.thread), private.counterpart_name(page.thread),
    page.is_coach is true and private.is_member((page.thread).client_id, (page.thread).coach_id), coaches.slug,
    left(case when last.is_hidden then '' else last.body end, 160), last.sender_id = private.current_profile_id(),
    last.deleted_at is not null or last.removed_at is not null or last.is_hidden, (page.thread).last_message_at,
    case when page.owed_at is not null and (inbox.only_waiting or private.closed_because(page.thread) is null) then page.owed_at end,
    private.unread_messages(page.thread, private.current_profile_id())
  from page
  join public.coaches on coaches.id = (page.thread).coach_id
  left join lateral (
    select messages.*, private.is_hidden(messages.conversation_id, messages.sender_id, private.current_profile_id())
    from public.messages
    where messages.conversation_id = page.id and messages.seq = (page.thread).last_seq
  ) as last on true
  order by page.position;
$function$;

CREATE OR REPLACE FUNCTION public.reply_to_review (
  review_id uuid,
  reply     text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_author public.profiles := private.require_profile();
  v_review public.reviews;
begin
  select * into v_review
  from public.reviews
  where reviews.id = reply_to_review.review_id
    and reviews.coach_id = private.current_coach_id()
    and reviews.author_party = 'client'
    and reviews.published_at is not null
    and reviews.removed_at is null
  for no key update;

  if not found then
    raise exception 'This review does not exist.' using errcode = 'RVNFD';
  end if;
  if private.is_suspended(v_review.coach_id) then
    raise exception 'Your practice is suspended. Write to support to have it looked at.' using errcode = 'OCSUS';
  end if;
  if v_review.reply is not null then
    raise exception 'You have replied to this review already.' using errcode = 'RVRPT';
  end if;
  if private.reply_ends_at(v_review) <= now() then
    raise exception 'The time to reply to this review is over.' using errcode = 'RVRPL';
  end if;
  if char_length(trim(reply_to_review.reply)) not between 2 and 1000 then
    raise exception 'Write a reply of at most 1,000 characters.' using errcode = 'RVRPB';
  end if;

  update public.reviews
  set reply = trim(reply_to_review.reply), replied_at = now()
  where reviews.id = v_review.id;
  perform private.notify(v_review.author_id, 'review_replied', v_review.id, v_review.booking_id);
end;
$function$;

CREATE OR REPLACE FUNCTION public.search_messages (
  query       text,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    conversation_id  uuid,
    seq              bigint,
    counterpart_name text,
    is_own           boolean,
    excerpt          text,
    created_at       timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with wanted as (
    select websearch_to_tsquery('pg_catalog.english', left(search_messages.query, 200)) as words
  ),
  -- Materialized: what is hidden is asked of each thread, not of each message.
  threads as materialized (
    select conversations.id,
      conversations.client_id = private.current_profile_id() and private.is_suspended(conversations.coach_id) as is_other_hidden
    from public.conversations
    where conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id()
  ),
  own as (
    select found.*
    from wanted
    cross join threads
    -- Each thread by the index; offset keeps it from being read backwards by time, through what everybody wrote.
    cross join lateral (
      select messages.id, messages.created_at
      from public.messages
      where messages.conversation_id = threads.id
        and to_tsvector('pg_catalog.english', messages.body) @@ wanted.words
        -- In nothing any word is missing.
        and messages.body <> ''
        and (messages.sender_id = private.current_profile_id() or not threads.is_other_hidden)
      offset 0
    ) as found
  ),
  page as (
    select messages.*, conversations as thread
    from (
      select own.id
      from own
      order by own.created_at desc, own.id
      limit 21 offset (greatest(search_messages.page_number, 1) - 1) * 20
    ) as found
    join public.messages on messages.id = found.id
    join public.conversations on conversations.id = messages.conversation_id
  )
  select page.conversation_id, page.seq, private.counterpart_name(page.thread), page.sender_id = private.current_profile_id(),
    -- Marks in what was written would pass for ours.
    ts_headline(
      'pg_catalog.english', translate(page.body, E'\x02\x03', ''), wanted.words,
      E'StartSel="\x02", StopSel="\x03", '
        || case when char_length(page.body) <= 300 then 'HighlightAll=true' else 'MaxWords=40, MinWords=20' end
    ),
    page.created_at
  from page
  cross join wanted
  order by page.created_at desc, page.id;
$function$;

ALTER TABLE "public"."coaches"
  ADD CONSTRAINT "coaches_suspended_at_status" CHECK (((suspended_at IS NULL) OR (status = 'suspended'::public.coach_status)));

CREATE TRIGGER coaches__status_changed
  BEFORE UPDATE OF status, suspended_at ON public.coaches
  FOR EACH ROW
  WHEN (((old.status IS DISTINCT FROM new.status) OR (old.suspended_at IS DISTINCT FROM new.suspended_at)))
  EXECUTE FUNCTION private.tg_coaches__status_changed();

COMMENT ON COLUMN "public"."coaches"."suspended_at" IS 'Since when an admin has suspended it. Not the same as its status: that of a coach who left is ''suspended'', too; leaving does not change this.';

SET local check_function_bodies = off;

DROP POLICY "Client and coach can view the messages of their conversations" ON "public"."messages";

DROP INDEX "public"."conversations_waiting_for_coach";

DROP INDEX "public"."messages_words";

DROP INDEX "public"."reports_one_per_reporter_and_subject";

CREATE EXTENSION IF NOT EXISTS "btree_gin" SCHEMA "extensions";

ALTER TABLE "public"."reports"
  ADD COLUMN "decided_at" timestamp(6) WITH time zone;

-- By hand: what was decided before is not open again.
UPDATE public.reports
SET decided_at = decided.at
FROM (
  SELECT report_decisions.report_id, max(report_decisions.created_at) AS at
  FROM private.report_decisions
  GROUP BY report_decisions.report_id
) AS decided
WHERE decided.report_id = reports.id;

CREATE OR REPLACE FUNCTION admin.decide_report (
  report_id uuid,
  decision  public.report_decision,
  reason    text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_report public.reports;
  v_decided_ids uuid[];
  v_known integer;
  v_version integer;
begin
  select * into v_report from public.reports where reports.id = decide_report.report_id;
  if not found then
    raise exception 'There is no report %.', decide_report.report_id using errcode = 'RPNFD';
  end if;
  if char_length(trim(decide_report.reason)) not between 10 and 1000 then
    raise exception 'Give a reason in 10 to 1,000 characters: it is told to whom it concerns.' using errcode = 'RPWHY';
  end if;

  -- Two admins at one thing wait for each other, and the second has not read what the first decided.
  v_known := private.decision_count(v_report.subject, v_report.subject_id);
  perform from public.reports
  where reports.subject = v_report.subject and reports.subject_id = v_report.subject_id
  order by reports.id
  for no key update;

  v_version := 1 + private.decision_count(v_report.subject, v_report.subject_id);
  if v_version > v_known + 1 then
    raise exception 'Somebody else has just decided about this. Read what they said first.' using errcode = 'RPNOW';
  end if;

  v_decided_ids := array(
    select reports.id
    from public.reports
    where reports.subject = v_report.subject and reports.subject_id = v_report.subject_id
      and (
        reports.id = v_report.id
        or private.is_undecided(reports)
        or (private.last_decision(reports.subject, reports.subject_id)).decision <> decide_report.decision
      )
    order by reports.created_at, reports.id
  );
  insert into private.report_decisions (report_id, decision, reason)
  select decided.id, decide_report.decision, trim(decide_report.reason)
  from unnest(v_decided_ids) with ordinality as decided (id, position)
  order by decided.position;
  update public.reports set decided_at = now() where reports.id = any (v_decided_ids);
  perform private.apply_decision(v_report, decide_report.decision, v_version);

  -- Whom a review is between are told of it as that; who reported twice, before and after a decision, once.
  perform private.notify(told.reporter_id, 'report_decided', told.id, version => v_version)
  from (
    select distinct on (reports.reporter_id) reports.*
    from public.reports
    where reports.id = any (v_decided_ids)
    order by reports.reporter_id, reports.created_at desc, reports.id
  ) as told
  where not exists (
    select from public.reviews
    where told.subject = 'review' and reviews.id = told.subject_id
      and told.reporter_id in (reviews.author_id, private.review_subject(reviews))
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.apply_decision (
  report   public.reports,
  decision public.report_decision,
  version  integer
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_review public.reviews;
begin
  case (apply_decision.report).subject
    when 'review' then
      update public.reviews
      set removed_at = case apply_decision.decision when 'remove' then coalesce(reviews.removed_at, now()) end
      where reviews.id = (apply_decision.report).subject_id
      returning * into v_review;

      perform private.notify(told.profile_id, 'review_decided', v_review.id, v_review.booking_id, apply_decision.version)
      from unnest(array[v_review.author_id, private.review_subject(v_review)]) as told (profile_id)
      where v_review.id is not null;

    -- Where it stood says so, and why. The review below which it stood is not touched.
    when 'reply' then
      update public.reviews
      set reply_removed_at = case apply_decision.decision when 'remove' then coalesce(reviews.reply_removed_at, now()) end
      where reviews.id = (apply_decision.report).subject_id;

    -- The thread itself tells the two of it.
    when 'message' then
      perform private.remove_message((apply_decision.report).subject_id, apply_decision.decision = 'remove');
    when 'conversation' then
      update public.conversations
      set closed_at = case apply_decision.decision when 'remove' then coalesce(conversations.closed_at, now()) end
      where conversations.id = (apply_decision.report).subject_id;
      perform private.tell_standing((apply_decision.report).subject_id);
  end case;
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
    when coaches.status = 'suspended' and profiles.deleted_at is not null then 'left'
    when coaches.status = 'suspended' then 'suspended'
    when private.is_shut_out(closed_because.conversation) then 'blocked'
    when private.is_blocked(closed_because.conversation) then 'blocked_by_you'
    when private.is_over(closed_because.conversation) then 'over'
  end
  from public.coaches
  join public.profiles on profiles.id = coaches.profile_id
  where coaches.id = (closed_because.conversation).coach_id;
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
      join public.profiles on profiles.id = coaches.profile_id
      where conversations.id = is_hidden.conversation_id
        and coaches.profile_id = is_hidden.sender_id
        and coaches.status = 'suspended'
        and profiles.deleted_at is null
    );
$function$;

CREATE OR REPLACE FUNCTION private.is_undecided (
  report public.reports
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_undecided.report).decided_at is null;
$function$;

CREATE OR REPLACE FUNCTION private.lock_limit (
  what       text,
  profile_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select pg_advisory_xact_lock(hashtextextended(lock_limit.what || ':' || lock_limit.profile_id, 0));
$function$;

CREATE OR REPLACE FUNCTION private.lock_own_conversation (
  conversation_id uuid
)
  RETURNS public.conversations
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations where conversations.id = lock_own_conversation.conversation_id for update;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  return v_conversation;
end;
$function$;

CREATE OR REPLACE FUNCTION private.may_read_attachment (
  attachment_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.message_attachments
    join public.messages on messages.id = message_attachments.message_id
    join public.conversations on conversations.id = messages.conversation_id
    where message_attachments.id = may_read_attachment.attachment_id
      and messages.deleted_at is null
      and messages.removed_at is null
      and not private.is_hidden(messages.conversation_id, messages.sender_id, private.current_profile_id())
      and private.conversation_party(conversations) is not null
      and not private.is_shut_out(conversations)
  );
$function$;

CREATE OR REPLACE FUNCTION private.moves_payment (
  body text
)
  RETURNS boolean
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select said.words ~* (
      -- Services, however they are written.
      '\m(ven-?mo(ed|ing)?|zelled?|cash[ .-]?app|pay[ -]?pal(\.me)?|apple[ -]?cash)\M(?! +(stock|shares|employees?|offices?|headquarters))'
      || '|\m(google|apple) pay (me|you|us)\M'
      -- One of the two to the other, past the site.
      || '|\mwire\s+(me|you|us|it to (me|you|my))\M'
      || '|\m(pay|give|hand)(ing)?\s+(me|you|us)\s+(\w+\s+){0,2}cash\M(?! +(buyers?|offers?|deals?|flow|back|sales?|purchases?|clients?|investors?|leads?))'
      || '|\m(pay(ing)?\s+(it to )?(me|you|us)|(send|transfer)(ing)?\s+(it|(it to )?(me|you|us)\s+(it|[$]?\d+|((the|my|your|half) )*(rest|money|payment|balance|fee|price|amount|deposit|half))))\M'
      || '[^.!?\n]{0,40}\m(in cash|with cash|by check|by wire|by bank transfer|in bitcoin|in crypto)\M'
      || '|\mpay(ing)?\s+(me|you|us)\M[^.!?\n]{0,40}\m(directly|privately)\M'
      || '|\m(pay(ing)?|settle|settling|book(ing)?|invoic(e|ing)|bill(ing)?)\M[^.!?\n]{0,40}'
      || '\m(outside (of )?(walkthrough|the (site|app|platform))|off (walkthrough|the (site|app|platform)))\M'
      || '|\m(skip|avoid|dodge|save|get around)\s+(on\s+)?(the |their )?(platform|site|app|booking|walkthrough)(''s)? fees?\M'
    )
  from (
    select regexp_replace(
      moves_payment.body,
      -- What somebody else pays, and where somebody works.
      '\m(they|them|he|she|who|(broker|brokerage|company|office|title|escrow|attorney|lender|bank|builder|buyer|seller|client|landlord|tenant|agent)s?)'
        || '\s+(\w+\s+){0,2}(pay|wire|send|transfer|give|hand)(s|ing)?\s+(me|you|us)\M'
        || '|\m(at|join(s|ed|ing)?|left|leaves|leaving|work(s|ed|ing)?\s+(\w+\s+)?(for|with))\s+(venmo|zelle|pay ?pal|cash ?app)\M',
      ' ', 'gi'
    ) as words
  ) as said;
$function$;

CREATE OR REPLACE FUNCTION private.note_owed (
  conversation_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  -- Not materialized: that would be all of the thread, each time.
  with standing as not materialized (
    select messages.seq, messages.sender_id, messages.created_at
    from public.messages
    where messages.conversation_id = note_owed.conversation_id
      and messages.deleted_at is null
      and messages.removed_at is null
  ),
  last as (
    select standing.sender_id from standing order by standing.seq desc limit 1
  ),
  asked as (
    select last.sender_id, (
        select standing.created_at
        from standing
        where standing.seq > coalesce(
          (select answer.seq from standing as answer where answer.sender_id <> last.sender_id order by answer.seq desc limit 1), 0
        )
        order by standing.seq
        limit 1
      ) as asked_at
    from last
  )
  update public.conversations
  set owed_by = case
        when asked.sender_id = conversations.client_id then 'coach'
        when asked.sender_id is not null then 'client'
      end::public.booking_actor,
      owed_at = asked.asked_at
  from (select) as one
  left join asked on true
  where conversations.id = note_owed.conversation_id;
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
      raise exception 'This coach has left: nothing more can be written here.' using errcode = 'MSBLK';
    when 'over' then
      raise exception 'Nothing was written here for 90 days. A booking, or a new enquiry from the coach''s page, opens it again.'
        using errcode = 'MSRDO';
    when 'blocked' then
      raise exception 'This conversation takes no more messages.' using errcode = 'MSBLK';
    else null;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tell_standing (
  conversation_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select realtime.send('{}', 'activity', 'conversation:' || tell_standing.conversation_id, true);
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
      and not private.is_hidden(messages.conversation_id, messages.sender_id, unread_messages.profile_id)
    limit 100
  ) as unread;
$function$;

CREATE OR REPLACE FUNCTION public.block_conversation (
  conversation_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_asker public.profiles := private.require_profile();
  -- Locked: what is being sent arrives before the block, or is refused.
  v_conversation public.conversations := private.lock_own_conversation(block_conversation.conversation_id);
begin
  insert into private.conversation_blocks (conversation_id, profile_id)
  values (v_conversation.id, v_asker.id)
  on conflict do nothing;
  perform private.tell_standing(v_conversation.id);
end;
$function$;

CREATE OR REPLACE FUNCTION public.edit_message (
  message_id uuid,
  body       text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_message public.messages := private.require_own_message(edit_message.message_id);
  v_body text := trim(coalesce(edit_message.body, ''));
begin
  if v_body = v_message.body then
    return;
  end if;

  perform private.require_open(conversations) from public.conversations where conversations.id = v_message.conversation_id;

  if not private.is_changeable(v_message) then
    raise exception 'A message can be changed for 15 minutes. Write another one.' using errcode = 'MSLAT';
  end if;

  if char_length(v_body) > 4000
    or v_body = ''
      and not exists (select from public.message_attachments where message_attachments.message_id = v_message.id)
  then
    raise exception 'Write a message of up to 4,000 characters.' using errcode = 'MSBOD';
  end if;

  perform private.lock_limit('changes', v_message.sender_id);

  if (
    select count(*)
    from private.message_words
    join public.messages on messages.id = message_words.message_id
    where messages.sender_id = v_message.sender_id
      and message_words.created_at > now() - interval '1 minute'
  ) >= 20 then
    raise exception 'That is a lot of changes. Wait a minute.' using errcode = 'MSFST';
  end if;

  perform private.keep_words(v_message);

  update public.messages
  set body = v_body, edited_at = now(), change = private.next_change(v_message.conversation_id)
  where messages.id = v_message.id;
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
      -- Where nobody may answer nobody waits.
      case
        when conversations.owed_by::text = private.conversation_party(conversations) and private.closed_because(conversations) is null
          then conversations.owed_at
      end as waiting_since
    from public.conversations
    where conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id()
  ),
  page as (
    select own.*, row_number() over (
        order by
          -- Who does not wait is not looked up.
          case when own.is_coach and own.waiting_since is not null then private.is_member((own.thread).client_id, (own.thread).coach_id) else false end desc,
          case when inbox.only_waiting then own.waiting_since end,
          coalesce((own.thread).last_message_at, (own.thread).created_at) desc
      ) as position
    from own
    where not inbox.only_waiting or own.waiting_since is not null
    order by position
    limit 31 offset (greatest(inbox.page_number, 1) - 1) * 30
  )
  select page.id, private.conversation_party(page.thread), private.counterpart_name(page.thread),
    page.is_coach is true and private.is_member((page.thread).client_id, (page.thread).coach_id), coaches.slug,
    left(case when last.is_hidden then '' else last.body end, 160), last.sender_id = private.current_profile_id(),
    last.deleted_at is not null or last.removed_at is not null or last.is_hidden, (page.thread).last_message_at, page.waiting_since,
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

CREATE OR REPLACE FUNCTION public.prepare_message (
  conversation_id uuid,
  message_id      uuid
)
  RETURNS bigint
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_sender public.profiles := private.require_profile();
  v_conversation public.conversations := private.lock_own_conversation(prepare_message.conversation_id);
  v_seq bigint;
begin
  if prepare_message.message_id is null then
    raise exception 'This message has no id. Load the page again and write it once more.' using errcode = 'MSNID';
  end if;

  select messages.seq into v_seq
  from public.messages
  where messages.id = prepare_message.message_id
    and messages.conversation_id = v_conversation.id
    and messages.sender_id = v_sender.id;

  if found then
    return v_seq;
  end if;

  perform private.require_open(v_conversation);
  perform private.lock_limit('messages', v_sender.id);

  if (
    select count(*) from public.messages
    where messages.sender_id = v_sender.id
      and messages.created_at > now() - interval '1 minute'
  ) >= 20 then
    raise exception 'That is a lot of messages. Wait a minute.' using errcode = 'MSFST';
  end if;

  return null;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."prepare_message"(uuid, uuid) FROM PUBLIC, "anon", "service_role";

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
  if exists (select from public.coaches where coaches.id = v_review.coach_id and coaches.status = 'suspended') then
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

CREATE OR REPLACE FUNCTION public.report (
  subject    public.report_subject,
  subject_id uuid,
  reason     text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_reporter public.profiles := private.require_profile();
  v_report_id uuid;
begin
  if not private.is_reportable(report.subject, report.subject_id) then
    raise exception 'This does not exist, or is not yours to report.' using errcode = 'RPNFD';
  end if;
  if char_length(trim(coalesce(report.reason, ''))) not between 10 and 1000 then
    raise exception 'Say in 10 to 1,000 characters what is wrong with it.' using errcode = 'RPWRD';
  end if;
  perform private.lock_limit('reports', v_reporter.id);

  if (
    select count(*) from public.reports
    where reports.reporter_id = v_reporter.id and reports.created_at > now() - interval '1 day'
  ) >= 10 then
    raise exception 'You have reported a lot today. Write to us instead.' using errcode = 'RPMNY';
  end if;

  insert into public.reports (reporter_id, subject, subject_id, reason)
  values (v_reporter.id, report.subject, report.subject_id, trim(report.reason))
  on conflict (reporter_id, subject, subject_id) where decided_at is null do nothing
  returning reports.id into v_report_id;

  if v_report_id is null then
    raise exception 'You have reported this already. We write to you once it is decided.' using errcode = 'RPTWO';
  end if;
  return v_report_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.review_to_report (
  review_id uuid
)
  RETURNS TABLE (
    author_name text,
    rating      numeric,
    body        text,
    coach_slug  text,
    booking_id  uuid,
    is_reported boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select reviews.author_name, reviews.rating, reviews.body, coaches.slug,
    -- The way back of the two whom it is between; null for others.
    case when private.booking_party(bookings) is not null then bookings.id end,
    exists (
      select from public.reports
      where reports.subject = 'review'
        and reports.subject_id = reviews.id
        and reports.reporter_id = private.current_profile_id()
        and private.is_undecided(reports)
    )
  from public.reviews
  join public.coaches on coaches.id = reviews.coach_id
  join public.bookings on bookings.id = reviews.booking_id
  where reviews.id = review_to_report.review_id
    and private.is_reportable('review', reviews.id);
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
  own as (
    select found.*
    from wanted
    join public.conversations
      on conversations.client_id = private.current_profile_id() or conversations.coach_id = private.current_coach_id()
    -- Each thread by the index; offset keeps it from being read backwards by time, through what everybody wrote.
    cross join lateral (
      select messages.id, messages.created_at, messages.conversation_id, messages.sender_id
      from public.messages
      where messages.conversation_id = conversations.id
        and to_tsvector('pg_catalog.english', messages.body) @@ wanted.words
      offset 0
    ) as found
  ),
  page as (
    select messages.*, conversations as thread
    from (
      select own.id
      from own
      where not private.is_hidden(own.conversation_id, own.sender_id, private.current_profile_id())
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

CREATE OR REPLACE FUNCTION public.send_message (
  conversation_id uuid,
  message_id      uuid,
  body            text,
  attachment_ids  uuid[] DEFAULT '{}'::uuid[]
)
  RETURNS bigint
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_sender public.profiles := private.require_profile();
  v_conversation public.conversations;
  v_message public.messages;
  v_body text := trim(coalesce(send_message.body, ''));
  v_seq bigint := public.prepare_message(send_message.conversation_id, send_message.message_id);
begin
  if v_seq is not null then
    return v_seq;
  end if;

  if char_length(v_body) > 4000 or v_body = '' and coalesce(cardinality(send_message.attachment_ids), 0) = 0 then
    raise exception 'Write a message of up to 4,000 characters.' using errcode = 'MSBOD';
  end if;

  select * into v_conversation from public.conversations where conversations.id = send_message.conversation_id;
  v_seq := v_conversation.last_seq + 1;

  insert into public.messages (id, conversation_id, seq, change, sender_id, body)
  values (
    send_message.message_id, v_conversation.id, v_seq, private.next_change(v_conversation.id), v_sender.id, v_body
  )
  on conflict (id) do nothing
  returning * into v_message;

  if not found then
    raise exception 'This message could not be sent. Load the page again and write it once more.' using errcode = 'MSTWO';
  end if;

  perform private.attach_files(v_message, send_message.attachment_ids);

  update public.conversations
  set last_seq = v_seq, last_message_at = now()
  where conversations.id = v_conversation.id;

  perform private.note_owed(v_conversation.id);
  perform private.note_read(v_conversation.id, v_sender.id, v_seq);
  perform private.notify_message(v_conversation.id, v_sender.id);

  return v_seq;
end;
$function$;

CREATE OR REPLACE FUNCTION public.start_conversation (
  coach_id uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_owner_id uuid;
  v_conversation public.conversations;
  v_conversation_id uuid;
begin
  select * into v_conversation
  from public.conversations
  where conversations.coach_id = start_conversation.coach_id
    and conversations.client_id = v_client.id;

  if found and private.closed_because(v_conversation) is distinct from 'over' then
    return v_conversation.id;
  end if;

  select coaches.profile_id into v_owner_id
  from public.coaches
  where coaches.id = start_conversation.coach_id
    and coaches.status = 'approved';

  if v_owner_id is null then
    raise exception 'This coach cannot be written to.' using errcode = 'OCNFD';
  end if;

  if v_owner_id = v_client.id then
    raise exception 'This is your own practice.' using errcode = 'MSOWN';
  end if;

  perform private.lock_limit('conversations', v_client.id);

  if (
    select count(*) from public.conversations
    where conversations.client_id = v_client.id
      and conversations.opened_at > now() - interval '1 day'
  ) >= 10 then
    raise exception 'You have written to ten coaches today. Try again tomorrow.' using errcode = 'MSLIM';
  end if;

  v_conversation_id := private.open_conversation(start_conversation.coach_id, v_client.id);
  update public.conversations set opened_at = now() where conversations.id = v_conversation_id;
  return v_conversation_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.unblock_conversation (
  conversation_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_asker public.profiles := private.require_profile();
  v_conversation public.conversations := private.lock_own_conversation(unblock_conversation.conversation_id);
begin
  delete from private.conversation_blocks
  where conversation_blocks.conversation_id = v_conversation.id
    and conversation_blocks.profile_id = v_asker.id;
  perform private.tell_standing(v_conversation.id);
end;
$function$;

CREATE INDEX messages_words ON public.messages USING gin (conversation_id, to_tsvector('english'::regconfig, body));

CREATE UNIQUE INDEX reports_one_undecided ON public.reports USING btree (reporter_id, subject, subject_id)
  WHERE (decided_at IS NULL);

CREATE INDEX reports_reporter_id_created_at_idx ON public.reports USING btree (reporter_id, created_at);

CREATE POLICY "Client and coach can view the messages of their conversations" ON "public"."messages"
  FOR SELECT
  TO "authenticated"
  USING (((conversation_id IN ( SELECT conversations.id
   FROM public.conversations)) AND (NOT private.is_hidden(conversation_id, sender_id, ( SELECT private.current_profile_id() AS current_profile_id)))));

COMMENT ON COLUMN "public"."reports"."decided_at" IS 'When an admin decided about it last; null while it waits.';

REVOKE ALL ON FUNCTION "private"."is_hidden"(uuid, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."is_hidden"(uuid, uuid, uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "private"."is_hidden"(uuid, uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_hidden"(uuid, uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_limit"(text, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_limit"(text, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_limit"(text, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_own_conversation"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_own_conversation"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_own_conversation"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_standing"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_standing"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_standing"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."prepare_message"(uuid, uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."prepare_message"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."prepare_message"(uuid, uuid) TO "postgres";

REVOKE ALL ("decided_at") ON TABLE "public"."reports" FROM "authenticated";

GRANT SELECT ("decided_at") ON TABLE "public"."reports" TO "authenticated";

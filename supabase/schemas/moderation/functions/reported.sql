/*
 * What the kinds of things that can be reported have in common, a line for each kind: whether the asker may report
 * one, what it says, whose it is, and what a decision does to it. A new kind is added here and nowhere else.
 */

/*
 * Whether the asker sees a thing and did not write it.
 *
 * A review is seen by anyone when it is a client's and shown, and by the two whom it is between. So is a
 * coach's reply to it, which its author reads as long as it stands. A message is seen by the other party, who may
 * report it after its sender took it back, too: while its words are kept. So is a thread in which the other has written.
 */
create function private.is_reportable(subject public.report_subject, subject_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case is_reportable.subject
    when 'review' then exists (
      select from public.reviews
      where reviews.id = is_reportable.subject_id
        and reviews.published_at is not null
        and reviews.removed_at is null
        and reviews.author_id <> private.current_profile_id()
        and (
          private.review_subject(reviews) = private.current_profile_id()
          or reviews.author_party = 'client' and private.review_voided_by(reviews) is null
        )
    )
    when 'reply' then exists (
      select from public.reviews
      where reviews.id = is_reportable.subject_id
        and private.shown_reply(reviews) is not null
        and private.review_subject(reviews) <> private.current_profile_id()
        and (reviews.author_id = private.current_profile_id() or private.review_voided_by(reviews) is null)
    )
    when 'message' then exists (
      select
      from public.messages
      join public.conversations on conversations.id = messages.conversation_id
      where messages.id = is_reportable.subject_id
        and messages.sender_id <> private.current_profile_id()
        and messages.removed_at is null
        and (
          messages.deleted_at is null
          or exists (select from private.message_words where message_words.message_id = messages.id)
        )
        and private.conversation_party(conversations) is not null
    )
    when 'conversation' then exists (
      select
      from public.conversations
      join public.messages on messages.conversation_id = conversations.id
      where conversations.id = is_reportable.subject_id
        and conversations.closed_at is null
        and messages.sender_id <> private.current_profile_id()
        and private.conversation_party(conversations) is not null
    )
  end;
$$;

/* What a message says, and below it what it said before it was changed, taken back or removed, as long as that is kept. */
create function private.all_words(message public.messages)
returns text
language sql
stable
set search_path = ''
as $$
  select concat_ws(
    E'\n',
    nullif((all_words.message).body, ''),
    (
      select string_agg('Before: ' || message_words.body, E'\n' order by message_words.id desc)
      from private.message_words
      where message_words.message_id = (all_words.message).id
        and message_words.body <> ''
    ),
    (
      select 'Files: ' || string_agg(message_attachments.name, ', ' order by message_attachments.position)
      from public.message_attachments
      where message_attachments.message_id = (all_words.message).id
    )
  );
$$;

/* What a reported thing says. */
create function private.reported_words(report public.reports)
returns text
language sql
stable
set search_path = ''
as $$
  select case (reported_words.report).subject
    when 'review' then (
      select concat_ws(E'\n\n', reviews.rating || ' of 5: ' || reviews.body, 'Reply: ' || reviews.reply)
      from public.reviews where reviews.id = (reported_words.report).subject_id
    )
    when 'reply' then (
      select concat_ws(E'\n\n', reviews.reply, 'To ' || reviews.rating || ' of 5: ' || reviews.body)
      from public.reviews where reviews.id = (reported_words.report).subject_id
    )
    when 'message' then (
      select private.all_words(messages) from public.messages where messages.id = (reported_words.report).subject_id
    )
    -- The last of it: what a person can read at once.
    when 'conversation' then (
      select string_agg(concat(private.shown_name(profiles), ': ', private.all_words(latest)), E'\n\n' order by latest.seq)
      from (
        select messages.*
        from public.messages
        where messages.conversation_id = (reported_words.report).subject_id
        order by messages.seq desc
        limit 30
      ) as latest
      join public.profiles on profiles.id = latest.sender_id
    )
  end;
$$;

/* The profile of who wrote it; of a thread, the other party. */
create function private.reported_author(report public.reports)
returns uuid
language sql
stable
set search_path = ''
as $$
  select case (reported_author.report).subject
    when 'review' then (select reviews.author_id from public.reviews where reviews.id = (reported_author.report).subject_id)
    when 'reply' then (select private.review_subject(reviews) from public.reviews where reviews.id = (reported_author.report).subject_id)
    when 'message' then (select messages.sender_id from public.messages where messages.id = (reported_author.report).subject_id)
    when 'conversation' then (
      select case when conversations.client_id = (reported_author.report).reporter_id then coaches.profile_id else conversations.client_id end
      from public.conversations
      join public.coaches on coaches.id = conversations.coach_id
      where conversations.id = (reported_author.report).subject_id
    )
  end;
$$;

/* Takes a reported thing away from all others, or puts it back; and tells whom it concerns, for the `version`th time. */
create function private.apply_decision(report public.reports, decision public.report_decision, version integer)
returns void
language plpgsql
volatile
set search_path = ''
as $$
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
$$;

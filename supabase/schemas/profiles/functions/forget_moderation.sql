/*
 * A person left: what they reported stays decided, without why. Their `names` go from what others reported of them
 * and of what was said between them, and from what is kept for moderation alone: what others had said to them and
 * took back, and replies that were removed.
 */
create function private.forget_moderation(profile_id uuid, names text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_conversation_ids uuid[] := array(
    select conversations.id
    from public.conversations
    join public.coaches on coaches.id = conversations.coach_id
    where forget_moderation.profile_id in (conversations.client_id, coaches.profile_id)
  );
begin
  update public.reports
  set reason = 'Removed with the account.'
  where reports.reporter_id = forget_moderation.profile_id;

  update public.reports
  set reason = left(private.without_names(reports.reason, forget_moderation.names), 1000)
  where reports.reporter_id <> forget_moderation.profile_id
    and case
      when reports.subject = 'conversation' then reports.subject_id = any (v_conversation_ids)
      when reports.subject = 'message' then reports.subject_id in (
        select messages.id from public.messages where messages.conversation_id = any (v_conversation_ids)
      )
      when reports.subject in ('review', 'reply') then reports.subject_id in (
        select reviews.id from public.reviews
        where forget_moderation.profile_id in (reviews.author_id, private.review_subject(reviews))
      )
    end;

  update public.reviews
  set reply = left(private.without_names(reviews.reply, forget_moderation.names), 1000)
  where reviews.reply_removed_at is not null
    and forget_moderation.profile_id in (reviews.author_id, private.review_subject(reviews));

  update private.message_words
  set body = private.without_names(message_words.body, forget_moderation.names)
  from public.messages
  where messages.id = message_words.message_id
    and messages.conversation_id = any (v_conversation_ids);
end;
$$;

/*
 * What the kinds of things that can be reported have in common, a line for each kind: whether the asker may report
 * one, what it says, whose it is, and what a decision does to it. A new kind is added here and nowhere else.
 */

/*
 * Whether the asker sees a thing and did not write it.
 *
 * A review is seen by anyone when it is a client's and shown, and by the two whom it is between.
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
  end;
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
  end;
$$;

/* The profile of who wrote it. */
create function private.reported_author(report public.reports)
returns uuid
language sql
stable
set search_path = ''
as $$
  select case (reported_author.report).subject
    when 'review' then (select reviews.author_id from public.reviews where reviews.id = (reported_author.report).subject_id)
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
  end case;
end;
$$;

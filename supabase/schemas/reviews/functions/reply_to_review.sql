/*
 * A coach answers a client's review, once, within platform_settings.review_reply_days after it was shown. Anyone
 * reads the reply below it; its author is told.
 * Raises: UPSGN, UPONB, RVNFD (no such review, not of them, or not shown), OCSUS (the practice is suspended), RVRPT (there is a reply), RVRPL (too
 * late), RVRPB (too short or too long).
 *
 * Security definer: nobody may update reviews.
 */
create function public.reply_to_review(review_id uuid, reply text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
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
$$;

grant execute on function public.reply_to_review(uuid, text) to authenticated;

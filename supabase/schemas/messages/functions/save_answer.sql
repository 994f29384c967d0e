/*
 * A coach keeps what they say often, or changes what they keep: `answer_id` is which, null for a new one.
 * Returns its id. Raises: UPSGN, UPONB, OCNON, OCSUS, MSANT (title), MSANW (words), MSANM (too many), MSANN.
 *
 * Security definer: nobody may write saved answers.
 */
create function public.save_answer(title text, body text, answer_id uuid default null)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  -- Locked, so that two at once are not one too many.
  v_coach public.coaches := private.require_coach();
  v_title text := trim(save_answer.title);
  v_body text := trim(save_answer.body);
  v_id uuid;
begin
  if char_length(coalesce(v_title, '')) not between 1 and 60 then
    raise exception 'Give it a title of up to 60 characters.' using errcode = 'MSANT';
  end if;

  if char_length(coalesce(v_body, '')) not between 1 and 4000 then
    raise exception 'Write an answer of up to 4,000 characters.' using errcode = 'MSANW';
  end if;

  if save_answer.answer_id is null then
    if (select count(*) from public.saved_answers where saved_answers.coach_id = v_coach.id) >= 30 then
      raise exception 'You can keep 30 answers. Delete one that you do not use.' using errcode = 'MSANM';
    end if;

    insert into public.saved_answers (coach_id, title, body)
    values (v_coach.id, v_title, v_body)
    returning id into v_id;
  else
    update public.saved_answers
    set title = v_title, body = v_body
    where saved_answers.id = save_answer.answer_id
      and saved_answers.coach_id = v_coach.id
    returning id into v_id;

    if not found then
      raise exception 'This answer does not exist.' using errcode = 'MSANN';
    end if;
  end if;

  return v_id;
end;
$$;

grant execute on function public.save_answer(text, text, uuid) to authenticated;

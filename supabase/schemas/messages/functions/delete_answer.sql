/*
 * A coach keeps an answer no longer. What was said with it stays said; deleting twice is once.
 *
 * Security definer: nobody may write saved answers.
 */
create function public.delete_answer(answer_id uuid)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  delete from public.saved_answers
  where saved_answers.id = delete_answer.answer_id
    and saved_answers.coach_id = private.current_coach_id();
$$;

grant execute on function public.delete_answer(uuid) to authenticated;

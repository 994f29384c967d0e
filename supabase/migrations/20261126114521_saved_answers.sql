SET local check_function_bodies = off;

CREATE TABLE "public"."saved_answers" (
  "id"         uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "coach_id"   uuid                        NOT NULL,
  "title"      text                        NOT NULL,
  "body"       text                        NOT NULL,
  "created_at" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "saved_answers_body_length" CHECK (((char_length(body) >= 1) AND (char_length(body) <= 4000))),
  CONSTRAINT "saved_answers_pkey" PRIMARY KEY (id),
  CONSTRAINT "saved_answers_title_length" CHECK (((char_length(title) >= 1) AND (char_length(title) <= 60)))
);

ALTER TABLE "public"."saved_answers"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."saved_answers" FROM "anon", "service_role";

CREATE OR REPLACE FUNCTION private.forget_clerk_user (
  clerk_user_id text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid;
  v_names text[];
begin
  v_names := private.names_of(forget_clerk_user.clerk_user_id);

  insert into public.profiles as existing (clerk_user_id, deleted_at)
  values (forget_clerk_user.clerk_user_id, now())
  on conflict (clerk_user_id) do update
  set first_name = '', last_name = '', company = '', home_state = null,
      deleted_at = coalesce(existing.deleted_at, now())
  returning existing.id into v_profile_id;

  perform private.leave_memberships(v_profile_id);
  perform private.leave_sessions(v_profile_id);
  perform private.forget_recordings(v_profile_id);
  perform private.forget_attachments(v_profile_id);
  perform private.forget_message_words(v_profile_id);

  delete from public.profile_contacts where profile_contacts.profile_id = v_profile_id;
  delete from public.slot_watches where slot_watches.client_id = v_profile_id;
  delete from public.calendar_feeds where calendar_feeds.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  delete from public.saved_answers
  using public.coaches
  where coaches.id = saved_answers.coach_id
    and coaches.profile_id = v_profile_id;
  perform private.forget_reviews(v_profile_id, v_names);
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;

  perform private.forget_words(v_profile_id, v_names);
end;
$function$;

CREATE OR REPLACE FUNCTION public.delete_answer (
  answer_id uuid
)
  RETURNS void
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  delete from public.saved_answers
  where saved_answers.id = delete_answer.answer_id
    and saved_answers.coach_id = private.current_coach_id();
$function$;

REVOKE ALL ON FUNCTION "public"."delete_answer"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.save_answer (
  title     text,
  body      text,
  answer_id uuid DEFAULT NULL::uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
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
$function$;

REVOKE ALL ON FUNCTION "public"."save_answer"(text, text, uuid) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "public"."saved_answers"
  ADD CONSTRAINT "saved_answers_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE INDEX saved_answers_coach_id_idx ON public.saved_answers USING btree (coach_id);

CREATE POLICY "Coaches can view their saved answers" ON "public"."saved_answers"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

COMMENT ON TABLE "public"."saved_answers" IS 'What a coach says often, to put into a message with one step.';

GRANT EXECUTE ON FUNCTION "public"."delete_answer"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."delete_answer"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."delete_answer"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_answer"(text, text, uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."save_answer"(text, text, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_answer"(text, text, uuid) TO "postgres";

REVOKE ALL ON TABLE "public"."saved_answers" FROM "authenticated";

GRANT SELECT ON TABLE "public"."saved_answers" TO "authenticated";

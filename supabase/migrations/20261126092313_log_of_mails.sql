SET local check_function_bodies = off;

CREATE TABLE "public"."mails" (
  "id"              uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "recipient_id"    uuid                        NOT NULL,
  "kind"            text                        NOT NULL,
  "subject"         text                        NOT NULL,
  "notification_id" uuid,
  "digest_id"       uuid,
  "resend_id"       text,
  "sent_at"         timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "delivered_at"    timestamp(6) with time zone,
  "delayed_at"      timestamp(6) with time zone,
  "bounced_at"      timestamp(6) with time zone,
  "complained_at"   timestamp(6) with time zone,
  "failure"         text,
  CONSTRAINT "mails_pkey" PRIMARY KEY (id),
  CONSTRAINT "mails_say_one_thing" CHECK ((num_nonnulls(notification_id, digest_id) = 1))
);

ALTER TABLE "public"."mails"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."mails" FROM "anon", "service_role";

CREATE OR REPLACE FUNCTION private.forget_words (
  profile_id uuid,
  names      text[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach_id uuid := (select coaches.id from public.coaches where coaches.profile_id = forget_words.profile_id);
begin
  perform private.forget_words_of_sessions(forget_words.profile_id, v_coach_id, forget_words.names);

  update public.orders
  set credits_end_reason = private.without_names(orders.credits_end_reason, forget_words.names)
  where forget_words.profile_id = orders.client_id
    and orders.credits_end_reason is not null;

  -- The hash is of the words as they are kept.
  update public.membership_consents
  set words = kept.words, words_sha256 = encode(sha256(convert_to(kept.words, 'UTF8')), 'hex')
  from (
    select membership_consents.id, private.without_names(membership_consents.words, forget_words.names) as words
    from public.membership_consents
    join public.memberships on memberships.id = membership_consents.membership_id
    where forget_words.profile_id = memberships.client_id or memberships.coach_id = v_coach_id
  ) as kept
  where membership_consents.id = kept.id
    and membership_consents.words <> kept.words;

  update public.payment_plans
  set words = kept.words, words_sha256 = encode(sha256(convert_to(kept.words, 'UTF8')), 'hex')
  from (
    select payment_plans.id, private.without_names(payment_plans.words, forget_words.names) as words
    from public.payment_plans
    where forget_words.profile_id = payment_plans.client_id or payment_plans.coach_id = v_coach_id
  ) as kept
  where payment_plans.id = kept.id
    and payment_plans.words <> kept.words;

  -- What the other party was told of them in the app; what they were told themselves nobody reads again.
  update public.notifications
  set sentence = private.without_names(notifications.sentence, forget_words.names)
  where notifications.sentence is not null
    and notifications.recipient_id in (
      select forget_words.profile_id
      union
      select conversations.client_id from public.conversations where conversations.coach_id = v_coach_id
      union
      select coaches.profile_id
      from public.conversations
      join public.coaches on coaches.id = conversations.coach_id
      where conversations.client_id = forget_words.profile_id
    );

  update public.mails
  set subject = private.without_names(mails.subject, forget_words.names)
  where mails.recipient_id in (
    select forget_words.profile_id
    union
    select conversations.client_id from public.conversations where conversations.coach_id = v_coach_id
    union
    select coaches.profile_id
    from public.conversations
    join public.coaches on coaches.id = conversations.coach_id
    where conversations.client_id = forget_words.profile_id
  );

  if v_coach_id is not null then
    perform private.forget_words_of_coach(v_coach_id, forget_words.names);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_digest (
  digest_id uuid,
  result    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if record_digest.result is null and exists (select from private.digest_notices(record_digest.digest_id)) then
    perform private.put_back('mail_digest:' || digests.id, digests.recipient_id)
    from private.digests
    where digests.id = record_digest.digest_id;
    return;
  end if;

  update public.notifications
  set sent_at = case when record_digest.result -> 'notification_ids' ? notifications.id::text then now() end,
      skipped_at = case when record_digest.result -> 'notification_ids' ? notifications.id::text then null else now() end
  where notifications.digest_id = record_digest.digest_id
    and notifications.sent_at is null
    and notifications.skipped_at is null;

  perform private.record_mail(digests.recipient_id, 'digest', null, digests.id, record_digest.result)
  from private.digests
  where digests.id = record_digest.digest_id
    and record_digest.result is not null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_mail (
  recipient_id    uuid,
  kind            text,
  notification_id uuid,
  digest_id       uuid,
  result          jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.mails (recipient_id, kind, notification_id, digest_id, subject, resend_id)
  values (
    record_mail.recipient_id, record_mail.kind, record_mail.notification_id, record_mail.digest_id,
    coalesce(record_mail.result ->> 'subject', ''), record_mail.result ->> 'mail_id'
  )
  on conflict do nothing;
$function$;

CREATE OR REPLACE FUNCTION private.record_notice (
  notification_id uuid,
  result          jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_notice public.notifications;
begin
  select * into v_notice
  from public.notifications
  where notifications.id = record_notice.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
  for update;

  if not found then
    return;
  end if;

  if record_notice.result is not null then
    update public.notifications
    set sent_at = now(),
        sentence = record_notice.result ->> 'sentence',
        path = record_notice.result ->> 'path'
    where notifications.id = v_notice.id;
    if v_notice.channel = 'in_app' then
      perform private.broadcast_unread(v_notice.recipient_id);
    else
      perform private.record_mail(v_notice.recipient_id, v_notice.kind, v_notice.id, null, record_notice.result);
    end if;
    return;
  end if;

  case private.decision_of(v_notice)
    when 'skip' then
      update public.notifications set skipped_at = now() where notifications.id = v_notice.id;
    when 'hold' then
      update public.notifications set held_at = now() where notifications.id = v_notice.id;
    else
      perform private.put_back(v_notice.channel || ':' || v_notice.id, v_notice.recipient_id)
      where v_notice.held_at is null;
  end case;
end;
$function$;

ALTER TABLE "public"."mails"
  ADD CONSTRAINT "mails_digest_id_fkey" FOREIGN KEY (digest_id) REFERENCES private.digests(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."mails"
  ADD CONSTRAINT "mails_notification_id_fkey" FOREIGN KEY (notification_id) REFERENCES public.notifications(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."mails"
  ADD CONSTRAINT "mails_recipient_id_fkey" FOREIGN KEY (recipient_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE UNIQUE INDEX mails_one_per_digest ON public.mails USING btree (digest_id);

CREATE UNIQUE INDEX mails_one_per_notification ON public.mails USING btree (notification_id);

CREATE UNIQUE INDEX mails_one_per_resend_id ON public.mails USING btree (resend_id);

CREATE INDEX mails_recipient_id_sent_at_idx ON public.mails USING btree (recipient_id, sent_at DESC);

CREATE POLICY "People can view what was mailed to them" ON "public"."mails"
  FOR SELECT
  TO "authenticated"
  USING ((recipient_id = ( SELECT private.current_profile_id() AS current_profile_id)));

COMMENT ON TABLE "public"."mails" IS 'Every mail to a person, without its words and address: when it was sent, and what became of it.';

REVOKE ALL ON FUNCTION "private"."record_mail"(uuid, text, uuid, uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_mail"(uuid, text, uuid, uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_mail"(uuid, text, uuid, uuid, jsonb) TO "postgres";

REVOKE ALL ON TABLE "public"."mails" FROM "authenticated";

GRANT SELECT ON TABLE "public"."mails" TO "authenticated";

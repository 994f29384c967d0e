SET local check_function_bodies = off;

ALTER TABLE "public"."messages"
  DROP CONSTRAINT "messages_body_length";

DROP FUNCTION "public"."send_message"(uuid, uuid, text);

CREATE TABLE "public"."message_attachments" (
  "id"           uuid                        NOT NULL,
  "message_id"   uuid                        NOT NULL,
  "position"     smallint                    NOT NULL,
  "name"         text                        NOT NULL,
  "content_type" text                        NOT NULL,
  "size_bytes"   integer                     NOT NULL,
  "width"        smallint,
  "height"       smallint,
  "created_at"   timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "message_attachments_name_length" CHECK (((char_length(name) >= 1) AND (char_length(name) <= 255))),
  CONSTRAINT "message_attachments_pkey" PRIMARY KEY (id),
  CONSTRAINT "message_attachments_preview" CHECK (((num_nulls(width, height) <> 1) AND (width > 0) AND (height > 0)))
);

ALTER TABLE "public"."message_attachments"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."message_attachments" FROM "anon", "service_role";

CREATE OR REPLACE FUNCTION private.attach_files (
  message        public.messages,
  attachment_ids uuid[]
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_prefix text := (attach_files.message).conversation_id || '/' || (attach_files.message).id || '/';
  v_attached integer;
begin
  if cardinality(attach_files.attachment_ids) > 10 then
    raise exception 'A message takes up to ten files.' using errcode = 'MSTEN';
  end if;

  insert into public.message_attachments (id, message_id, position, name, content_type, size_bytes, width, height)
  select distinct on (wanted.id) wanted.id, (attach_files.message).id, wanted.position,
    objects.user_metadata ->> 'name', objects.metadata ->> 'mimetype', (objects.metadata ->> 'size')::integer,
    (objects.user_metadata ->> 'width')::integer, (objects.user_metadata ->> 'height')::integer
  from unnest(attach_files.attachment_ids) with ordinality as wanted (id, position)
  join storage.objects
    on objects.bucket_id = 'attachments'
    and objects.name = v_prefix || wanted.id
    and objects.owner_id = auth.jwt() ->> 'sub'
    and objects.created_at > now() - interval '12 hours'
  order by wanted.id, wanted.position;

  get diagnostics v_attached = row_count;

  if v_attached <> cardinality(attach_files.attachment_ids) then
    raise exception 'A file did not arrive. Choose it again.' using errcode = 'MSGON';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.files_below (
  prefix text
)
  RETURNS TABLE (
    name       text,
    created_at timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select objects.name, objects.created_at
  from storage.objects
  where objects.bucket_id = 'attachments'
    and (
      files_below.prefix is null
      or objects.name ~>=~ files_below.prefix
        and objects.name ~<~ (rtrim(files_below.prefix, '/') || '0') -- what comes after '/'
    );
$function$;

CREATE OR REPLACE FUNCTION private.forget_attachments (
  profile_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.remove_attachments(messages.id)
  from public.messages
  where messages.sender_id = forget_attachments.profile_id
    and exists (select from public.message_attachments where message_attachments.message_id = messages.id);
$function$;

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

  delete from public.profile_contacts where profile_contacts.profile_id = v_profile_id;
  delete from public.slot_watches where slot_watches.client_id = v_profile_id;
  delete from public.calendar_feeds where calendar_feeds.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  update public.reviews set author_name = 'A former member' where reviews.author_id = v_profile_id;
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;

  perform private.forget_words(v_profile_id, v_names);
end;
$function$;

CREATE OR REPLACE FUNCTION private.leftover_files (
  prefix text
)
  RETURNS SETOF text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select files.name
  from private.files_below(leftover_files.prefix) as files
  left join lateral private.parse_file_name(files.name) as file on true
  where (leftover_files.prefix is not null or files.created_at < now() - interval '1 day')
    and not exists (
      select from public.message_attachments
      where message_attachments.id = file.attachment_id
        and message_attachments.message_id = file.message_id
    )
  order by files.created_at
  limit 1000;
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
      and private.conversation_party(conversations) is not null
  );
$function$;

CREATE OR REPLACE FUNCTION private.may_read_file (
  name text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from private.parse_file_name(may_read_file.name) as file
    join public.message_attachments on message_attachments.id = file.attachment_id
    join public.messages
      on messages.id = message_attachments.message_id
      and messages.id = file.message_id
      and messages.conversation_id = file.conversation_id
    where private.may_read_attachment(message_attachments.id)
  );
$function$;

CREATE OR REPLACE FUNCTION private.may_send_file (
  name text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from private.parse_file_name(may_send_file.name) as file
    join public.conversations on conversations.id = file.conversation_id
    where private.conversation_party(conversations) is not null
      and not exists (select from public.messages where messages.id = file.message_id)
      and (
        select count(*)
        from private.files_below(file.conversation_id || '/') as sent
        where sent.created_at > now() - interval '1 hour'
      ) < 400
  );
$function$;

CREATE OR REPLACE FUNCTION private.parse_file_name (
  name text
)
  RETURNS TABLE (
    conversation_id uuid,
    message_id      uuid,
    attachment_id   uuid
  )
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select split_part(known.name, '/', 1)::uuid, split_part(known.name, '/', 2)::uuid,
    split_part(split_part(known.name, '/', 3), '.', 1)::uuid
  from (
    -- Null, not a filter: the casts must never see a name of another shape.
    select case
      when parse_file_name.name
        ~ '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/){2}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.small)?$'
        then parse_file_name.name
    end as name
  ) as known
  where known.name is not null;
$function$;

CREATE OR REPLACE FUNCTION private.remove_attachments (
  message_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  with removed as (
    delete from public.message_attachments
    where message_attachments.message_id = remove_attachments.message_id
    returning message_attachments.message_id
  )
  select private.enqueue(
    'storage.remove_files', 'storage.remove_files:' || messages.id,
    jsonb_build_object('prefix', messages.conversation_id || '/' || messages.id || '/')
  )
  from public.messages
  where messages.id in (select removed.message_id from removed);
$function$;

CREATE OR REPLACE FUNCTION private.remove_files_work (
  prefix text
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('names', jsonb_agg(leftover.name))
  from private.leftover_files(remove_files_work.prefix) as leftover (name)
  having count(*) > 0;
$function$;

CREATE OR REPLACE FUNCTION private.remove_leftover_files()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.enqueue(
    'storage.remove_files', 'storage.remove_files:' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), '{}'
  )
  where exists (select from private.leftover_files(null));
$function$;

CREATE OR REPLACE FUNCTION public.complete_outbox (
  outbox_id bigint,
  result    jsonb  DEFAULT NULL::jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  update private.outbox
  set status = 'done', done_at = now(), locked_until = null, last_error = null,
      result = private.without_people(complete_outbox.result)
  where outbox.id = complete_outbox.outbox_id
    and outbox.status <> 'done'
  returning * into v_row;

  if not found then
    return;
  end if;

  case v_row.topic
    when 'mail' then
      perform private.record_mail((v_row.payload ->> 'notification_id')::uuid, complete_outbox.result);
    when 'zoom.create_meeting' then
      perform private.record_meeting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.move_meeting' then
      perform private.record_meeting_move((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.set_recording' then
      perform private.record_recording_setting((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.read_attendance' then
      perform private.record_attendance((v_row.payload ->> 'meeting_id')::uuid, complete_outbox.result);
    when 'zoom.sweep' then
      perform private.record_sweep(v_row.payload ->> 'host_id', complete_outbox.result);
    when 'calendly.create_event' then
      perform private.record_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.cancel_event' then
      perform private.record_cancelled_calendly_event((v_row.payload ->> 'event_id')::uuid, complete_outbox.result);
    when 'calendly.check_hold' then
      perform private.record_hold_check((v_row.payload ->> 'booking_id')::uuid, complete_outbox.result);
    when 'calendly.revoke' then
      perform private.record_calendly_revoked(v_row.payload);
    when 'stripe.refund' then
      perform private.record_refund((v_row.payload ->> 'refund_id')::uuid, complete_outbox.result);
    when 'stripe.capture', 'stripe.cancel_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_payment' then
      perform private.record_payment_work((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.read_refund' then
      perform private.record_stripe_refund(complete_outbox.result);
    when 'stripe.submit_evidence', 'stripe.read_dispute' then
      perform private.record_dispute(complete_outbox.result);
    when 'stripe.read_balance' then
      perform private.record_balance(complete_outbox.result);
    when 'stripe.read_charge' then
      perform private.record_charge((v_row.payload ->> 'payment_id')::uuid, complete_outbox.result);
    when 'stripe.transfer' then
      perform private.record_transfer((v_row.payload ->> 'transfer_id')::uuid, complete_outbox.result);
    when 'stripe.reverse_transfer' then
      perform private.record_reversal((v_row.payload ->> 'reversal_id')::uuid, complete_outbox.result);
    when 'stripe.charge_card' then
      perform private.record_card_charge(v_row.payload, complete_outbox.result);
    when 'stripe.read_subscription' then
      perform private.record_membership(complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting, recording or file leaves nothing to write down.
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION public.outbox_work (
  outbox_id bigint
)
  RETURNS jsonb
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  select * into v_row from private.outbox where outbox.id = outbox_work.outbox_id;

  return case v_row.topic
    when 'mail' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
    when 'zoom.create_meeting' then private.create_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_meeting' then private.delete_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.move_meeting' then private.move_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.set_recording' then private.set_recording_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_recording' then private.delete_recording_work((v_row.payload ->> 'recording_id')::uuid)
    when 'zoom.read_attendance' then private.read_attendance_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.sweep' then private.sweep_work(v_row.payload ->> 'host_id', (v_row.payload ->> 'days')::integer)
    when 'zoom.delete_orphan' then
      private.delete_orphan_work(v_row.payload ->> 'host_id', v_row.payload ->> 'zoom_meeting_id')
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'calendly.sync' then private.calendly_sync_work((v_row.payload ->> 'coach_id')::uuid)
    when 'calendly.create_event' then private.create_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_event' then private.cancel_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_booking' then
      private.cancel_calendly_booking_work((v_row.payload ->> 'calendly_booking_id')::uuid)
    when 'mail_guest' then
      private.guest_mail_work((v_row.payload ->> 'calendly_booking_id')::uuid, v_row.payload ->> 'kind')
    when 'calendly.check_hold' then private.check_hold_work((v_row.payload ->> 'booking_id')::uuid)
    when 'calendly.revoke' then private.revoke_calendly_work(v_row.payload)
    when 'stripe.capture' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.cancel_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'released')
    when 'stripe.read_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.read_refund' then v_row.payload
    when 'stripe.read_dispute' then v_row.payload
    when 'stripe.submit_evidence' then private.evidence_work((v_row.payload ->> 'dispute_id')::uuid)
    when 'mail_admins' then private.admin_mail_work(v_row.payload)
    when 'stripe.read_balance' then private.read_balance_work((v_row.payload ->> 'overlap_minutes')::integer)
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.read_subscription' then private.membership_work((v_row.payload ->> 'membership_id')::uuid)
    when 'stripe.charge_card' then private.charge_work(v_row.payload)
    when 'stripe.end_subscription' then v_row.payload
    when 'storage.remove_files' then private.remove_files_work(v_row.payload ->> 'prefix')
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
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
  v_seq bigint;
begin
  select * into v_conversation from public.conversations where conversations.id = send_message.conversation_id for update;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  select messages.seq into v_seq
  from public.messages
  where messages.id = send_message.message_id
    and messages.conversation_id = v_conversation.id
    and messages.sender_id = v_sender.id;

  if found then
    return v_seq;
  end if;

  if char_length(trim(send_message.body)) > 4000
    or trim(send_message.body) = '' and cardinality(send_message.attachment_ids) = 0
  then
    raise exception 'Write a message of up to 4,000 characters.' using errcode = 'MSBOD';
  end if;

  if (
    select count(*) from public.messages
    where messages.sender_id = v_sender.id
      and messages.created_at > now() - interval '1 minute'
  ) >= 20 then
    raise exception 'That is a lot of messages. Wait a minute.' using errcode = 'MSFST';
  end if;

  v_seq := v_conversation.last_seq + 1;

  insert into public.messages (id, conversation_id, seq, sender_id, body)
  values (send_message.message_id, v_conversation.id, v_seq, v_sender.id, trim(send_message.body))
  returning * into v_message;

  perform private.attach_files(v_message, send_message.attachment_ids);

  update public.conversations
  set last_seq = v_seq, last_message_at = now()
  where conversations.id = v_conversation.id;

  perform private.note_read(v_conversation.id, v_sender.id, v_seq);
  perform private.notify_message(v_conversation.id, v_sender.id);

  return v_seq;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."send_message"(uuid, uuid, text, uuid[]) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "public"."message_attachments"
  ADD CONSTRAINT "message_attachments_message_id_fkey" FOREIGN KEY (message_id) REFERENCES public.messages(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."messages"
  ADD CONSTRAINT "messages_body_length" CHECK ((char_length(body) <= 4000));

CREATE UNIQUE INDEX message_attachments_one_per_position ON public.message_attachments USING btree (message_id, "position");

CREATE POLICY "Client and coach can view the files of their conversations" ON "public"."message_attachments"
  FOR SELECT
  TO "authenticated"
  USING (private.may_read_attachment(id));

CREATE POLICY "Client and coach can send files in their conversations" ON "storage"."objects"
  FOR INSERT
  TO "authenticated"
  WITH CHECK (((bucket_id = 'attachments'::text) AND (owner_id = ( SELECT (auth.jwt() ->> 'sub'::text))) AND private.may_send_file(name)));

CREATE POLICY "Client and coach can view the bytes of their files" ON "storage"."objects"
  FOR SELECT
  TO "authenticated"
  USING (((bucket_id = 'attachments'::text) AND private.may_read_file(name)));

COMMENT ON TABLE "public"."message_attachments" IS 'The files of a message. Their bytes are in the bucket attachments, under conversation/message/attachment.';

REVOKE ALL ON FUNCTION "private"."attach_files"(public.messages, uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."attach_files"(public.messages, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."attach_files"(public.messages, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."files_below"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."files_below"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."files_below"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."forget_attachments"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_attachments"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_attachments"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."leftover_files"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leftover_files"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."leftover_files"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_read_attachment"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."may_read_attachment"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "private"."may_read_attachment"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_read_attachment"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_read_file"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."may_read_file"(text) TO "authenticated";

REVOKE ALL ON FUNCTION "private"."may_read_file"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_read_file"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_send_file"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."may_send_file"(text) TO "authenticated";

REVOKE ALL ON FUNCTION "private"."may_send_file"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_send_file"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."parse_file_name"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."parse_file_name"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."parse_file_name"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."remove_attachments"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."remove_attachments"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."remove_attachments"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."remove_files_work"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."remove_files_work"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."remove_files_work"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."remove_leftover_files"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."remove_leftover_files"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."remove_leftover_files"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."send_message"(uuid, uuid, text, uuid[]) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."send_message"(uuid, uuid, text, uuid[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."send_message"(uuid, uuid, text, uuid[]) TO "postgres";

REVOKE ALL ON TABLE "public"."message_attachments" FROM "authenticated";

GRANT SELECT ON TABLE "public"."message_attachments" TO "authenticated";

SET local check_function_bodies = off;

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

  if v_attached <> coalesce(cardinality(attach_files.attachment_ids), 0) then
    raise exception 'A file did not arrive. Choose it again.' using errcode = 'MSGON';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_declined_charge (
  order_id uuid,
  attempt  integer,
  error    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_is_last boolean;
begin
  if record_declined_charge.attempt is null then
    return;
  end if;
  select * into v_order from public.orders where orders.id = record_declined_charge.order_id;
  perform private.lock_plan(v_order.plan_id);
  -- A fee has no plan. Its order comes before its charges, as when it is paid by hand at this moment.
  perform from public.orders where orders.id = v_order.id for update;

  update private.card_charges
  set outcome = case
        when 'authentication_required' in (
          record_declined_charge.error ->> 'code', record_declined_charge.error ->> 'decline_code'
        ) then 'requires_action'
        else 'declined'
      end::private.charge_outcome,
      failure_code = coalesce(record_declined_charge.error ->> 'decline_code', record_declined_charge.error ->> 'code'),
      settled_at = now()
  where card_charges.order_id = v_order.id
    and card_charges.attempt = record_declined_charge.attempt
    and card_charges.outcome is null;

  if not found or not exists (
    select from public.orders where orders.id = v_order.id and orders.status = 'pending'
  ) then
    return;
  end if;

  v_is_last := record_declined_charge.attempt > cardinality((private.settings()).charge_retry_days);
  if v_order.plan_id is null then
    perform private.decline_no_show_fee(v_order, record_declined_charge.attempt, v_is_last);
  elsif v_is_last then
    perform private.end_plan(v_order.plan_id, 'declined');
  else
    perform private.settle_plan(v_order.plan_id);
    perform private.notify(v_order.client_id, 'instalment_failed', v_order.id, version => record_declined_charge.attempt);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.received_reviews (
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    review_id       uuid,
    booking_id      uuid,
    offer_title     text,
    starts_at       timestamp with time zone,
    author_name     text,
    market_rating   smallint,
    advice_rating   smallint,
    worth_rating    smallint,
    rating          numeric,
    body            text,
    published_at    timestamp with time zone,
    reply           text,
    may_reply       boolean,
    reply_ends_at   timestamp with time zone,
    voided_by       text,
    removed_because text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select reviews.id, bookings.id, offers.title, bookings.starts_at, reviews.author_name,
    reviews.market_rating, reviews.advice_rating, reviews.worth_rating, reviews.rating, reviews.body,
    reviews.published_at, reviews.reply, private.may_reply(reviews), private.reply_ends_at(reviews),
    coalesce(
      private.review_voided_by(reviews),
      case when reviews.id not in (select counted.id from private.counted_reviews(private.current_coach_id()) as counted) then 'newer' end
    ),
    case when reviews.removed_at is not null then private.decided_because('review', reviews.id) end
  from public.reviews
  join public.bookings on bookings.id = reviews.booking_id
  join public.offers on offers.id = bookings.offer_id
  where reviews.coach_id = private.current_coach_id()
    and reviews.author_party = 'client'
    and reviews.published_at is not null
  order by reviews.published_at desc, reviews.created_at desc, reviews.id
  limit 11 offset (greatest(received_reviews.page_number, 1) - 1) * 10;
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
    or trim(send_message.body) = '' and coalesce(cardinality(send_message.attachment_ids), 0) = 0
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

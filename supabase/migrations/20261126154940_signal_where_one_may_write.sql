SET local check_function_bodies = off;

DROP POLICY "Client and coach can signal in their conversation" ON "realtime"."messages";

CREATE OR REPLACE FUNCTION private.conversation_of_topic (
  topic text
)
  RETURNS uuid
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  -- Not a filter: the cast must never see a topic of another shape.
  select case
    when conversation_of_topic.topic ~ '^conversation:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      then split_part(conversation_of_topic.topic, ':', 2)::uuid
  end;
$function$;

CREATE OR REPLACE FUNCTION private.may_follow (
  topic text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.conversations
    where conversations.id = private.conversation_of_topic(may_follow.topic)
      and private.conversation_party(conversations) is not null
      and not private.is_shut_out(conversations)
  );
$function$;

CREATE OR REPLACE FUNCTION private.may_signal (
  topic text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.conversations
    where conversations.id = private.conversation_of_topic(may_signal.topic)
      and private.conversation_party(conversations) is not null
      and private.closed_because(conversations) is null
  );
$function$;

CREATE POLICY "Client and coach can signal in their conversation" ON "realtime"."messages"
  FOR INSERT
  TO "authenticated"
  WITH CHECK (((extension = ANY (ARRAY['broadcast'::text, 'presence'::text])) AND private.may_signal(( SELECT realtime.topic() AS topic))));

REVOKE ALL ON FUNCTION "private"."conversation_of_topic"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."conversation_of_topic"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."conversation_of_topic"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."may_signal"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."may_signal"(text) TO "authenticated";

REVOKE ALL ON FUNCTION "private"."may_signal"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."may_signal"(text) TO "postgres";

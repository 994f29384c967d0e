SET local check_function_bodies = off;

ALTER TABLE "public"."messages"
  ADD COLUMN "has_payment_hint" boolean NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION private.moves_payment (
  body text
)
  RETURNS boolean
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select moves_payment.body ~* (
    '\m(venmo(ed|ing)?|zelled?|cash ?app|paypal(\.me)?|apple ?cash|google pay|apple pay)\M'
    || '|\mwire\s+(me|you|us|it to (me|you|my))\M'
    || '|\m(pay|send|transfer)(ing)?\s+(it to )?(me|you|us)\M[^.!?\n]{0,40}'
    || '\m(in cash|with cash|by check|by wire|by bank transfer|in bitcoin|in crypto)\M'
    || '|\mpay(ing)?\s+(me|you|us)\M[^.!?\n]{0,40}'
    || '\m(directly|privately|outside (of )?(walkthrough|the (site|app|platform))|off (walkthrough|the (site|app|platform)))\M'
  );
$function$;

CREATE OR REPLACE FUNCTION private.tg_messages__hint()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  new.has_payment_hint := private.moves_payment(new.body);
  return new;
end;
$function$;

CREATE VIEW "admin"."payment_hints" WITH (security_invoker=true) AS  SELECT messages.created_at AS sent_at,
    messages.conversation_id,
    messages.id AS message_id,
    private.shown_name(sender.*) AS sender,
    (sender.id = conversations.client_id) AS is_client,
    messages.body,
    ( SELECT count(*) AS count
           FROM public.messages others
          WHERE ((others.sender_id = messages.sender_id) AND others.has_payment_hint AND (others.created_at > (now() - '90 days'::interval)))) AS times_in_90_days
   FROM ((public.messages
     JOIN public.conversations ON ((conversations.id = messages.conversation_id)))
     JOIN public.profiles sender ON ((sender.id = messages.sender_id)))
  WHERE messages.has_payment_hint
  ORDER BY messages.created_at DESC, messages.id;

CREATE INDEX messages_payment_hints ON public.messages USING btree (created_at)
  WHERE has_payment_hint;

CREATE TRIGGER messages__hint
  BEFORE INSERT OR UPDATE OF body ON public.messages
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_messages__hint();

COMMENT ON COLUMN "public"."messages"."has_payment_hint" IS 'It sounds as if payment moves off the platform: private.moves_payment.';

COMMENT ON VIEW "admin"."payment_hints" IS 'Messages that sound as if payment moves off the platform.';

REVOKE ALL ON FUNCTION "private"."moves_payment"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."moves_payment"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."moves_payment"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_messages__hint"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_messages__hint"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_messages__hint"() TO "postgres";

-- By hand: what was said so far.
UPDATE "public"."messages" SET "has_payment_hint" = true WHERE private.moves_payment("body");

SET local check_function_bodies = off;

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" REVOKE ALL ON SEQUENCES FROM "anon";

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" REVOKE ALL ON SEQUENCES FROM "authenticated";

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" REVOKE ALL ON SEQUENCES FROM "service_role";

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" REVOKE ALL ON FUNCTIONS FROM "anon";

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" REVOKE ALL ON FUNCTIONS FROM "authenticated";

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" REVOKE ALL ON FUNCTIONS FROM "service_role";

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" REVOKE ALL ON TABLES FROM "anon";

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" REVOKE ALL ON TABLES FROM "authenticated";

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "public" REVOKE ALL ON TABLES FROM "service_role";

CREATE SCHEMA "admin";

CREATE SCHEMA "private";

CREATE EXTENSION "btree_gist" SCHEMA "extensions";

CREATE EXTENSION "pg_cron";

CREATE EXTENSION "pg_net" SCHEMA "extensions";

CREATE SEQUENCE "private"."audit_log_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE SEQUENCE "private"."outbox_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE SEQUENCE "private"."security_events_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE SEQUENCE "public"."booking_events_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

REVOKE ALL ON SEQUENCE "public"."booking_events_id_seq" FROM "anon", "authenticated", "service_role";

CREATE TABLE "private"."audit_log" (
  "id"         bigint                      NOT NULL DEFAULT nextval('private.audit_log_id_seq'::regclass),
  "table_name" text                        NOT NULL,
  "row_id"     text                        NOT NULL,
  "action"     text                        NOT NULL,
  "actor"      text                        NOT NULL,
  "before"     jsonb,
  "after"      jsonb,
  "created_at" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "audit_log_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."audit_log"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."meeting_hosts" (
  "zoom_user_id" text    NOT NULL,
  "email"        text    NOT NULL,
  "is_active"    boolean NOT NULL DEFAULT true,
  CONSTRAINT "meeting_hosts_pkey" PRIMARY KEY (zoom_user_id)
);

ALTER TABLE "private"."meeting_hosts"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."meeting_participants" (
  "id"               uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "meeting_id"       uuid                        NOT NULL,
  "participant_uuid" text                        NOT NULL,
  "display_name"     text                        NOT NULL,
  "joined_at"        timestamp(6) with time zone,
  "left_at"          timestamp(6) with time zone,
  CONSTRAINT "meeting_participants_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."meeting_participants"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."outbox" (
  "id"         bigint NOT NULL DEFAULT nextval('private.outbox_id_seq'::regclass),
  "topic"      text   NOT NULL,
  "dedupe_key" text   NOT NULL,
  "payload"    jsonb  NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT "outbox_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."outbox"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."platform_settings" (
  "is_singleton"          boolean NOT NULL DEFAULT true,
  "fee_basis_points"      integer NOT NULL DEFAULT 1500,
  "hold_minutes"          integer NOT NULL DEFAULT 15,
  "join_opens_minutes"    integer NOT NULL DEFAULT 15,
  "review_window_days"    integer NOT NULL DEFAULT 7,
  "release_after_minutes" integer NOT NULL DEFAULT 2880,
  CONSTRAINT "platform_settings_fee_is_a_share" CHECK (((fee_basis_points >= 0) AND (fee_basis_points <= 10000))),
  CONSTRAINT "platform_settings_is_one_row" CHECK (is_singleton),
  CONSTRAINT "platform_settings_pkey" PRIMARY KEY (is_singleton)
);

ALTER TABLE "private"."platform_settings"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."rate_limits" (
  "bucket"         text                        NOT NULL,
  "subject"        text                        NOT NULL,
  "window_started" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "hits"           integer                     NOT NULL DEFAULT 0,
  CONSTRAINT "rate_limits_pkey" PRIMARY KEY (bucket, subject)
);

ALTER TABLE "private"."rate_limits"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."security_events" (
  "id"         bigint                      NOT NULL DEFAULT nextval('private.security_events_id_seq'::regclass),
  "kind"       text                        NOT NULL,
  "detail"     jsonb                       NOT NULL DEFAULT '{}'::jsonb,
  "created_at" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "security_events_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."security_events"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."stripe_customers" (
  "profile_id"         uuid NOT NULL,
  "stripe_customer_id" text NOT NULL,
  CONSTRAINT "stripe_customers_pkey" PRIMARY KEY (profile_id)
);

ALTER TABLE "private"."stripe_customers"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."webhook_events" (
  "provider"    text                        NOT NULL,
  "event_id"    text                        NOT NULL,
  "type"        text                        NOT NULL,
  "payload"     jsonb                       NOT NULL,
  "received_at" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "webhook_events_pkey" PRIMARY KEY (PROVIDER, event_id)
);

ALTER TABLE "private"."webhook_events"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."availability_settings" (
  "coach_id"               uuid    NOT NULL,
  "minimum_notice_minutes" integer NOT NULL DEFAULT 120,
  "slot_step_minutes"      integer NOT NULL DEFAULT 30,
  "horizon_days"           integer NOT NULL DEFAULT 60,
  CONSTRAINT "availability_settings_horizon" CHECK (((horizon_days >= 1) AND (horizon_days <= 90))),
  CONSTRAINT "availability_settings_notice" CHECK (((minimum_notice_minutes >= 0) AND (minimum_notice_minutes <= 20160))),
  CONSTRAINT "availability_settings_pkey" PRIMARY KEY (coach_id),
  CONSTRAINT "availability_settings_step" CHECK ((slot_step_minutes = ANY (ARRAY[15, 20, 30, 60])))
);

ALTER TABLE "public"."availability_settings"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."availability_settings" FROM "anon", "service_role";

CREATE TABLE "public"."booking_events" (
  "id"         bigint NOT NULL DEFAULT nextval('public.booking_events_id_seq'::regclass),
  "booking_id" uuid   NOT NULL,
  CONSTRAINT "booking_events_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."booking_events"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."booking_events" FROM "anon", "service_role";

CREATE TABLE "public"."bookings" (
  "id"        uuid NOT NULL DEFAULT gen_random_uuid(),
  "order_id"  uuid NOT NULL,
  "offer_id"  uuid NOT NULL,
  "coach_id"  uuid NOT NULL,
  "client_id" uuid NOT NULL,
  CONSTRAINT "bookings_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."bookings"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."bookings" FROM "anon", "service_role";

CREATE TABLE "public"."cancellation_policies" (
  "id"                     uuid    NOT NULL DEFAULT gen_random_uuid(),
  "name"                   text    NOT NULL,
  "full_refund_minutes"    integer NOT NULL,
  "partial_refund_minutes" integer NOT NULL,
  "partial_refund_percent" integer NOT NULL,
  "is_default"             boolean NOT NULL DEFAULT false,
  CONSTRAINT "cancellation_policies_percent" CHECK (((partial_refund_percent >= 0) AND (partial_refund_percent <= 100))),
  CONSTRAINT "cancellation_policies_pkey" PRIMARY KEY (id),
  CONSTRAINT "cancellation_policies_tiers_are_ordered" CHECK (((full_refund_minutes >= partial_refund_minutes) AND (partial_refund_minutes >= 0)))
);

ALTER TABLE "public"."cancellation_policies"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."cancellation_policies" FROM "service_role";

CREATE TABLE "public"."coach_listings" (
  "coach_id"         uuid                        NOT NULL,
  "document"         tsvector                    NOT NULL,
  "states"           text[],
  "specialties"      text[],
  "languages"        text[],
  "from_price_cents" integer,
  "rating_average"   numeric(3,2),
  "review_count"     integer                     NOT NULL DEFAULT 0,
  "rating_score"     numeric(5,4)                NOT NULL DEFAULT 0,
  "sessions_held"    integer                     NOT NULL DEFAULT 0,
  "listed_at"        timestamp(6) with time zone NOT NULL,
  CONSTRAINT "coach_listings_pkey" PRIMARY KEY (coach_id)
);

ALTER TABLE "public"."coach_listings"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."coach_listings" FROM "service_role";

CREATE TABLE "public"."coaches" (
  "id"                uuid    NOT NULL DEFAULT gen_random_uuid(),
  "profile_id"        uuid    NOT NULL,
  "slug"              text    NOT NULL,
  "display_name"      text    NOT NULL,
  "headline"          text    NOT NULL DEFAULT ''::text,
  "bio"               text    NOT NULL DEFAULT ''::text,
  "states"            text[]  DEFAULT ARRAY[]::text[],
  "specialties"       text[]  DEFAULT ARRAY[]::text[],
  "languages"         text[]  DEFAULT ARRAY['en'::text],
  "years_in_business" integer,
  "time_zone"         text    NOT NULL DEFAULT 'America/New_York'::text,
  CONSTRAINT "coaches_bio_is_short" CHECK ((char_length(bio) <= 4000)),
  CONSTRAINT "coaches_display_name_is_short" CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 120))),
  CONSTRAINT "coaches_headline_is_short" CHECK ((char_length(headline) <= 120)),
  CONSTRAINT "coaches_pkey" PRIMARY KEY (id),
  CONSTRAINT "coaches_slug_is_a_path" CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (char_length(slug) <= 80))),
  CONSTRAINT "coaches_years_are_plausible" CHECK (((years_in_business >= 0) AND (years_in_business <= 70)))
);

ALTER TABLE "public"."coaches"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."coaches" FROM "service_role";

CREATE TABLE "public"."conversation_reads" (
  "conversation_id" uuid                        NOT NULL,
  "profile_id"      uuid                        NOT NULL,
  "last_read_seq"   bigint                      NOT NULL DEFAULT 0,
  "read_at"         timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "conversation_reads_pkey" PRIMARY KEY (conversation_id, profile_id)
);

ALTER TABLE "public"."conversation_reads"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."conversation_reads" FROM "anon", "service_role";

CREATE TABLE "public"."conversations" (
  "id"              uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "coach_id"        uuid                        NOT NULL,
  "client_id"       uuid                        NOT NULL,
  "last_seq"        bigint                      NOT NULL DEFAULT 0,
  "last_message_at" timestamp(6) with time zone,
  "created_at"      timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "conversations_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."conversations"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."conversations" FROM "anon", "service_role";

CREATE TABLE "public"."credentials" (
  "id"         uuid NOT NULL DEFAULT gen_random_uuid(),
  "profile_id" uuid NOT NULL,
  CONSTRAINT "credentials_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."credentials"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."credentials" FROM "anon", "service_role";

CREATE TABLE "public"."languages" (
  "code" text NOT NULL,
  "name" text NOT NULL,
  CONSTRAINT "languages_pkey" PRIMARY KEY (code)
);

ALTER TABLE "public"."languages"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."languages" FROM "service_role";

CREATE TABLE "public"."meetings" (
  "id"         uuid NOT NULL DEFAULT gen_random_uuid(),
  "booking_id" uuid NOT NULL,
  "host_id"    text,
  CONSTRAINT "meetings_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."meetings"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."meetings" FROM "anon", "service_role";

CREATE TABLE "public"."messages" (
  "id"              uuid                        NOT NULL,
  "conversation_id" uuid                        NOT NULL,
  "seq"             bigint                      NOT NULL,
  "sender_id"       uuid                        NOT NULL,
  "body"            text                        NOT NULL,
  "created_at"      timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "messages_body_length" CHECK (((char_length(body) >= 1) AND (char_length(body) <= 4000))),
  CONSTRAINT "messages_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."messages"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."messages" FROM "anon", "service_role";

CREATE TABLE "public"."notification_kinds" (
  "kind"                 text    NOT NULL,
  "description"          text    NOT NULL,
  "is_enabled"           boolean NOT NULL DEFAULT true,
  "minutes_before_start" integer,
  CONSTRAINT "notification_kinds_lead" CHECK ((minutes_before_start > 0)),
  CONSTRAINT "notification_kinds_pkey" PRIMARY KEY (kind)
);

ALTER TABLE "public"."notification_kinds"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."notification_kinds" FROM "anon", "service_role";

CREATE TABLE "public"."notifications" (
  "id"           uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "recipient_id" uuid                        NOT NULL,
  "kind"         text                        NOT NULL,
  "booking_id"   uuid,
  "subject_id"   uuid                        NOT NULL,
  "version"      integer                     NOT NULL DEFAULT 1,
  "created_at"   timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "sent_at"      timestamp(6) with time zone,
  "skipped_at"   timestamp(6) with time zone,
  CONSTRAINT "notifications_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."notifications"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."notifications" FROM "anon", "service_role";

CREATE TABLE "public"."offers" (
  "id"         uuid    NOT NULL DEFAULT gen_random_uuid(),
  "lineage_id" uuid    NOT NULL DEFAULT gen_random_uuid(),
  "version"    integer NOT NULL DEFAULT 1,
  "coach_id"   uuid    NOT NULL,
  CONSTRAINT "offers_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."offers"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."offers" FROM "service_role";

CREATE TABLE "public"."orders" (
  "id"        uuid NOT NULL DEFAULT gen_random_uuid(),
  "client_id" uuid NOT NULL,
  "coach_id"  uuid NOT NULL,
  "offer_id"  uuid NOT NULL,
  CONSTRAINT "orders_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."orders"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."orders" FROM "anon", "service_role";

CREATE TABLE "public"."payments" (
  "id"       uuid NOT NULL DEFAULT gen_random_uuid(),
  "order_id" uuid NOT NULL,
  CONSTRAINT "payments_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."payments"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."payments" FROM "anon", "service_role";

CREATE TABLE "public"."profile_contacts" (
  "profile_id"        uuid                        NOT NULL,
  "email"             text                        NOT NULL,
  "source_updated_at" timestamp(6) with time zone NOT NULL,
  CONSTRAINT "profile_contacts_pkey" PRIMARY KEY (profile_id)
);

ALTER TABLE "public"."profile_contacts"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."profile_contacts" FROM "anon", "service_role";

CREATE TABLE "public"."profiles" (
  "id"            uuid NOT NULL DEFAULT gen_random_uuid(),
  "clerk_user_id" text,
  CONSTRAINT "profiles_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."profiles"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."profiles" FROM "anon", "service_role";

CREATE TABLE "public"."refunds" (
  "id"         uuid NOT NULL DEFAULT gen_random_uuid(),
  "order_id"   uuid NOT NULL,
  "payment_id" uuid NOT NULL,
  CONSTRAINT "refunds_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."refunds"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."refunds" FROM "anon", "service_role";

CREATE TABLE "public"."reviews" (
  "id"          uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "booking_id"  uuid                        NOT NULL,
  "coach_id"    uuid                        NOT NULL,
  "author_id"   uuid                        NOT NULL,
  "author_name" text                        NOT NULL,
  "rating"      smallint                    NOT NULL,
  "body"        text                        NOT NULL,
  "created_at"  timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "reviews_body_length" CHECK (((char_length(body) >= 20) AND (char_length(body) <= 2000))),
  CONSTRAINT "reviews_pkey" PRIMARY KEY (id),
  CONSTRAINT "reviews_rating" CHECK (((rating >= 1) AND (rating <= 5)))
);

ALTER TABLE "public"."reviews"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."reviews" FROM "service_role";

CREATE TABLE "public"."specialties" (
  "slug"     text    NOT NULL,
  "name"     text    NOT NULL,
  "audience" text    NOT NULL,
  "position" integer NOT NULL,
  CONSTRAINT "specialties_audience" CHECK ((audience = ANY (ARRAY['realtor'::text, 'loan_officer'::text, 'both'::text]))),
  CONSTRAINT "specialties_pkey" PRIMARY KEY (slug)
);

ALTER TABLE "public"."specialties"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."specialties" FROM "service_role";

CREATE TABLE "public"."states" (
  "code" text NOT NULL,
  "name" text NOT NULL,
  CONSTRAINT "states_pkey" PRIMARY KEY (code)
);

ALTER TABLE "public"."states"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."states" FROM "service_role";

CREATE TABLE "public"."weekly_hours" (
  "id"        uuid                      NOT NULL DEFAULT gen_random_uuid(),
  "coach_id"  uuid                      NOT NULL,
  "weekday"   smallint                  NOT NULL,
  "starts_at" time(0) without time zone NOT NULL,
  "ends_at"   time(0) without time zone NOT NULL,
  CONSTRAINT "weekly_hours_end_after_start" CHECK ((ends_at > starts_at)),
  CONSTRAINT "weekly_hours_pkey" PRIMARY KEY (id),
  CONSTRAINT "weekly_hours_weekday" CHECK (((weekday >= 1) AND (weekday <= 7)))
);

ALTER TABLE "public"."weekly_hours"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."weekly_hours" FROM "anon", "service_role";

ALTER SEQUENCE "private"."audit_log_id_seq" OWNED BY "private"."audit_log"."id";

ALTER SEQUENCE "private"."outbox_id_seq" OWNED BY "private"."outbox"."id";

ALTER SEQUENCE "private"."security_events_id_seq" OWNED BY "private"."security_events"."id";

ALTER SEQUENCE "public"."booking_events_id_seq" OWNED BY "public"."booking_events"."id";

CREATE TYPE "private"."outbox_status" AS ENUM (
  'pending',
  'done',
  'failed'
);

ALTER TABLE "private"."outbox"
  ADD COLUMN "status" private.outbox_status NOT NULL DEFAULT 'pending'::private.outbox_status;

ALTER TABLE "private"."outbox"
  ADD COLUMN "attempts" integer NOT NULL DEFAULT 0;

ALTER TABLE "private"."outbox"
  ADD COLUMN "run_after" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "private"."outbox"
  ADD COLUMN "locked_until" timestamp(6) WITH time zone;

ALTER TABLE "private"."outbox"
  ADD COLUMN "last_error" text;

ALTER TABLE "private"."outbox"
  ADD COLUMN "result" jsonb;

ALTER TABLE "private"."outbox"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "private"."outbox"
  ADD COLUMN "done_at" timestamp(6) WITH time zone;

CREATE TYPE "public"."booking_actor" AS ENUM (
  'client',
  'coach',
  'admin',
  'system'
);

ALTER TABLE "public"."booking_events"
  ADD COLUMN "actor" public.booking_actor NOT NULL;

ALTER TABLE "public"."booking_events"
  ADD COLUMN "actor_id" uuid;

CREATE TYPE "public"."booking_status" AS ENUM (
  'held',
  'requested',
  'confirmed',
  'completed',
  'cancelled',
  'declined',
  'expired',
  'no_show_client',
  'no_show_coach'
);

ALTER TABLE "public"."booking_events"
  ADD COLUMN "before" public.booking_status;

ALTER TABLE "public"."booking_events"
  ADD COLUMN "after" public.booking_status NOT NULL;

ALTER TABLE "public"."booking_events"
  ADD COLUMN "detail" jsonb NOT NULL DEFAULT '{}'::jsonb;

ALTER TABLE "public"."booking_events"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "public"."bookings"
  ADD COLUMN "status" public.booking_status NOT NULL DEFAULT 'held'::public.booking_status;

ALTER TABLE "public"."bookings"
  ADD COLUMN "starts_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "public"."bookings"
  ADD COLUMN "ends_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "public"."bookings"
  ADD COLUMN "client_time_zone" text NOT NULL;

ALTER TABLE "public"."bookings"
  ADD COLUMN "note" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."bookings"
  ADD COLUMN "hold_expires_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."bookings"
  ADD COLUMN "confirmed_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."bookings"
  ADD COLUMN "completed_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."bookings"
  ADD COLUMN "cancelled_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."bookings"
  ADD COLUMN "cancelled_by" public.booking_actor;

ALTER TABLE "public"."bookings"
  ADD COLUMN "cancel_reason" text;

ALTER TABLE "public"."bookings"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "public"."bookings"
  ADD COLUMN "during" tstzrange GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED NOT NULL;

CREATE TYPE "public"."coach_status" AS ENUM (
  'draft',
  'applied',
  'approved',
  'paused',
  'suspended'
);

ALTER TABLE "public"."coaches"
  ADD COLUMN "status" public.coach_status NOT NULL DEFAULT 'draft'::public.coach_status;

ALTER TABLE "public"."coaches"
  ADD COLUMN "cancellation_policy_id" uuid NOT NULL;

ALTER TABLE "public"."coaches"
  ADD COLUMN "applied_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."coaches"
  ADD COLUMN "approved_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."coaches"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "public"."coaches"
  ADD COLUMN "updated_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."credential_kind" AS ENUM (
  'state_license',
  'nmls'
);

ALTER TABLE "public"."credentials"
  ADD COLUMN "kind" public.credential_kind NOT NULL;

ALTER TABLE "public"."credentials"
  ADD COLUMN "state" text;

ALTER TABLE "public"."credentials"
  ADD COLUMN "number" text NOT NULL;

ALTER TABLE "public"."credentials"
  ADD COLUMN "expires_on" date;

ALTER TABLE "public"."credentials"
  ADD COLUMN "verified_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."credentials"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."meeting_status" AS ENUM (
  'pending',
  'ready',
  'cancelled'
);

ALTER TABLE "public"."meetings"
  ADD COLUMN "status" public.meeting_status NOT NULL DEFAULT 'pending'::public.meeting_status;

ALTER TABLE "public"."meetings"
  ADD COLUMN "starts_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "public"."meetings"
  ADD COLUMN "ends_at" timestamp(6) WITH time zone NOT NULL;

ALTER TABLE "public"."meetings"
  ADD COLUMN "zoom_meeting_id" text;

ALTER TABLE "public"."meetings"
  ADD COLUMN "join_url" text;

ALTER TABLE "public"."meetings"
  ADD COLUMN "started_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."meetings"
  ADD COLUMN "ended_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."meetings"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."offer_kind" AS ENUM (
  'session'
);

ALTER TABLE "public"."offers"
  ADD COLUMN "kind" public.offer_kind NOT NULL DEFAULT 'session'::public.offer_kind;

ALTER TABLE "public"."offers"
  ADD COLUMN "title" text NOT NULL;

ALTER TABLE "public"."offers"
  ADD COLUMN "description" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."offers"
  ADD COLUMN "duration_minutes" integer NOT NULL;

ALTER TABLE "public"."offers"
  ADD COLUMN "price_cents" integer NOT NULL;

ALTER TABLE "public"."offers"
  ADD COLUMN "currency" text NOT NULL DEFAULT 'usd'::text;

ALTER TABLE "public"."offers"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "public"."offers"
  ADD COLUMN "archived_at" timestamp(6) WITH time zone;

CREATE TYPE "public"."order_status" AS ENUM (
  'pending',
  'paid',
  'released',
  'refunded',
  'disputed',
  'expired'
);

ALTER TABLE "public"."orders"
  ADD COLUMN "status" public.order_status NOT NULL DEFAULT 'pending'::public.order_status;

ALTER TABLE "public"."orders"
  ADD COLUMN "amount_cents" integer NOT NULL;

ALTER TABLE "public"."orders"
  ADD COLUMN "fee_cents" integer NOT NULL;

ALTER TABLE "public"."orders"
  ADD COLUMN "currency" text NOT NULL DEFAULT 'usd'::text;

ALTER TABLE "public"."orders"
  ADD COLUMN "full_refund_minutes" integer NOT NULL;

ALTER TABLE "public"."orders"
  ADD COLUMN "partial_refund_minutes" integer NOT NULL;

ALTER TABLE "public"."orders"
  ADD COLUMN "partial_refund_percent" integer NOT NULL;

ALTER TABLE "public"."orders"
  ADD COLUMN "stripe_checkout_session_id" text;

ALTER TABLE "public"."orders"
  ADD COLUMN "checkout_url" text;

ALTER TABLE "public"."orders"
  ADD COLUMN "checkout_expires_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."orders"
  ADD COLUMN "paid_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."orders"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."payment_status" AS ENUM (
  'succeeded',
  'failed',
  'surplus'
);

ALTER TABLE "public"."payments"
  ADD COLUMN "status" public.payment_status NOT NULL;

ALTER TABLE "public"."payments"
  ADD COLUMN "amount_cents" integer NOT NULL;

ALTER TABLE "public"."payments"
  ADD COLUMN "currency" text NOT NULL DEFAULT 'usd'::text;

ALTER TABLE "public"."payments"
  ADD COLUMN "stripe_payment_intent_id" text NOT NULL;

ALTER TABLE "public"."payments"
  ADD COLUMN "stripe_charge_id" text;

ALTER TABLE "public"."payments"
  ADD COLUMN "failure_code" text;

ALTER TABLE "public"."payments"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."profile_kind" AS ENUM (
  'realtor',
  'loan_officer',
  'coach'
);

ALTER TABLE "public"."profiles"
  ADD COLUMN "kind" public.profile_kind;

ALTER TABLE "public"."profiles"
  ADD COLUMN "first_name" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."profiles"
  ADD COLUMN "last_name" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."profiles"
  ADD COLUMN "home_state" text;

ALTER TABLE "public"."profiles"
  ADD COLUMN "company" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."profiles"
  ADD COLUMN "time_zone" text NOT NULL DEFAULT 'America/New_York'::text;

ALTER TABLE "public"."profiles"
  ADD COLUMN "onboarded_at" timestamp(6) WITH time zone;

ALTER TABLE "public"."profiles"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "public"."profiles"
  ADD COLUMN "deleted_at" timestamp(6) WITH time zone;

CREATE TYPE "public"."refund_reason" AS ENUM (
  'client_cancelled',
  'coach_cancelled',
  'admin_cancelled',
  'paid_too_late',
  'paid_twice',
  'made_in_stripe'
);

ALTER TABLE "public"."refunds"
  ADD COLUMN "reason" public.refund_reason NOT NULL;

CREATE TYPE "public"."refund_status" AS ENUM (
  'requested',
  'succeeded',
  'failed'
);

ALTER TABLE "public"."refunds"
  ADD COLUMN "status" public.refund_status NOT NULL DEFAULT 'requested'::public.refund_status;

ALTER TABLE "public"."refunds"
  ADD COLUMN "amount_cents" integer NOT NULL;

ALTER TABLE "public"."refunds"
  ADD COLUMN "stripe_refund_id" text;

ALTER TABLE "public"."refunds"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "public"."refunds"
  ADD COLUMN "settled_at" timestamp(6) WITH time zone;

CREATE OR REPLACE FUNCTION admin.approve_coach (
  slug text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  update public.coaches set status = 'approved' where coaches.slug = approve_coach.slug;

  if not found then
    raise exception 'There is no coach %.', approve_coach.slug using errcode = 'OCNFD';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION admin.cancel_booking (
  booking_id uuid,
  reason     text
)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_booking public.bookings := private.lock_booking(cancel_booking.booking_id);
  v_refund_cents integer := private.refundable_cents(v_booking, 'admin');
begin
  if v_booking.id is null or not private.call_off(v_booking, 'admin', v_refund_cents, cancel_booking.reason) then
    raise exception 'There is no confirmed session % to come.', cancel_booking.booking_id using errcode = 'OBNCX';
  end if;

  return v_refund_cents;
end;
$function$;

CREATE OR REPLACE FUNCTION admin.suspend_coach (
  slug   text,
  reason text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_coach_id uuid;
begin
  update public.coaches set status = 'suspended' where coaches.slug = suspend_coach.slug
  returning coaches.id into v_coach_id;

  if v_coach_id is null then
    raise exception 'There is no coach %.', suspend_coach.slug using errcode = 'OCNFD';
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values ('coaches', v_coach_id, 'reason', session_user, jsonb_build_object('reason', suspend_coach.reason));
end;
$function$;

CREATE OR REPLACE FUNCTION private.archive_own_offer (
  coach_id uuid,
  offer_id uuid
)
  RETURNS public.offers
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_offer public.offers;
begin
  update public.offers
  set archived_at = now()
  where offers.id = archive_own_offer.offer_id
    and offers.coach_id = archive_own_offer.coach_id
    and offers.archived_at is null
  returning * into v_offer;

  if not found then
    raise exception 'This session is no longer offered.' using errcode = 'OFGON';
  end if;

  return v_offer;
end;
$function$;

CREATE OR REPLACE FUNCTION private.are_known_languages (
  codes text[]
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select cardinality(are_known_languages.codes) > 0
    and cardinality(are_known_languages.codes) = (
      select count(*) from public.languages where languages.code = any (are_known_languages.codes)
    );
$function$;

CREATE OR REPLACE FUNCTION private.are_known_specialties (
  slugs text[]
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select cardinality(are_known_specialties.slugs) between 1 and 5
    and cardinality(are_known_specialties.slugs) = (
      select count(*) from public.specialties where specialties.slug = any (are_known_specialties.slugs)
    );
$function$;

CREATE OR REPLACE FUNCTION private.are_known_states (
  codes text[]
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select cardinality(are_known_states.codes) > 0
    and cardinality(are_known_states.codes) = (
      select count(*) from public.states where states.code = any (are_known_states.codes)
    );
$function$;

CREATE OR REPLACE FUNCTION private.assign_meeting_host (
  meeting_id uuid
)
  RETURNS text
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_host_id text;
begin
  -- Hosts are given out one transaction at a time: a lock held for microseconds, where
  -- two updates that check each other's ranges would deadlock.
  perform pg_advisory_xact_lock(hashtext('private.assign_meeting_host'));

  select * into v_meeting from public.meetings where meetings.id = assign_meeting_host.meeting_id for update;

  if v_meeting.host_id is not null then
    return v_meeting.host_id;
  end if;

  select meeting_hosts.zoom_user_id into v_host_id
  from private.meeting_hosts
  where meeting_hosts.is_active
    and not exists (
      select from public.meetings as other
      where other.host_id = meeting_hosts.zoom_user_id
        and other.status in ('pending', 'ready')
        and tstzrange(other.starts_at, other.ends_at) && tstzrange(v_meeting.starts_at, v_meeting.ends_at)
    )
  order by meeting_hosts.zoom_user_id
  limit 1;

  update public.meetings set host_id = v_host_id where meetings.id = v_meeting.id;

  return v_host_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.booking_party (
  booking public.bookings
)
  RETURNS public.booking_actor
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (booking_party.booking).client_id = private.current_profile_id() then 'client'
    when (booking_party.booking).coach_id = private.current_coach_id() then 'coach'
  end::public.booking_actor;
$function$;

CREATE OR REPLACE FUNCTION private.call_off (
  booking      public.bookings,
  actor        public.booking_actor,
  refund_cents integer,
  reason       text
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_booking_id uuid := (call_off.booking).id;
begin
  if (call_off.booking).starts_at <= now() or not private.move_booking(
    v_booking_id, array['confirmed']::public.booking_status[], 'cancelled', call_off.actor,
    jsonb_build_object('reason', left(trim(call_off.reason), 500), 'refund_cents', call_off.refund_cents)
  ) then
    return false;
  end if;

  perform private.request_refund(
    (call_off.booking).order_id, call_off.refund_cents,
    (call_off.actor || '_cancelled')::public.refund_reason
  );
  perform private.cancel_meeting(v_booking_id);
  perform private.notify_parties(v_booking_id, 'booking_cancelled');

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.cancel_meeting (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting_id uuid;
begin
  update public.meetings
  set status = 'cancelled'
  where meetings.booking_id = cancel_meeting.booking_id
    and meetings.status <> 'cancelled'
  returning meetings.id into v_meeting_id;

  if v_meeting_id is not null then
    perform private.enqueue(
      'zoom.delete_meeting', 'zoom.delete_meeting:' || v_meeting_id, jsonb_build_object('meeting_id', v_meeting_id)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.claim_webhook_event (
  provider text,
  event_id text,
  type     text,
  payload  jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  insert into private.webhook_events (provider, event_id, type, payload)
  values (
    claim_webhook_event.provider,
    claim_webhook_event.event_id,
    claim_webhook_event.type,
    claim_webhook_event.payload
  )
  on conflict (provider, event_id) do nothing;

  return found;
end;
$function$;

CREATE OR REPLACE FUNCTION private.coach_document (
  coach public.coaches
)
  RETURNS tsvector
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select setweight(to_tsvector('english', (coach_document.coach).display_name || ' ' || (coach_document.coach).headline), 'A')
    || setweight(to_tsvector('english', coalesce((
      select string_agg(specialties.name, ' ')
      from public.specialties
      where specialties.slug = any ((coach_document.coach).specialties)
    ), '')), 'B')
    || setweight(to_tsvector('english', (coach_document.coach).bio), 'C');
$function$;

CREATE OR REPLACE FUNCTION private.complete_bookings()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    where bookings.status = 'confirmed'
      and bookings.ends_at <= now()
    order by bookings.starts_at
    limit 500
    for update skip locked
  loop
    if private.move_booking(v_booking.id, array['confirmed']::public.booking_status[], 'completed', 'system') then
      perform private.notify(v_booking.client_id, 'review_invitation', v_booking.id, v_booking.id);
      perform private.refresh_listing(v_booking.coach_id);
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.confirm_booking (
  order_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_is_confirmed boolean := false;
begin
  select * into v_booking from public.bookings where bookings.order_id = confirm_booking.order_id for update;

  if v_booking.starts_at > now() and (v_booking.status = 'held' or exists (
    select
    from public.coaches
    join public.profiles as client on client.id = v_booking.client_id and client.deleted_at is null
    where coaches.id = v_booking.coach_id
      and coaches.status = 'approved'
  )) then
    if v_booking.status = 'expired' then
      perform private.expire_lapsed_holds(v_booking.coach_id, v_booking.during);
    end if;

    begin
      v_is_confirmed := private.move_booking(
        v_booking.id, array['held', 'expired']::public.booking_status[], 'confirmed', 'system'
      );
    exception when exclusion_violation then
      v_is_confirmed := false; -- The time went to somebody else meanwhile.
    end;
  end if;

  if not v_is_confirmed then
    perform private.lapse_hold(confirm_booking.order_id, 'system');
    perform private.request_refund(confirm_booking.order_id, orders.amount_cents, 'paid_too_late')
    from public.orders where orders.id = confirm_booking.order_id;
    perform private.notify(v_booking.client_id, 'payment_returned', v_booking.id, v_booking.id);
    return;
  end if;

  perform private.plan_meeting(v_booking.id);
  perform private.open_conversation(v_booking.coach_id, v_booking.client_id);
  perform private.notify_parties(v_booking.id, 'booking_confirmed');
end;
$function$;

CREATE OR REPLACE FUNCTION private.conversation_party (
  conversation public.conversations
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (conversation_party.conversation).client_id = private.current_profile_id() then 'client'
    when (conversation_party.conversation).coach_id = private.current_coach_id() then 'coach'
  end;
$function$;

CREATE OR REPLACE FUNCTION private.counterpart_name (
  conversation public.conversations
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (counterpart_name.conversation).client_id = private.current_profile_id() then (
      select coaches.display_name from public.coaches where coaches.id = (counterpart_name.conversation).coach_id
    )
    else (
      select private.shown_name(profiles)
      from public.profiles
      where profiles.id = (counterpart_name.conversation).client_id
    )
  end;
$function$;

CREATE OR REPLACE FUNCTION private.create_meeting_work (
  meeting_id uuid
)
  RETURNS jsonb
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_meeting public.meetings;
  v_host_id text;
begin
  select * into v_meeting
  from public.meetings
  where meetings.id = create_meeting_work.meeting_id
    and meetings.status = 'pending'
    and meetings.zoom_meeting_id is null;

  if not found then
    return null;
  end if;

  v_host_id := private.assign_meeting_host(v_meeting.id);

  if v_host_id is null then
    raise exception 'Every Zoom host has a meeting at this time.' using errcode = 'MTHST';
  end if;

  return (
    select jsonb_build_object(
      'meeting_id', v_meeting.id,
      'host_id', v_host_id,
      'topic', left(offers.title || ' with ' || coaches.display_name, 200),
      'agenda', 'Walkthrough meeting ' || v_meeting.id,
      'starts_at', v_meeting.starts_at,
      'duration_minutes', (extract(epoch from v_meeting.ends_at - v_meeting.starts_at) / 60)::integer
    )
    from public.bookings
    join public.offers on offers.id = bookings.offer_id
    join public.coaches on coaches.id = bookings.coach_id
    where bookings.id = v_meeting.booking_id
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.create_order (
  offer     public.offers,
  client_id uuid
)
  RETURNS uuid
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.orders (
    client_id, coach_id, offer_id, amount_cents, fee_cents, currency,
    full_refund_minutes, partial_refund_minutes, partial_refund_percent
  )
  select create_order.client_id, (create_order.offer).coach_id, (create_order.offer).id,
    (create_order.offer).price_cents,
    round((create_order.offer).price_cents * (private.settings()).fee_basis_points / 10000.0)::integer,
    (create_order.offer).currency,
    cancellation_policies.full_refund_minutes,
    cancellation_policies.partial_refund_minutes,
    cancellation_policies.partial_refund_percent
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  where coaches.id = (create_order.offer).coach_id
  returning orders.id;
$function$;

CREATE OR REPLACE FUNCTION private.current_coach_id()
  RETURNS uuid
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select coaches.id from public.coaches where coaches.profile_id = private.current_profile_id();
$function$;

CREATE OR REPLACE FUNCTION private.current_coaches_of_client()
  RETURNS SETOF uuid
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select conversations.coach_id
  from public.conversations
  where conversations.client_id = private.current_profile_id();
$function$;

CREATE OR REPLACE FUNCTION private.current_counterpart_ids()
  RETURNS SETOF uuid
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select conversations.client_id
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  where coaches.profile_id = private.current_profile_id()
  union all
  select coaches.profile_id
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  where conversations.client_id = private.current_profile_id();
$function$;

CREATE OR REPLACE FUNCTION private.current_profile_id()
  RETURNS uuid
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select profiles.id
  from public.profiles
  where profiles.clerk_user_id = (select auth.jwt() ->> 'sub')
    and profiles.deleted_at is null;
$function$;

CREATE OR REPLACE FUNCTION private.delete_meeting_work (
  meeting_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'meeting_id', meetings.id,
    'host_id', meetings.host_id,
    'zoom_meeting_id', meetings.zoom_meeting_id,
    'agenda', 'Walkthrough meeting ' || meetings.id
  )
  from public.meetings
  where meetings.id = delete_meeting_work.meeting_id
    and meetings.status = 'cancelled'
    and meetings.host_id is not null;
$function$;

CREATE OR REPLACE FUNCTION private.dispatch_outbox()
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_url text;
  v_key text;
begin
  if not exists (
    select from private.outbox
    where outbox.status = 'pending'
      and outbox.run_after <= now()
      and (outbox.locked_until is null or outbox.locked_until <= now())
  ) then
    return;
  end if;

  select decrypted_secret into v_url from vault.decrypted_secrets where name = 'project_url';
  select decrypted_secret into v_key from vault.decrypted_secrets where name = 'secret_key';

  -- Before the project's address is in the vault there is nobody to wake; cron asks again.
  if v_url is null or v_key is null then
    return;
  end if;

  perform net.http_post(
    url := v_url || '/functions/v1/dispatch',
    body := '{}'::jsonb,
    headers := jsonb_build_object('content-type', 'application/json', 'apikey', v_key),
    -- A run works until nothing is due: longer than pg_net's five seconds.
    timeout_milliseconds := 60000
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.enqueue (
  topic      text,
  dedupe_key text,
  payload    jsonb,
  run_after  timestamp with time zone DEFAULT now()
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into private.outbox (topic, dedupe_key, payload, run_after)
  values (enqueue.topic, enqueue.dedupe_key, enqueue.payload, enqueue.run_after)
  on conflict (dedupe_key) do nothing;
$function$;

CREATE OR REPLACE FUNCTION private.expire_checkout_work (
  order_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('checkout_session_id', orders.stripe_checkout_session_id)
  from public.orders
  where orders.id = expire_checkout_work.order_id
    and orders.status = 'expired'
    and orders.stripe_checkout_session_id is not null;
$function$;

CREATE OR REPLACE FUNCTION private.expire_holds()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  for v_order_id in
    select orders.id
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.status = 'held'
      and bookings.hold_expires_at <= now()
    order by bookings.hold_expires_at
    limit 500
    for update of orders skip locked
  loop
    perform private.lapse_hold(v_order_id, 'system');
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.expire_lapsed_holds (
  coach_id    uuid,
  time_window tstzrange
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  for v_order_id in
    select orders.id
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.coach_id = expire_lapsed_holds.coach_id
      and bookings.during && expire_lapsed_holds.time_window
      and bookings.status = 'held'
      and bookings.hold_expires_at <= now()
    for update of orders skip locked
  loop
    perform private.lapse_hold(v_order_id, 'system');
  end loop;
end;
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
begin
  insert into public.profiles as existing (clerk_user_id, deleted_at)
  values (forget_clerk_user.clerk_user_id, now())
  on conflict (clerk_user_id) do update
  set first_name = '', last_name = '', company = '', home_state = null,
      deleted_at = coalesce(existing.deleted_at, now())
  returning existing.id into v_profile_id;

  perform private.leave_sessions(v_profile_id);

  delete from public.profile_contacts where profile_contacts.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  update public.reviews set author_name = 'A former member' where reviews.author_id = v_profile_id;
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.free_slug (
  name text
)
  RETURNS text
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
declare
  v_base text := coalesce(
    nullif(trim(both '-' from regexp_replace(regexp_replace(lower(normalize(free_slug.name, NFKD)), '[\u0300-\u036f]', '', 'g'), '[^a-z0-9]+', '-', 'g')), ''),
    'coach'
  );
  v_slug text := left(v_base, 70);
  v_number integer := 1;
begin
  while exists (select from public.coaches where coaches.slug = v_slug) loop
    v_number := v_number + 1;
    v_slug := left(v_base, 70) || '-' || v_number;
  end loop;

  return v_slug;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_joinable (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_joinable.booking).status = 'confirmed'
    and now() < (is_joinable.booking).ends_at
    and now() >= (is_joinable.booking).starts_at - make_interval(mins => (private.settings()).join_opens_minutes);
$function$;

CREATE OR REPLACE FUNCTION private.is_offered (
  offer     public.offers,
  starts_at timestamp with time zone
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from private.offered_slots(
      (is_offered.offer).coach_id,
      (is_offered.offer).duration_minutes,
      tstzrange(is_offered.starts_at, is_offered.starts_at + interval '1 second')
    ) as slot
    where slot.starts_at = is_offered.starts_at
  );
$function$;

CREATE OR REPLACE FUNCTION private.is_reviewable (
  booking public.bookings
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_reviewable.booking).status = 'completed'
    and now() < (is_reviewable.booking).ends_at + make_interval(days => (private.settings()).review_window_days)
    and not exists (select from public.reviews where reviews.booking_id = (is_reviewable.booking).id);
$function$;

CREATE OR REPLACE FUNCTION private.is_still_true (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case (is_still_true.notification).kind
    when 'booking_confirmed' then booking.status in ('confirmed', 'completed')
    when 'reminder_24h' then booking.status = 'confirmed' and booking.starts_at > now()
    when 'reminder_15m' then booking.status = 'confirmed' and booking.starts_at > now()
    when 'booking_cancelled' then booking.status = 'cancelled'
    when 'review_invitation' then booking.status = 'completed' and not exists (
      select from public.reviews where reviews.booking_id = booking.id
    )
    when 'message_received' then exists (
      select
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = (is_still_true.notification).recipient_id
      where conversations.id = (is_still_true.notification).subject_id
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    )
    else true
  end
  from (select) as one
  left join public.bookings as booking on booking.id = (is_still_true.notification).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.is_time_zone (
  name text
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select from pg_catalog.pg_timezone_names
    where pg_timezone_names.name = is_time_zone.name
      and (pg_timezone_names.name like '%/%' or pg_timezone_names.name = 'UTC')
  );
$function$;

CREATE OR REPLACE FUNCTION private.lapse_hold (
  order_id uuid,
  actor    public.booking_actor
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking_id uuid;
begin
  -- The order first, then the booking: the same order of locks as record_payment.
  perform from public.orders where orders.id = lapse_hold.order_id for update;

  select bookings.id into v_booking_id
  from public.bookings
  where bookings.order_id = lapse_hold.order_id;

  if v_booking_id is null or not private.move_booking(v_booking_id, array['held']::public.booking_status[], 'expired', lapse_hold.actor) then
    return;
  end if;

  update public.orders set status = 'expired' where orders.id = lapse_hold.order_id and orders.status = 'pending';

  perform private.enqueue(
    'stripe.expire_checkout',
    'stripe.expire_checkout:' || lapse_hold.order_id,
    jsonb_build_object('order_id', lapse_hold.order_id)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.leave_sessions (
  profile_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_left record;
  v_booking public.bookings;
begin
  for v_left in
    select bookings.id, bookings.order_id,
      case when bookings.client_id = leave_sessions.profile_id then 'client' else 'coach' end::public.booking_actor as actor
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    where leave_sessions.profile_id in (bookings.client_id, coaches.profile_id)
      and bookings.status in ('held', 'confirmed')
    order by bookings.id
  loop
    v_booking := private.lock_booking(v_left.id);
    perform private.lapse_hold(v_left.order_id, v_left.actor);
    perform private.call_off(
      v_booking, v_left.actor, private.refundable_cents(v_booking, v_left.actor), 'The account was closed.'
    );
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lock_booking (
  booking_id uuid
)
  RETURNS public.bookings
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  perform from public.orders
  where orders.id = (select bookings.order_id from public.bookings where bookings.id = lock_booking.booking_id)
  for update;

  select * into v_booking from public.bookings where bookings.id = lock_booking.booking_id for update;

  return v_booking;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mail_booking (
  booking_id   uuid,
  recipient_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'booking_id', bookings.id,
    'party', case when bookings.client_id = mail_booking.recipient_id then 'client' else 'coach' end,
    'time_zone', case when bookings.client_id = mail_booking.recipient_id then bookings.client_time_zone else coaches.time_zone end,
    'starts_at', bookings.starts_at,
    'ends_at', bookings.ends_at,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'paid_cents', orders.amount_cents,
    'refund_cents', private.returned_cents(orders.id),
    'cancelled_by', bookings.cancelled_by,
    'cancel_reason', bookings.cancel_reason,
    'full_refund_until', bookings.starts_at - make_interval(mins => orders.full_refund_minutes)
  )
  from public.bookings
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  where bookings.id = mail_booking.booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_work (
  notification_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'notification_id', notifications.id,
    'kind', notifications.kind,
    'version', notifications.version,
    'created_at', notifications.created_at,
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'subject_id', notifications.subject_id,
    'booking', private.mail_booking(notifications.booking_id, notifications.recipient_id)
  )
  from public.notifications
  join public.profiles as recipient on recipient.id = notifications.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and recipient.deleted_at is null
    and private.is_still_true(notifications);
$function$;

CREATE OR REPLACE FUNCTION private.missing_in_practice (
  coach public.coaches
)
  RETURNS text
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (missing_in_practice.coach).headline = '' or (missing_in_practice.coach).bio = ''
      or cardinality((missing_in_practice.coach).states) = 0
      or cardinality((missing_in_practice.coach).specialties) = 0 then 'profile'
    when not exists (
      select from public.weekly_hours where weekly_hours.coach_id = (missing_in_practice.coach).id
    ) then 'hours'
    when not exists (
      select from public.offers
      where offers.coach_id = (missing_in_practice.coach).id and offers.archived_at is null
    ) then 'offers'
  end;
$function$;

CREATE OR REPLACE FUNCTION private.move_booking (
  booking_id uuid,
  expected   public.booking_status[],
  target     public.booking_status,
  actor      public.booking_actor,
  detail     jsonb                   DEFAULT '{}'::jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_before public.booking_status;
begin
  select bookings.status into v_before
  from public.bookings
  where bookings.id = move_booking.booking_id
  for update;

  if not (v_before = any (move_booking.expected)) then
    return false;
  end if;

  update public.bookings
  set status = move_booking.target,
      hold_expires_at = case when move_booking.target = 'held' then hold_expires_at end,
      confirmed_at = case when move_booking.target = 'confirmed' then now() else confirmed_at end,
      completed_at = case when move_booking.target = 'completed' then now() else completed_at end,
      cancelled_at = case when move_booking.target = 'cancelled' then now() end,
      cancelled_by = case when move_booking.target = 'cancelled' then move_booking.actor end,
      cancel_reason = case when move_booking.target = 'cancelled' then move_booking.detail ->> 'reason' end
  where bookings.id = move_booking.booking_id;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    move_booking.booking_id,
    move_booking.actor,
    case when move_booking.actor in ('client', 'coach') then private.current_profile_id() end,
    v_before,
    move_booking.target,
    move_booking.detail
  );

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.note_read (
  conversation_id uuid,
  profile_id      uuid,
  seq             bigint
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.conversation_reads as known (conversation_id, profile_id, last_read_seq)
  values (note_read.conversation_id, note_read.profile_id, note_read.seq)
  on conflict (conversation_id, profile_id) do update
  set last_read_seq = excluded.last_read_seq, read_at = now()
  where known.last_read_seq < excluded.last_read_seq;
$function$;

CREATE OR REPLACE FUNCTION private.notify (
  recipient_id uuid,
  kind         text,
  subject_id   uuid,
  booking_id   uuid                     DEFAULT NULL::uuid,
  version      integer                  DEFAULT 1,
  run_after    timestamp with time zone DEFAULT now()
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_notification_id uuid;
begin
  insert into public.notifications (recipient_id, kind, subject_id, booking_id, version)
  select notify.recipient_id, notification_kinds.kind, notify.subject_id, notify.booking_id, notify.version
  from public.notification_kinds
  where notification_kinds.kind = notify.kind
    and notification_kinds.is_enabled
  on conflict (subject_id, kind, recipient_id, version) do nothing
  returning notifications.id into v_notification_id;

  if v_notification_id is not null then
    perform private.enqueue(
      'mail', 'mail:' || v_notification_id,
      jsonb_build_object('notification_id', v_notification_id), notify.run_after
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.notify_message (
  conversation_id uuid,
  sender_id       uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(
    other.profile_id, 'message_received', conversations.id,
    version => (coalesce(conversation_reads.last_read_seq, 0) + 1)::integer,
    run_after => now() + interval '5 minutes'
  )
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  cross join lateral (
    select case when notify_message.sender_id = conversations.client_id then coaches.profile_id else conversations.client_id end as profile_id
  ) as other
  left join public.conversation_reads
    on conversation_reads.conversation_id = conversations.id
    and conversation_reads.profile_id = other.profile_id
  where conversations.id = notify_message.conversation_id;
$function$;

CREATE OR REPLACE FUNCTION private.notify_parties (
  booking_id uuid,
  kind       text
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify(party.profile_id, notify_parties.kind, bookings.id, bookings.id)
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  cross join lateral (values (bookings.client_id), (coaches.profile_id)) as party (profile_id)
  where bookings.id = notify_parties.booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.offered_slots (
  coach_id         uuid,
  duration_minutes integer,
  time_window      tstzrange
)
  RETURNS TABLE (
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  with practice as (
    select coaches.id, coaches.time_zone,
      make_interval(mins => availability_settings.slot_step_minutes) as step,
      make_interval(mins => offered_slots.duration_minutes) as duration,
      greatest(
        lower(offered_slots.time_window),
        now() + make_interval(mins => availability_settings.minimum_notice_minutes)
      ) as earliest,
      least(
        upper(offered_slots.time_window),
        now() + make_interval(days => availability_settings.horizon_days)
      ) as latest
    from public.coaches
    join public.availability_settings on availability_settings.coach_id = coaches.id
    where coaches.id = offered_slots.coach_id
      and not isempty(offered_slots.time_window) -- It has no bounds to be within.
  ),
  blocks as (
    select practice.step, practice.duration, practice.earliest, practice.latest,
      (day::date + weekly_hours.starts_at) at time zone practice.time_zone as opens_at,
      case
        -- Shown twice: Postgres reads the second, an hour after the first.
        when (closing.instant - interval '1 hour') at time zone practice.time_zone = closing.wall_time
          then closing.instant - interval '1 hour'
        -- Skipped: Postgres moves on by what is skipped. Zero on any other day.
        else closing.instant - (closing.instant at time zone practice.time_zone - closing.wall_time)
      end as closes_at
    from practice
    -- A day before and after: the coach's date differs from UTC's by up to a day.
    cross join lateral generate_series(
      (practice.earliest at time zone practice.time_zone)::date - 1,
      (practice.latest at time zone practice.time_zone)::date + 1,
      interval '1 day'
    ) as day
    join public.weekly_hours
      on weekly_hours.coach_id = practice.id
      and weekly_hours.weekday = extract(isodow from day)
    cross join lateral (
      select day::date + weekly_hours.ends_at as wall_time,
        (day::date + weekly_hours.ends_at) at time zone practice.time_zone as instant
    ) as closing
  )
  select slot, slot + blocks.duration
  from blocks
  cross join lateral generate_series(blocks.opens_at, blocks.closes_at - blocks.duration, blocks.step) as slot
  where slot >= blocks.earliest
    and slot < blocks.latest;
$function$;

CREATE OR REPLACE FUNCTION private.open_conversation (
  coach_id  uuid,
  client_id uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_conversation_id uuid;
begin
  insert into public.conversations (coach_id, client_id)
  values (open_conversation.coach_id, open_conversation.client_id)
  on conflict (coach_id, client_id) do nothing;

  select conversations.id into v_conversation_id
  from public.conversations
  where conversations.coach_id = open_conversation.coach_id
    and conversations.client_id = open_conversation.client_id;

  return v_conversation_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.plan_meeting (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_meeting_id uuid;
begin
  select * into v_booking from public.bookings where bookings.id = plan_meeting.booking_id;

  insert into public.meetings (booking_id, starts_at, ends_at)
  values (v_booking.id, v_booking.starts_at, v_booking.ends_at)
  returning meetings.id into v_meeting_id;

  perform private.assign_meeting_host(v_meeting_id);

  perform private.enqueue(
    'zoom.create_meeting', 'zoom.create_meeting:' || v_meeting_id, jsonb_build_object('meeting_id', v_meeting_id)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.purge_foundation()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  delete from private.rate_limits where rate_limits.window_started < now() - interval '1 day';

  delete from private.outbox
  where outbox.status = 'done' and outbox.done_at < now() - interval '30 days';

  update private.webhook_events
  set payload = jsonb_build_object('data', jsonb_build_object('id', webhook_events.payload -> 'data' -> 'id'))
  where webhook_events.received_at < now() - interval '90 days'
    and webhook_events.payload <> jsonb_build_object('data', jsonb_build_object('id', webhook_events.payload -> 'data' -> 'id'));
$function$;

CREATE OR REPLACE FUNCTION private.record_closed_checkout (
  order_id uuid,
  result   jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  if record_closed_checkout.result ->> 'payment_status' = 'paid' then
    perform private.record_payment(
      record_closed_checkout.order_id,
      record_closed_checkout.result ->> 'payment_intent',
      null,
      (record_closed_checkout.result ->> 'amount_total')::integer,
      record_closed_checkout.result ->> 'currency'
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_failed_payment (
  order_id          uuid,
  payment_intent_id text,
  amount_cents      integer,
  currency          text,
  failure_code      text
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into public.payments as known (order_id, status, amount_cents, currency, stripe_payment_intent_id, failure_code)
  select orders.id, 'failed', record_failed_payment.amount_cents, record_failed_payment.currency,
    record_failed_payment.payment_intent_id, record_failed_payment.failure_code
  from public.orders
  where orders.id = record_failed_payment.order_id
  on conflict (stripe_payment_intent_id) do update
  set failure_code = excluded.failure_code
  where known.status = 'failed';
$function$;

CREATE OR REPLACE FUNCTION private.record_mail (
  notification_id uuid,
  result          jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update public.notifications
  set sent_at = case when record_mail.result is not null then now() end,
      skipped_at = case when record_mail.result is null then now() end
  where notifications.id = record_mail.notification_id
    and notifications.sent_at is null;
$function$;

CREATE OR REPLACE FUNCTION private.record_meeting (
  meeting_id uuid,
  result     jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_status public.meeting_status;
begin
  if record_meeting.result is null then
    return;
  end if;

  update public.meetings
  set zoom_meeting_id = record_meeting.result ->> 'zoom_meeting_id',
      join_url = record_meeting.result ->> 'join_url',
      status = case when meetings.status = 'cancelled' then 'cancelled' else 'ready' end::public.meeting_status
  where meetings.id = record_meeting.meeting_id
  returning meetings.status into v_status;

  if v_status = 'cancelled' then
    perform private.enqueue(
      'zoom.delete_meeting',
      'zoom.delete_meeting:' || record_meeting.meeting_id || ':' || (record_meeting.result ->> 'zoom_meeting_id'),
      jsonb_build_object('meeting_id', record_meeting.meeting_id)
    );
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_participant (
  meeting_id  uuid,
  participant jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  insert into private.meeting_participants as visit (meeting_id, participant_uuid, display_name, joined_at, left_at)
  select record_participant.meeting_id,
    coalesce(record_participant.participant ->> 'participant_uuid', record_participant.participant ->> 'user_id'),
    left(coalesce(record_participant.participant ->> 'user_name', ''), 200),
    (record_participant.participant ->> 'join_time')::timestamptz,
    (record_participant.participant ->> 'leave_time')::timestamptz
  where record_participant.meeting_id is not null
  on conflict (meeting_id, participant_uuid) do update
  set joined_at = least(visit.joined_at, excluded.joined_at),
      left_at = greatest(visit.left_at, excluded.left_at);
$function$;

CREATE OR REPLACE FUNCTION private.record_payment (
  order_id          uuid,
  payment_intent_id text,
  charge_id         text,
  amount_cents      integer,
  currency          text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order public.orders;
  v_payment public.payments;
begin
  -- One at a time per order: two events of one payment wait for each other here.
  select * into v_order from public.orders where orders.id = record_payment.order_id for update;

  if not found then
    perform public.record_security_event(
      'payment_for_unknown_order', jsonb_build_object('payment_intent_id', record_payment.payment_intent_id)
    );
    return;
  end if;

  if record_payment.amount_cents is distinct from v_order.amount_cents
    or record_payment.currency is distinct from v_order.currency then
    perform public.record_security_event(
      'payment_amount_mismatch',
      jsonb_build_object('order_id', v_order.id, 'payment_intent_id', record_payment.payment_intent_id)
    );
    return;
  end if;

  insert into public.payments as known (order_id, status, amount_cents, currency, stripe_payment_intent_id, stripe_charge_id)
  select v_order.id,
    case when exists (
      select from public.payments
      where payments.order_id = v_order.id
        and payments.status = 'succeeded'
        and payments.stripe_payment_intent_id <> record_payment.payment_intent_id
    ) then 'surplus' else 'succeeded' end::public.payment_status,
    record_payment.amount_cents, record_payment.currency,
    record_payment.payment_intent_id, record_payment.charge_id
  on conflict (stripe_payment_intent_id) do update
  set status = excluded.status,
      failure_code = null,
      stripe_charge_id = coalesce(known.stripe_charge_id, excluded.stripe_charge_id)
  returning * into v_payment;

  if v_payment.status = 'surplus' then
    perform private.return_payment(v_payment, v_payment.amount_cents, 'paid_twice');
    return;
  end if;

  if v_order.status in ('pending', 'expired') then
    update public.orders set status = 'paid', paid_at = now() where orders.id = v_order.id;
    perform private.confirm_booking(v_order.id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_refund (
  refund_id uuid,
  result    jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  if record_refund.result is null then
    return;
  end if;

  update public.refunds
  set stripe_refund_id = record_refund.result ->> 'id',
      status = case
        when refunds.status = 'failed' or record_refund.result ->> 'status' in ('failed', 'canceled') then 'failed'
        when refunds.status = 'succeeded' or record_refund.result ->> 'status' = 'succeeded' then 'succeeded'
        else 'requested'
      end::public.refund_status,
      settled_at = case
        when record_refund.result ->> 'status' in ('succeeded', 'failed', 'canceled')
          then coalesce(refunds.settled_at, now())
        else refunds.settled_at
      end
  where refunds.id = record_refund.refund_id
  returning refunds.order_id into v_order_id;

  perform private.settle_order(v_order_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.record_stripe_refund (
  stripe_refund jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_id uuid;
  v_payment public.payments;
begin
  select refunds.id into v_refund_id
  from public.refunds
  where refunds.stripe_refund_id = record_stripe_refund.stripe_refund ->> 'id'
    or refunds.id::text = record_stripe_refund.stripe_refund -> 'metadata' ->> 'refund_id';

  if v_refund_id is null then
    select * into v_payment
    from public.payments
    where payments.stripe_payment_intent_id = record_stripe_refund.stripe_refund ->> 'payment_intent';

    if not found then
      raise exception 'The payment of this refund is not known yet.' using errcode = 'ORLTR';
    end if;

    insert into public.refunds (order_id, payment_id, amount_cents, reason, stripe_refund_id)
    values (
      v_payment.order_id, v_payment.id, (record_stripe_refund.stripe_refund ->> 'amount')::integer,
      'made_in_stripe', record_stripe_refund.stripe_refund ->> 'id'
    )
    on conflict (stripe_refund_id) do update set reason = refunds.reason
    returning refunds.id into v_refund_id;
  end if;

  perform private.record_refund(v_refund_id, record_stripe_refund.stripe_refund);
end;
$function$;

CREATE OR REPLACE FUNCTION private.refresh_listing (
  coach_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  -- Two refreshes of one coach wait for each other, so that the later sees all.
  perform from public.coaches where coaches.id = refresh_listing.coach_id for no key update;

  delete from public.coach_listings
  using public.coaches
  where coach_listings.coach_id = refresh_listing.coach_id
    and coaches.id = coach_listings.coach_id
    and coaches.status <> 'approved';

  insert into public.coach_listings as listing (
    coach_id, document, states, specialties, languages, from_price_cents,
    rating_average, review_count, rating_score, sessions_held, listed_at
  )
  select coaches.id, private.coach_document(coaches), coaches.states, coaches.specialties, coaches.languages,
    (select min(offers.price_cents) from public.offers where offers.coach_id = coaches.id and offers.archived_at is null),
    ratings.average, ratings.amount, (coalesce(ratings.total, 0) + 4.3 * 5) / (ratings.amount + 5),
    (select count(*) from public.bookings where bookings.coach_id = coaches.id and bookings.status = 'completed'),
    coalesce(coaches.approved_at, now())
  from public.coaches
  cross join lateral (
    select avg(reviews.rating) as average, count(*) as amount, sum(reviews.rating) as total
    from public.reviews
    where reviews.coach_id = coaches.id
  ) as ratings
  where coaches.id = refresh_listing.coach_id
    and coaches.status = 'approved'
  on conflict (coach_id) do update
  set document = excluded.document,
      states = excluded.states,
      specialties = excluded.specialties,
      languages = excluded.languages,
      from_price_cents = excluded.from_price_cents,
      rating_average = excluded.rating_average,
      review_count = excluded.review_count,
      rating_score = excluded.rating_score,
      sessions_held = excluded.sessions_held,
      listed_at = excluded.listed_at;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refund_cents (
  paid_cents             integer,
  full_refund_minutes    integer,
  partial_refund_minutes integer,
  partial_refund_percent integer,
  starts_at              timestamp with time zone,
  actor                  public.booking_actor,
  at                     timestamp with time zone
)
  RETURNS integer
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case
    when refund_cents.actor <> 'client' then refund_cents.paid_cents
    when refund_cents.at <= refund_cents.starts_at - make_interval(mins => refund_cents.full_refund_minutes)
      then refund_cents.paid_cents
    when refund_cents.at <= refund_cents.starts_at - make_interval(mins => refund_cents.partial_refund_minutes)
      then ceil(refund_cents.paid_cents * refund_cents.partial_refund_percent / 100.0)::integer
    else 0
  end;
$function$;

CREATE OR REPLACE FUNCTION private.refund_work (
  refund_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'refund_id', refunds.id,
    'order_id', refunds.order_id,
    'payment_intent_id', payments.stripe_payment_intent_id,
    'amount_cents', refunds.amount_cents
  )
  from public.refunds
  join public.payments on payments.id = refunds.payment_id
  where refunds.id = refund_work.refund_id
    and refunds.stripe_refund_id is null;
$function$;

CREATE OR REPLACE FUNCTION private.refundable_cents (
  booking public.bookings,
  actor   public.booking_actor
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least(
    private.refund_cents(
      orders.amount_cents, orders.full_refund_minutes, orders.partial_refund_minutes,
      orders.partial_refund_percent, (refundable_cents.booking).starts_at, refundable_cents.actor, now()
    ),
    greatest(0, orders.amount_cents - private.returned_cents(orders.id))
  )
  from public.orders
  where orders.id = (refundable_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.reminder_leads()
  RETURNS TABLE (
    kind text,
    lead interval
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select notification_kinds.kind, make_interval(mins => notification_kinds.minutes_before_start)
  from public.notification_kinds
  where notification_kinds.minutes_before_start is not null
    and notification_kinds.is_enabled;
$function$;

CREATE OR REPLACE FUNCTION private.request_refund (
  order_id     uuid,
  amount_cents integer,
  reason       public.refund_reason
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.return_payment(payments, request_refund.amount_cents, request_refund.reason)
  from public.payments
  where payments.order_id = request_refund.order_id
    and payments.status = 'succeeded'
    and request_refund.amount_cents > 0;
$function$;

CREATE OR REPLACE FUNCTION private.require_coach()
  RETURNS public.coaches
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_profile public.profiles := private.require_profile();
  v_coach public.coaches;
begin
  select coaches.* into v_coach from public.coaches where coaches.profile_id = v_profile.id for update;

  if not found then
    raise exception 'Start your coach profile first.' using errcode = 'OCNON';
  end if;

  if v_coach.status = 'suspended' then
    raise exception 'Your practice is suspended. Write to support to have it looked at.' using errcode = 'OCSUS';
  end if;

  return v_coach;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_open_offer (
  offer_id  uuid,
  client_id uuid
)
  RETURNS public.offers
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_offer public.offers;
  v_owner_id uuid;
begin
  select offers.* into v_offer
  from public.offers
  where offers.id = require_open_offer.offer_id
    and offers.archived_at is null;

  select coaches.profile_id into v_owner_id
  from public.coaches
  where coaches.id = v_offer.coach_id
    and coaches.status = 'approved'
  for share;

  if v_owner_id is null then
    raise exception 'This session is no longer offered.' using errcode = 'OFGON';
  end if;

  if v_owner_id = require_open_offer.client_id then
    raise exception 'You cannot book your own session.' using errcode = 'OBOWN';
  end if;

  return v_offer;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_profile()
  RETURNS public.profiles
  LANGUAGE plpgsql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_profile public.profiles;
begin
  select profiles.* into v_profile
  from public.profiles
  where profiles.id = private.current_profile_id();

  if not found then
    raise exception 'Sign in to continue.' using errcode = 'UPSGN';
  end if;

  if v_profile.onboarded_at is null then
    raise exception 'Tell us who you are first.' using errcode = 'UPONB';
  end if;

  return v_profile;
end;
$function$;

CREATE OR REPLACE FUNCTION private.require_valid_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer
)
  RETURNS void
  LANGUAGE plpgsql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
begin
  if char_length(trim(require_valid_offer.title)) not between 3 and 80 then
    raise exception 'Name the session in 3 to 80 characters.' using errcode = 'OFTIT';
  end if;
  if char_length(trim(require_valid_offer.description)) > 600 then
    raise exception 'Describe the session in at most 600 characters.' using errcode = 'OFDES';
  end if;
  if require_valid_offer.duration_minutes not between 15 and 240 or require_valid_offer.duration_minutes % 5 <> 0 then
    raise exception 'A session lasts 15 to 240 minutes, in steps of 5.' using errcode = 'OFLEN';
  end if;
  if require_valid_offer.price_cents not between 500 and 500000 then
    raise exception 'A session costs $5 to $5,000.' using errcode = 'OFPRI';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.return_payment (
  payment      public.payments,
  amount_cents integer,
  reason       public.refund_reason
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_id uuid;
begin
  insert into public.refunds (order_id, payment_id, amount_cents, reason)
  values (
    (return_payment.payment).order_id, (return_payment.payment).id,
    return_payment.amount_cents, return_payment.reason
  )
  on conflict (payment_id, reason) where reason <> 'made_in_stripe' do nothing
  returning refunds.id into v_refund_id;

  if v_refund_id is null then
    return;
  end if;

  perform private.enqueue(
    'stripe.refund', 'stripe.refund:' || v_refund_id, jsonb_build_object('refund_id', v_refund_id)
  );
  perform private.settle_order((return_payment.payment).order_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.returned_cents (
  order_id uuid
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(refunds.amount_cents), 0)::integer
  from public.refunds
  join public.payments on payments.id = refunds.payment_id
  where refunds.order_id = returned_cents.order_id
    and refunds.status <> 'failed'
    and payments.status <> 'surplus';
$function$;

CREATE OR REPLACE FUNCTION private.send_reminders()
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  select private.notify_parties(bookings.id, notification_kinds.kind)
  from private.reminder_leads() as notification_kinds
  join public.bookings
    on bookings.status = 'confirmed'
    and bookings.starts_at > now() + notification_kinds.lead / 2
    and bookings.starts_at <= now() + notification_kinds.lead
    and bookings.confirmed_at <= bookings.starts_at - notification_kinds.lead
  where not exists (
    select from public.notifications
    where notifications.subject_id = bookings.id and notifications.kind = notification_kinds.kind
  );
$function$;

CREATE OR REPLACE FUNCTION private.settings()
  RETURNS private.platform_settings
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select platform_settings.* from private.platform_settings where platform_settings.is_singleton;
$function$;

CREATE OR REPLACE FUNCTION private.settle_order (
  order_id uuid
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  update public.orders
  set status = case
    when orders.amount_cents <= private.returned_cents(orders.id) then 'refunded'
    else 'paid'
  end::public.order_status
  where orders.id = settle_order.order_id
    and orders.status in ('paid', 'refunded');
$function$;

CREATE OR REPLACE FUNCTION private.shown_name (
  profile public.profiles
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select coalesce(
    nullif(trim((shown_name.profile).first_name || ' ' || (shown_name.profile).last_name), ''),
    'A former member'
  );
$function$;

CREATE OR REPLACE FUNCTION private.shown_status (
  booking public.bookings
)
  RETURNS public.booking_status
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (shown_status.booking).status = 'held' and (shown_status.booking).hold_expires_at <= now() then 'expired'
    else (shown_status.booking).status
  end::public.booking_status;
$function$;

CREATE OR REPLACE FUNCTION private.sync_clerk_user (
  clerk_user jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_clerk_user_id text := sync_clerk_user.clerk_user ->> 'id';
  v_updated_at timestamptz := to_timestamp((sync_clerk_user.clerk_user ->> 'updated_at')::bigint / 1000.0);
  v_email text;
  v_profile_id uuid;
begin
  select address ->> 'email_address' into v_email
  from jsonb_array_elements(sync_clerk_user.clerk_user -> 'email_addresses') as address
  where address ->> 'id' = sync_clerk_user.clerk_user ->> 'primary_email_address_id';

  insert into public.profiles (clerk_user_id)
  values (v_clerk_user_id)
  on conflict (clerk_user_id) do nothing;

  -- The lock makes a late update and a deletion of the same person wait for each other.
  select profiles.id into v_profile_id
  from public.profiles
  where profiles.clerk_user_id = v_clerk_user_id
    and profiles.deleted_at is null
  for update;

  if v_profile_id is null or v_email is null then
    return;
  end if;

  insert into public.profile_contacts as contact (profile_id, email, source_updated_at)
  values (v_profile_id, v_email, v_updated_at)
  on conflict (profile_id) do update
  set email = excluded.email, source_updated_at = excluded.source_updated_at
  where contact.source_updated_at < excluded.source_updated_at;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_coach_facts__refresh_listing()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  perform private.refresh_listing(case tg_op when 'DELETE' then old.coach_id else new.coach_id end);
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_coaches__begin_unapproved()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  raise exception 'Add the practice as a draft with its hours and offers, then approve it.'
    using errcode = 'OCINC';
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_coaches__refresh_listing()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  perform private.refresh_listing(new.id);
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_coaches__status_changed()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  if new.status = 'approved' and private.missing_in_practice(new) is not null then
    raise exception 'A practice needs a profile, weekly hours and an offer before it is approved.'
      using errcode = 'OCINC';
  end if;

  if new.status = 'approved' and new.approved_at is null then
    new.approved_at := now();
    perform private.notify(new.profile_id, 'coach_approved', new.id);
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, before, after)
  values (
    'coaches', new.id, 'status', coalesce(auth.jwt() ->> 'sub', session_user),
    jsonb_build_object('status', old.status), jsonb_build_object('status', new.status)
  );

  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_messages__broadcast()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  perform realtime.send(
    jsonb_build_object('id', new.id, 'seq', new.seq),
    'message',
    'conversation:' || new.conversation_id,
    true
  );
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_outbox__dispatch()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.dispatch_outbox();
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION public.apply_clerk_event (
  event_id text,
  event    jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_type text := apply_clerk_event.event ->> 'type';
begin
  if not private.claim_webhook_event('clerk', apply_clerk_event.event_id, v_type, apply_clerk_event.event) then
    return false;
  end if;

  case v_type
    when 'user.created', 'user.updated' then
      perform private.sync_clerk_user(apply_clerk_event.event -> 'data');
    when 'user.deleted' then
      perform private.forget_clerk_user(apply_clerk_event.event -> 'data' ->> 'id');
    else
      null; -- Sessions and the rest: noted, without effect.
  end case;

  return true;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."apply_clerk_event"(text, jsonb) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.apply_stripe_event (
  event jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_type text := apply_stripe_event.event ->> 'type';
  v_object jsonb := apply_stripe_event.event -> 'data' -> 'object';
  v_order_id uuid := (v_object -> 'metadata' ->> 'order_id')::uuid;
begin
  if not private.claim_webhook_event('stripe', apply_stripe_event.event ->> 'id', v_type, apply_stripe_event.event) then
    return false;
  end if;

  case v_type
    when 'checkout.session.completed', 'checkout.session.async_payment_succeeded' then
      -- Some methods complete unpaid and succeed, or not, days later.
      if v_object ->> 'payment_status' = 'paid' then
        perform private.record_payment(
          v_order_id, v_object ->> 'payment_intent', null,
          (v_object ->> 'amount_total')::integer, v_object ->> 'currency'
        );
      end if;
    when 'checkout.session.expired', 'checkout.session.async_payment_failed' then
      perform private.lapse_hold(v_order_id, 'system');
    when 'payment_intent.succeeded' then
      perform private.record_payment(
        v_order_id, v_object ->> 'id', v_object ->> 'latest_charge',
        (v_object ->> 'amount_received')::integer, v_object ->> 'currency'
      );
    when 'payment_intent.payment_failed' then
      perform private.record_failed_payment(
        v_order_id, v_object ->> 'id', (v_object ->> 'amount')::integer, v_object ->> 'currency',
        coalesce(v_object -> 'last_payment_error' ->> 'decline_code', v_object -> 'last_payment_error' ->> 'code')
      );
    when 'refund.created', 'refund.updated', 'refund.failed' then
      perform private.record_stripe_refund(v_object);
    else
      null; -- Noted, without effect.
  end case;

  return true;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."apply_stripe_event"(jsonb) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.apply_zoom_event (
  event_id text,
  event    jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_type text := apply_zoom_event.event ->> 'event';
  v_object jsonb := apply_zoom_event.event -> 'payload' -> 'object';
  v_meeting_id uuid;
begin
  if not private.claim_webhook_event('zoom', apply_zoom_event.event_id, v_type, apply_zoom_event.event) then
    return false;
  end if;

  select meetings.id into v_meeting_id
  from public.meetings
  where meetings.zoom_meeting_id = v_object ->> 'id';

  case v_type
    when 'meeting.started' then
      update public.meetings
      set started_at = least(meetings.started_at, (v_object ->> 'start_time')::timestamptz)
      where meetings.id = v_meeting_id;
    when 'meeting.ended' then
      update public.meetings
      set ended_at = greatest(meetings.ended_at, (v_object ->> 'end_time')::timestamptz)
      where meetings.id = v_meeting_id;
    when 'meeting.participant_joined', 'meeting.participant_left' then
      perform private.record_participant(v_meeting_id, v_object -> 'participant');
    else
      null; -- Noted, without effect: meeting.created, updated and deleted echo our own calls.
  end case;

  return true;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."apply_zoom_event"(text, jsonb) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.archive_offer (
  offer_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  perform private.archive_own_offer(v_coach.id, archive_offer.offer_id);

  if v_coach.status = 'approved' and private.missing_in_practice(v_coach) is not null then
    raise exception 'This is your last offer. Add another one before you take it off sale.' using errcode = 'OFLST';
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."archive_offer"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.available_slots (
  offer_id uuid,
  from_at  timestamp with time zone,
  to_at    timestamp with time zone
)
  RETURNS TABLE (
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with offer as (
    select offers.coach_id, offers.duration_minutes
    from public.offers
    join public.coaches on coaches.id = offers.coach_id
    where offers.id = available_slots.offer_id
      and offers.archived_at is null
      and coaches.status = 'approved'
  )
  select slot.starts_at, slot.ends_at
  from offer
  cross join lateral private.offered_slots(
    offer.coach_id,
    offer.duration_minutes,
    tstzrange(
      available_slots.from_at,
      least(greatest(available_slots.to_at, available_slots.from_at), available_slots.from_at + interval '62 days')
    )
  ) as slot
  where not exists (
    select
    from public.bookings
    where bookings.coach_id = offer.coach_id
      and bookings.during && tstzrange(slot.starts_at, slot.ends_at)
      and bookings.status in ('held', 'requested', 'confirmed')
      and not (bookings.status = 'held' and bookings.hold_expires_at <= now())
  )
  order by slot.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."available_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.cancel_booking (
  booking_id            uuid,
  expected_refund_cents integer,
  reason                text    DEFAULT ''::text
)
  RETURNS integer
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_booking public.bookings := private.lock_booking(cancel_booking.booking_id);
  v_actor public.booking_actor := private.booking_party(v_booking);
  v_refund_cents integer := private.refundable_cents(v_booking, v_actor);
begin
  if v_actor is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.starts_at <= now() then
    raise exception 'This session can no longer be cancelled.' using errcode = 'OBNCX';
  end if;

  if v_refund_cents is distinct from cancel_booking.expected_refund_cents then
    raise exception 'The refund has changed while this page was open. Look at the new amount and confirm again.'
      using errcode = 'OBQTE';
  end if;

  perform private.call_off(v_booking, v_actor, v_refund_cents, cancel_booking.reason);

  return v_refund_cents;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."cancel_booking"(uuid, integer, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.change_offer (
  offer_id         uuid,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_previous public.offers;
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    change_offer.title, change_offer.description, change_offer.duration_minutes, change_offer.price_cents
  );

  v_previous := private.archive_own_offer(v_coach.id, change_offer.offer_id);

  insert into public.offers (lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents)
  values (
    v_previous.lineage_id, v_previous.version + 1, v_coach.id, v_previous.kind, trim(change_offer.title),
    trim(change_offer.description), change_offer.duration_minutes, change_offer.price_cents
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.checkout_details (
  booking_id uuid
)
  RETURNS TABLE (
    order_id            uuid,
    booking_status      public.booking_status,
    hold_expires_at     timestamp with time zone,
    starts_at           timestamp with time zone,
    ends_at             timestamp with time zone,
    offer_title         text,
    coach_id            uuid,
    coach_slug          text,
    coach_name          text,
    amount_cents        integer,
    currency            text,
    email               text,
    stripe_customer_id  text,
    checkout_url        text,
    checkout_expires_at timestamp with time zone,
    failure_code        text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.id, bookings.status, bookings.hold_expires_at, bookings.starts_at, bookings.ends_at,
    offers.title, coaches.id, coaches.slug, coaches.display_name, orders.amount_cents, orders.currency,
    profile_contacts.email, stripe_customers.stripe_customer_id,
    case when orders.checkout_expires_at > now() then orders.checkout_url end,
    orders.checkout_expires_at,
    (
      select payments.failure_code
      from public.payments
      where payments.order_id = orders.id and payments.status = 'failed'
      order by payments.created_at desc
      limit 1
    )
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  left join public.profile_contacts on profile_contacts.profile_id = bookings.client_id
  left join private.stripe_customers on stripe_customers.profile_id = bookings.client_id
  where bookings.id = checkout_details.booking_id
    and bookings.client_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.claim_outbox (
  max_rows      integer,
  lease_seconds integer
)
  RETURNS TABLE (
    id       bigint,
    topic    text,
    attempts integer
  )
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  update private.outbox
  set status = 'failed', locked_until = null, last_error = 'Every worker that took it died.'
  where outbox.status = 'pending'
    and outbox.attempts >= 12
    and outbox.locked_until <= now();

  update private.outbox
  set attempts = outbox.attempts + 1,
      locked_until = now() + make_interval(secs => claim_outbox.lease_seconds)
  where outbox.id in (
    select due.id
    from private.outbox as due
    where due.status = 'pending'
      and due.run_after <= now()
      and (due.locked_until is null or due.locked_until <= now())
    order by due.run_after, due.id
    limit claim_outbox.max_rows
    for update skip locked
  )
  returning outbox.id, outbox.topic, outbox.attempts;
$function$;

REVOKE ALL ON FUNCTION "public"."claim_outbox"(integer, integer) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.coach_clients (
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    client_id       uuid,
    conversation_id uuid,
    client_name     text,
    kind            public.profile_kind,
    company         text,
    home_state      text,
    sessions_held   integer,
    next_starts_at  timestamp with time zone,
    last_starts_at  timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select client.id, conversations.id,
    private.shown_name(client),
    client.kind, client.company, client.home_state, sessions.held, sessions.next_starts_at, sessions.last_starts_at
  from public.conversations
  join public.profiles as client on client.id = conversations.client_id
  cross join lateral (
    select count(*) filter (where bookings.status = 'completed')::integer as held,
      min(bookings.starts_at) filter (where bookings.status = 'confirmed' and bookings.starts_at > now()) as next_starts_at,
      max(bookings.starts_at) filter (where bookings.status = 'completed') as last_starts_at
    from public.bookings
    where bookings.coach_id = conversations.coach_id
      and bookings.client_id = conversations.client_id
  ) as sessions
  where conversations.coach_id = private.current_coach_id()
  order by coalesce(sessions.next_starts_at, sessions.last_starts_at, conversations.created_at) desc
  limit 51 offset (greatest(coach_clients.page_number, 1) - 1) * 50;
$function$;

REVOKE ALL ON FUNCTION "public"."coach_clients"(integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.coach_earnings (
  page_size   integer DEFAULT 50,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    booking_id     uuid,
    starts_at      timestamp with time zone,
    client_name    text,
    offer_title    text,
    status         public.booking_status,
    paid_cents     integer,
    refunded_cents integer,
    fee_cents      integer,
    share_cents    integer,
    is_released    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select bookings.id, bookings.starts_at,
    private.shown_name(profiles), offers.title, bookings.status,
    orders.amount_cents, returned.cents,
    money.fee_cents,
    orders.amount_cents - returned.cents - money.fee_cents,
    bookings.ends_at + make_interval(mins => (private.settings()).release_after_minutes) <= now()
  from public.orders
  join public.bookings on bookings.order_id = orders.id
  join public.offers on offers.id = orders.offer_id
  join public.profiles on profiles.id = orders.client_id
  cross join lateral (select private.returned_cents(orders.id) as cents) as returned
  -- The fee shrinks with what came back: the platform keeps nothing of a refunded session.
  cross join lateral (
    select round(orders.fee_cents::numeric * (orders.amount_cents - returned.cents) / orders.amount_cents)::integer as fee_cents
  ) as money
  where orders.coach_id = private.current_coach_id()
    and orders.paid_at is not null
  order by bookings.starts_at desc
  limit least(coach_earnings.page_size, 100)
  offset (greatest(coach_earnings.page_number, 1) - 1) * least(coach_earnings.page_size, 100);
$function$;

REVOKE ALL ON FUNCTION "public"."coach_earnings"(integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.coach_progress()
  RETURNS TABLE (
    coach_id   uuid,
    slug       text,
    status     public.coach_status,
    missing    text,
    applied_at timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select coaches.id, coaches.slug, coaches.status, private.missing_in_practice(coaches), coaches.applied_at
  from public.coaches
  where coaches.id = private.current_coach_id();
$function$;

REVOKE ALL ON FUNCTION "public"."coach_progress"() FROM PUBLIC, "anon", "service_role";

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
      result = complete_outbox.result
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
    when 'stripe.refund' then
      perform private.record_refund((v_row.payload ->> 'refund_id')::uuid, complete_outbox.result);
    when 'stripe.expire_checkout' then
      perform private.record_closed_checkout((v_row.payload ->> 'order_id')::uuid, complete_outbox.result);
    else
      null; -- A deleted meeting leaves nothing to write down.
  end case;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."complete_outbox"(bigint, jsonb) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.complete_profile (
  kind              public.profile_kind,
  first_name        text,
  last_name         text,
  home_state        text,
  company           text,
  credential_number text,
  time_zone         text
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid := private.current_profile_id();
  v_number text := upper(trim(coalesce(complete_profile.credential_number, '')));
  v_state text := upper(complete_profile.home_state);
begin
  if v_profile_id is null then
    raise exception 'Sign in to continue.' using errcode = 'UPSGN';
  end if;
  if trim(complete_profile.first_name) = '' or trim(complete_profile.last_name) = ''
    or char_length(complete_profile.first_name) > 80 or char_length(complete_profile.last_name) > 80 then
    raise exception 'Enter your first and last name.' using errcode = 'UPNAM';
  end if;
  if not exists (select from public.states where states.code = v_state) then
    raise exception 'Choose the state you work in.' using errcode = 'UPSTA';
  end if;
  if not private.is_time_zone(complete_profile.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;
  if complete_profile.kind = 'realtor' and v_number !~ '^[A-Z0-9 .-]{2,30}$' then
    raise exception 'Enter your license number: letters, digits, dots and dashes.' using errcode = 'UPLIC';
  end if;
  if complete_profile.kind = 'loan_officer' and v_number !~ '^[0-9]{3,12}$' then
    raise exception 'Enter your NMLS id: digits only.' using errcode = 'UPNML';
  end if;

  update public.profiles
  set kind = complete_profile.kind,
      first_name = trim(complete_profile.first_name),
      last_name = trim(complete_profile.last_name),
      home_state = v_state,
      company = left(trim(coalesce(complete_profile.company, '')), 120),
      time_zone = complete_profile.time_zone,
      onboarded_at = coalesce(onboarded_at, now())
  where profiles.id = v_profile_id;

  if complete_profile.kind <> 'coach' then
    insert into public.credentials (profile_id, kind, state, number)
    values (
      v_profile_id,
      case complete_profile.kind when 'realtor' then 'state_license' else 'nmls' end::public.credential_kind,
      case complete_profile.kind when 'realtor' then v_state end,
      v_number
    )
    on conflict do nothing;
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."complete_profile"(public.profile_kind, text, text, text, text, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.conversation_details (
  conversation_id uuid
)
  RETURNS TABLE (
    party                text,
    counterpart_name     text,
    coach_id             uuid,
    coach_slug           text,
    last_seq             bigint,
    last_read_seq        bigint,
    counterpart_read_seq bigint
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.conversation_party(conversations), private.counterpart_name(conversations),
    coaches.id, coaches.slug, conversations.last_seq,
    coalesce(own.last_read_seq, 0), coalesce(theirs.last_read_seq, 0)
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  left join public.conversation_reads as own
    on own.conversation_id = conversations.id and own.profile_id = private.current_profile_id()
  left join public.conversation_reads as theirs
    on theirs.conversation_id = conversations.id and theirs.profile_id <> private.current_profile_id()
  where conversations.id = conversation_details.conversation_id
    and private.conversation_party(conversations) is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."conversation_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.ensure_profile()
  RETURNS TABLE (
    id           uuid,
    kind         public.profile_kind,
    first_name   text,
    last_name    text,
    home_state   text,
    company      text,
    time_zone    text,
    onboarded_at timestamp with time zone,
    coach_id     uuid,
    coach_status public.coach_status
  )
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_clerk_user_id text := nullif(auth.jwt() ->> 'sub', '');
begin
  if v_clerk_user_id is null then
    raise exception 'Sign in to continue.' using errcode = 'UPSGN';
  end if;

  -- Two first requests at once: one inserts, the other finds the row.
  if not exists (select from public.profiles where profiles.clerk_user_id = v_clerk_user_id) then
    insert into public.profiles (clerk_user_id)
    values (v_clerk_user_id)
    on conflict (clerk_user_id) do nothing;
  end if;

  return query
  select profiles.id, profiles.kind, profiles.first_name, profiles.last_name, profiles.home_state,
    profiles.company, profiles.time_zone, profiles.onboarded_at, coaches.id, coaches.status
  from public.profiles
  left join public.coaches on coaches.profile_id = profiles.id
  where profiles.clerk_user_id = v_clerk_user_id
    and profiles.deleted_at is null;

  if not found then
    raise exception 'Sign in to continue.' using errcode = 'UPSGN';
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."ensure_profile"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.fail_outbox (
  outbox_id           bigint,
  error               text,
  is_permanent        boolean DEFAULT false,
  retry_after_seconds integer DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  update private.outbox
  set locked_until = null,
      last_error = left(fail_outbox.error, 500),
      status = case
        when fail_outbox.is_permanent or outbox.attempts >= 12 then 'failed'
        else 'pending'
      end::private.outbox_status,
      run_after = now() + make_interval(secs => coalesce(
        fail_outbox.retry_after_seconds,
        least(3600, 10 * power(2, least(outbox.attempts, 10) - 1))
      ))
  where outbox.id = fail_outbox.outbox_id
    and outbox.status = 'pending';
$function$;

REVOKE ALL ON FUNCTION "public"."fail_outbox"(bigint, text, boolean, integer) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.inbox (
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    conversation_id  uuid,
    party            text,
    counterpart_name text,
    coach_slug       text,
    last_body        text,
    last_is_own      boolean,
    last_message_at  timestamp with time zone,
    unread_count     integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select conversations.id, private.conversation_party(conversations),
    private.counterpart_name(conversations), coaches.slug,
    left(last.body, 160), last.sender_id = private.current_profile_id(),
    conversations.last_message_at,
    -- Own messages count as read when sent, so what is past the mark is the other's.
    (conversations.last_seq - coalesce(conversation_reads.last_read_seq, 0))::integer
  from public.conversations
  join public.coaches on coaches.id = conversations.coach_id
  left join public.messages as last
    on last.conversation_id = conversations.id and last.seq = conversations.last_seq
  left join public.conversation_reads
    on conversation_reads.conversation_id = conversations.id
    and conversation_reads.profile_id = private.current_profile_id()
  where conversations.client_id = private.current_profile_id()
    or conversations.coach_id = private.current_coach_id()
  order by coalesce(conversations.last_message_at, conversations.created_at) desc
  limit 31 offset (greatest(inbox.page_number, 1) - 1) * 30;
$function$;

REVOKE ALL ON FUNCTION "public"."inbox"(integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.join_meeting (
  booking_id uuid
)
  RETURNS text
  LANGUAGE plpgsql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_booking public.bookings;
  v_join_url text;
begin
  select * into v_booking from public.bookings where bookings.id = join_meeting.booking_id;

  if private.booking_party(v_booking) is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.ends_at <= now() then
    raise exception 'This session is over or was called off.' using errcode = 'MTOVR';
  end if;

  if now() < v_booking.starts_at - make_interval(mins => (private.settings()).join_opens_minutes) then
    raise exception 'The meeting opens % minutes before the session.', (private.settings()).join_opens_minutes
      using errcode = 'MTEAR';
  end if;

  select meetings.join_url into v_join_url
  from public.meetings
  where meetings.booking_id = v_booking.id
    and meetings.status = 'ready';

  if v_join_url is null then
    raise exception 'The meeting room is being prepared. Try again in a minute.' using errcode = 'MTPRE';
  end if;

  return v_join_url;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."join_meeting"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.make_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: the count below holds.
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    make_offer.title, make_offer.description, make_offer.duration_minutes, make_offer.price_cents
  );

  if (select count(*) from public.offers where offers.coach_id = v_coach.id and offers.archived_at is null) >= 12 then
    raise exception 'You have 12 offers. Take one off sale first.' using errcode = 'OFMNY';
  end if;

  insert into public.offers (coach_id, title, description, duration_minutes, price_cents)
  values (
    v_coach.id, trim(make_offer.title), trim(make_offer.description), make_offer.duration_minutes, make_offer.price_cents
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_offer"(text, text, integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.mark_read (
  conversation_id uuid,
  seq             bigint
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations where conversations.id = mark_read.conversation_id;

  if private.conversation_party(v_conversation) is null then
    raise exception 'This conversation does not exist.' using errcode = 'MSNFD';
  end if;

  perform private.note_read(v_conversation.id, private.current_profile_id(), greatest(0, least(mark_read.seq, v_conversation.last_seq)));
end;
$function$;

REVOKE ALL ON FUNCTION "public"."mark_read"(uuid, bigint) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.next_slots (
  coach_id        uuid,
  times_per_offer integer DEFAULT 6
)
  RETURNS TABLE (
    offer_id  uuid,
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select offers.id, slot.starts_at, slot.ends_at
  from public.coaches
  join public.offers on offers.coach_id = coaches.id and offers.archived_at is null
  cross join lateral (
    select ranked.starts_at, ranked.ends_at
    from (
      select free.starts_at, free.ends_at,
        row_number() over (day order by free.starts_at) as position_in_day,
        count(*) over day as times_in_day
      from public.available_slots(offers.id, now(), now() + interval '21 days') as free
      window day as (partition by (free.starts_at at time zone coaches.time_zone)::date)
    ) as ranked
    where ranked.position_in_day in (1, ranked.times_in_day / 2 + 1)
    order by ranked.starts_at
    limit next_slots.times_per_offer
  ) as slot
  where coaches.id = next_slots.coach_id
  order by offers.id, slot.starts_at;
$function$;

REVOKE ALL ON FUNCTION "public"."next_slots"(uuid, integer) FROM PUBLIC, "service_role";

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
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."outbox_work"(bigint) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.platform_terms()
  RETURNS TABLE (
    fee_basis_points       integer,
    hold_minutes           integer,
    join_opens_minutes     integer,
    review_window_days     integer,
    release_after_minutes  integer,
    full_refund_minutes    integer,
    partial_refund_minutes integer,
    partial_refund_percent integer
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select settings.fee_basis_points, settings.hold_minutes, settings.join_opens_minutes,
    settings.review_window_days, settings.release_after_minutes,
    policy.full_refund_minutes, policy.partial_refund_minutes, policy.partial_refund_percent
  from private.settings() as settings
  cross join public.cancellation_policies as policy
  where policy.is_default;
$function$;

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.record_checkout (
  order_id            uuid,
  stripe_customer_id  text,
  checkout_session_id text,
  checkout_url        text,
  expires_at          timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client_id uuid := private.current_profile_id();
begin
  update public.orders
  set stripe_checkout_session_id = record_checkout.checkout_session_id,
      checkout_url = record_checkout.checkout_url,
      checkout_expires_at = record_checkout.expires_at
  where orders.id = record_checkout.order_id
    and orders.client_id = v_client_id
    and (orders.checkout_expires_at is null or orders.checkout_expires_at <= now());

  if not found and not exists (
    select from public.orders
    where orders.id = record_checkout.order_id and orders.client_id = v_client_id
  ) then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  insert into private.stripe_customers (profile_id, stripe_customer_id)
  values (v_client_id, record_checkout.stripe_customer_id)
  on conflict do nothing;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."record_checkout"(uuid, text, text, text, timestamp WITH time zone) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.record_security_event (
  kind   text,
  detail jsonb DEFAULT '{}'::jsonb
)
  RETURNS void
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  insert into private.security_events (kind, detail)
  values (record_security_event.kind, record_security_event.detail);
$function$;

REVOKE ALL ON FUNCTION "public"."record_security_event"(text, jsonb) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.refund_quote (
  booking_id uuid
)
  RETURNS TABLE (
    paid_cents             integer,
    refund_cents           integer,
    full_until             timestamp with time zone,
    partial_until          timestamp with time zone,
    partial_refund_percent integer,
    actor                  public.booking_actor
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select orders.amount_cents,
    private.refundable_cents(bookings, party.actor),
    bookings.starts_at - make_interval(mins => orders.full_refund_minutes),
    bookings.starts_at - make_interval(mins => orders.partial_refund_minutes),
    orders.partial_refund_percent,
    party.actor
  from public.bookings
  join public.orders on orders.id = bookings.order_id
  cross join lateral (select private.booking_party(bookings) as actor) as party
  where bookings.id = refund_quote.booking_id
    and party.actor is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."refund_quote"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.release_hold (
  booking_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  select bookings.order_id into v_order_id
  from public.bookings
  where bookings.id = release_hold.booking_id
    and bookings.client_id = private.current_profile_id();

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  perform private.lapse_hold(v_order_id, 'client');
end;
$function$;

REVOKE ALL ON FUNCTION "public"."release_hold"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.request_booking (
  offer_id  uuid,
  starts_at timestamp with time zone,
  time_zone text,
  note      text                     DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_settings private.platform_settings := private.settings();
  v_offer public.offers;
  v_ends_at timestamptz;
  v_order_id uuid;
  v_booking_id uuid;
begin
  if not private.is_time_zone(request_booking.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(request_booking.offer_id, v_client.id);
  v_ends_at := request_booking.starts_at + make_interval(mins => v_offer.duration_minutes);

  -- Two requests of one client wait for each other here, so that the count holds.
  perform from public.profiles where profiles.id = v_client.id for no key update;

  if (
    select count(*) from public.bookings
    where bookings.client_id = v_client.id
      and bookings.status = 'held'
      and bookings.hold_expires_at > now()
  ) >= 3 then
    raise exception 'You are holding three times already. Pay for one or let it go first.' using errcode = 'OBMNY';
  end if;

  if not private.is_offered(v_offer, request_booking.starts_at) then
    raise exception 'This time is not open for booking. Choose another one.' using errcode = 'OBTIM';
  end if;

  perform private.expire_lapsed_holds(v_offer.coach_id, tstzrange(request_booking.starts_at, v_ends_at));

  v_order_id := private.create_order(v_offer, v_client.id);

  insert into public.bookings (order_id, offer_id, coach_id, client_id, starts_at, ends_at, client_time_zone, note, hold_expires_at)
  values (
    v_order_id, v_offer.id, v_offer.coach_id, v_client.id, request_booking.starts_at, v_ends_at,
    request_booking.time_zone, left(trim(request_booking.note), 1000),
    now() + make_interval(mins => v_settings.hold_minutes)
  )
  on conflict do nothing
  returning bookings.id into v_booking_id;

  if v_booking_id is null then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end if;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  values (v_booking_id, 'client', v_client.id, 'held');

  return v_booking_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.save_availability_settings (
  minimum_notice_minutes integer,
  slot_step_minutes      integer,
  horizon_days           integer
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  update public.availability_settings
  set minimum_notice_minutes = save_availability_settings.minimum_notice_minutes,
      slot_step_minutes = save_availability_settings.slot_step_minutes,
      horizon_days = save_availability_settings.horizon_days
  where availability_settings.coach_id = v_coach.id;
exception
  when check_violation then
    raise exception 'Choose a notice, a step and a horizon from the lists.' using errcode = 'OASET';
end;
$function$;

REVOKE ALL ON FUNCTION "public"."save_availability_settings"(integer, integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.save_coach_profile (
  headline          text,
  bio               text,
  states            text[],
  specialties       text[],
  languages         text[],
  years_in_business integer,
  time_zone         text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile public.profiles := private.require_profile();
  v_coach_id uuid;
  v_name text := trim(v_profile.first_name || ' ' || v_profile.last_name);
begin
  if char_length(trim(save_coach_profile.headline)) not between 10 and 120 then
    raise exception 'Write a headline of 10 to 120 characters.' using errcode = 'OCHED';
  end if;
  if char_length(trim(save_coach_profile.bio)) not between 80 and 4000 then
    raise exception 'Write a bio of 80 to 4,000 characters.' using errcode = 'OCBIO';
  end if;
  if not private.are_known_states(save_coach_profile.states) then
    raise exception 'Choose at least one state.' using errcode = 'OCSTA';
  end if;
  if not private.are_known_specialties(save_coach_profile.specialties) then
    raise exception 'Choose one to five specialties.' using errcode = 'OCSPE';
  end if;
  if not private.are_known_languages(save_coach_profile.languages) then
    raise exception 'Choose at least one language.' using errcode = 'OCLAN';
  end if;
  if save_coach_profile.years_in_business not between 0 and 70 then
    raise exception 'Enter your years in the business, from 0 to 70.' using errcode = 'OCYRS';
  end if;
  if not private.is_time_zone(save_coach_profile.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  insert into public.coaches (profile_id, slug, display_name, cancellation_policy_id)
  select v_profile.id, private.free_slug(v_name), v_name, cancellation_policies.id
  from public.cancellation_policies
  where cancellation_policies.is_default
  on conflict (profile_id) do nothing;

  v_coach_id := (private.require_coach()).id;

  update public.coaches
  set display_name = v_name,
      headline = trim(save_coach_profile.headline),
      bio = trim(save_coach_profile.bio),
      states = save_coach_profile.states,
      specialties = save_coach_profile.specialties,
      languages = save_coach_profile.languages,
      years_in_business = save_coach_profile.years_in_business,
      time_zone = save_coach_profile.time_zone,
      updated_at = now()
  where coaches.id = v_coach_id;

  insert into public.availability_settings (coach_id) values (v_coach_id) on conflict do nothing;

  return v_coach_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."save_coach_profile"(text, text, text[], text[], text[], integer, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.save_weekly_hours (
  hours jsonb
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  delete from public.weekly_hours where weekly_hours.coach_id = v_coach.id;

  insert into public.weekly_hours (coach_id, weekday, starts_at, ends_at)
  select v_coach.id, (block ->> 'weekday')::smallint, (block ->> 'starts_at')::time, (block ->> 'ends_at')::time
  from jsonb_array_elements(save_weekly_hours.hours) as block;

  if v_coach.status = 'approved' and not exists (
    select from public.weekly_hours where weekly_hours.coach_id = v_coach.id
  ) then
    raise exception 'Keep at least one block of hours, or pause your practice.' using errcode = 'OAHRS';
  end if;
exception
  when check_violation or exclusion_violation or invalid_datetime_format or datetime_field_overflow then
    raise exception 'Each block must end after it starts, and two on one day must not overlap.' using errcode = 'OAHRS';
end;
$function$;

REVOKE ALL ON FUNCTION "public"."save_weekly_hours"(jsonb) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.search_coaches (
  query           text    DEFAULT NULL::text,
  state           text    DEFAULT NULL::text,
  specialty       text    DEFAULT NULL::text,
  language        text    DEFAULT NULL::text,
  max_price_cents integer DEFAULT NULL::integer,
  sort            text    DEFAULT 'rating'::text,
  page_number     integer DEFAULT 1
)
  RETURNS TABLE (
    coach_id         uuid,
    slug             text,
    display_name     text,
    headline         text,
    states           text[],
    specialties      text[],
    languages        text[],
    from_price_cents integer,
    rating_average   numeric,
    review_count     integer,
    sessions_held    integer
  )
  LANGUAGE plpgsql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_query tsquery := websearch_to_tsquery('english', coalesce(search_coaches.query, ''));
  v_where text := 'true';
  v_order text := case search_coaches.sort
    when 'price' then 'listing.from_price_cents, listing.coach_id'
    when 'newest' then 'listing.listed_at desc, listing.coach_id'
    else 'listing.rating_score desc, listing.coach_id'
  end;
begin
  if numnode(v_query) > 0 then
    v_where := v_where || ' and listing.document @@ $1';
  end if;
  if search_coaches.state is not null then
    v_where := v_where || ' and listing.states @> array[$2]';
  end if;
  if search_coaches.specialty is not null then
    v_where := v_where || ' and listing.specialties @> array[$3]';
  end if;
  if search_coaches.language is not null then
    v_where := v_where || ' and listing.languages @> array[$4]';
  end if;
  if search_coaches.max_price_cents is not null then
    v_where := v_where || ' and listing.from_price_cents <= $5';
  end if;

  return query execute format(
    $query$
      select found.coach_id, coaches.slug, coaches.display_name, coaches.headline, found.states,
        found.specialties, found.languages, found.from_price_cents, found.rating_average,
        found.review_count, found.sessions_held
      from (
        select listing.*, row_number() over (order by %2$s) as position
        from public.coach_listings as listing
        where %1$s
        order by %2$s
        limit 25 offset $6
      ) as found
      join public.coaches on coaches.id = found.coach_id
      order by found.position
    $query$,
    v_where, v_order
  )
  using v_query, search_coaches.state, search_coaches.specialty, search_coaches.language,
    search_coaches.max_price_cents, (greatest(search_coaches.page_number, 1) - 1) * 24;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."search_coaches"(text, text, text, text, integer, text, integer) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.send_message (
  conversation_id uuid,
  message_id      uuid,
  body            text
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

  if char_length(trim(send_message.body)) not between 1 and 4000 then
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
  values (send_message.message_id, v_conversation.id, v_seq, v_sender.id, trim(send_message.body));

  update public.conversations
  set last_seq = v_seq, last_message_at = now()
  where conversations.id = v_conversation.id;

  perform private.note_read(v_conversation.id, v_sender.id, v_seq);
  perform private.notify_message(v_conversation.id, v_sender.id);

  return v_seq;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."send_message"(uuid, uuid, text) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.session_details (
  booking_id uuid
)
  RETURNS TABLE (
    party             public.booking_actor,
    status            public.booking_status,
    starts_at         timestamp with time zone,
    ends_at           timestamp with time zone,
    time_zone         text,
    hold_expires_at   timestamp with time zone,
    note              text,
    cancelled_by      public.booking_actor,
    cancel_reason     text,
    offer_title       text,
    offer_description text,
    duration_minutes  integer,
    counterpart_name  text,
    coach_id          uuid,
    coach_slug        text,
    conversation_id   uuid,
    amount_cents      integer,
    refunded_cents    integer,
    order_status      public.order_status,
    meeting_status    public.meeting_status,
    is_joinable       boolean,
    is_reviewable     boolean,
    is_cancellable    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select party.actor, private.shown_status(bookings), bookings.starts_at, bookings.ends_at,
    case party.actor when 'client' then client.time_zone else coaches.time_zone end,
    bookings.hold_expires_at, bookings.note, bookings.cancelled_by, bookings.cancel_reason,
    offers.title, offers.description, offers.duration_minutes,
    case party.actor
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.id, coaches.slug, conversations.id,
    orders.amount_cents,
    private.returned_cents(orders.id),
    orders.status, meetings.status,
    private.is_joinable(bookings),
    party.actor = 'client' and private.is_reviewable(bookings),
    bookings.status = 'confirmed' and bookings.starts_at > now()
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  left join public.meetings on meetings.booking_id = bookings.id
  left join public.conversations
    on conversations.coach_id = bookings.coach_id and conversations.client_id = bookings.client_id
  where bookings.id = session_details.booking_id
    and party.actor is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.session_list (
  party       public.booking_actor,
  is_past     boolean              DEFAULT false,
  page_number integer              DEFAULT 1
)
  RETURNS TABLE (
    booking_id       uuid,
    status           public.booking_status,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    hold_expires_at  timestamp with time zone,
    offer_title      text,
    counterpart_name text,
    coach_slug       text,
    amount_cents     integer,
    is_joinable      boolean,
    is_reviewable    boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select bookings.id,
    private.shown_status(bookings),
    bookings.starts_at, bookings.ends_at, bookings.hold_expires_at, offers.title,
    case session_list.party
      when 'client' then coaches.display_name
      else private.shown_name(client)
    end,
    coaches.slug, orders.amount_cents,
    private.is_joinable(bookings),
    session_list.party = 'client' and private.is_reviewable(bookings)
  from public.bookings
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  where case session_list.party
      when 'client' then bookings.client_id = private.current_profile_id()
      when 'coach' then bookings.coach_id = private.current_coach_id()
        and bookings.status not in ('held', 'expired') -- A checkout left open is not a session.
      else false
    end
    and session_list.is_past = not (
      private.shown_status(bookings) in ('held', 'requested', 'confirmed') and bookings.ends_at > now()
    )
  order by
    case when session_list.is_past then bookings.starts_at end desc,
    bookings.starts_at
  limit 21 offset (greatest(session_list.page_number, 1) - 1) * 20;
$function$;

REVOKE ALL ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.start_conversation (
  coach_id uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_owner_id uuid;
  v_conversation_id uuid;
begin
  select conversations.id into v_conversation_id
  from public.conversations
  where conversations.coach_id = start_conversation.coach_id
    and conversations.client_id = v_client.id;

  if found then
    return v_conversation_id;
  end if;

  select coaches.profile_id into v_owner_id
  from public.coaches
  where coaches.id = start_conversation.coach_id
    and coaches.status = 'approved';

  if v_owner_id is null then
    raise exception 'This coach cannot be written to.' using errcode = 'OCNFD';
  end if;

  if v_owner_id = v_client.id then
    raise exception 'This is your own practice.' using errcode = 'MSOWN';
  end if;

  if (
    select count(*) from public.conversations
    where conversations.client_id = v_client.id
      and conversations.created_at > now() - interval '1 day'
  ) >= 10 then
    raise exception 'You have written to ten coaches today. Try again tomorrow.' using errcode = 'MSLIM';
  end if;

  return private.open_conversation(start_conversation.coach_id, v_client.id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."start_conversation"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.submit_coach_application()
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
begin
  if private.missing_in_practice(v_coach) is not null then
    raise exception 'Your application needs a profile, weekly hours and at least one offer.' using errcode = 'OCINC';
  end if;

  update public.coaches
  set status = 'applied', applied_at = now()
  where coaches.id = v_coach.id
    and coaches.status = 'draft';
end;
$function$;

REVOKE ALL ON FUNCTION "public"."submit_coach_application"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.sync_clerk_user (
  clerk_user jsonb
)
  RETURNS void
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select private.sync_clerk_user(sync_clerk_user.clerk_user);
$function$;

REVOKE ALL ON FUNCTION "public"."sync_clerk_user"(jsonb) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.take_rate_limit (
  bucket         text,
  subject        text,
  max_hits       integer,
  window_seconds integer
)
  RETURNS integer
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_window interval := make_interval(secs => take_rate_limit.window_seconds);
  v_limit private.rate_limits;
begin
  insert into private.rate_limits as current (bucket, subject, hits)
  values (take_rate_limit.bucket, take_rate_limit.subject, 1)
  on conflict (bucket, subject) do update
  set hits = case when current.window_started <= now() - v_window then 1 else current.hits + 1 end,
      window_started = case when current.window_started <= now() - v_window then now() else current.window_started end
  returning * into v_limit;

  if v_limit.hits <= take_rate_limit.max_hits then
    return 0;
  end if;

  return greatest(1, ceil(extract(epoch from v_limit.window_started + v_window - now())))::integer;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."take_rate_limit"(text, text, integer, integer) FROM PUBLIC, "anon", "authenticated";

CREATE OR REPLACE FUNCTION public.unread_count()
  RETURNS integer
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select coalesce(sum(conversations.last_seq - coalesce(conversation_reads.last_read_seq, 0)), 0)::integer
  from public.conversations
  left join public.conversation_reads
    on conversation_reads.conversation_id = conversations.id
    and conversation_reads.profile_id = private.current_profile_id()
  where conversations.client_id = private.current_profile_id()
    or conversations.coach_id = private.current_coach_id();
$function$;

REVOKE ALL ON FUNCTION "public"."unread_count"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.write_review (
  booking_id uuid,
  rating     integer,
  body       text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_author public.profiles := private.require_profile();
  v_booking public.bookings;
  v_review_id uuid;
begin
  select * into v_booking
  from public.bookings
  where bookings.id = write_review.booking_id
    and bookings.client_id = v_author.id;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;
  if v_booking.status <> 'completed' then
    raise exception 'You can review a session once it is over.' using errcode = 'RVEAR';
  end if;
  if v_booking.ends_at + make_interval(days => (private.settings()).review_window_days) <= now() then
    raise exception 'The time to review this session is over.' using errcode = 'RVLAT';
  end if;
  if write_review.rating is null or write_review.rating not between 1 and 5 then
    raise exception 'Choose one to five stars.' using errcode = 'RVRAT';
  end if;
  if char_length(trim(write_review.body)) not between 20 and 2000 then
    raise exception 'Write 20 to 2,000 characters about the session.' using errcode = 'RVBOD';
  end if;

  insert into public.reviews (booking_id, coach_id, author_id, author_name, rating, body)
  values (
    v_booking.id, v_booking.coach_id, v_author.id,
    v_author.first_name || ' ' || left(v_author.last_name, 1) || '.',
    write_review.rating, trim(write_review.body)
  )
  on conflict (booking_id, author_id) do nothing
  returning reviews.id into v_review_id;

  if v_review_id is null then
    raise exception 'You have reviewed this session already.' using errcode = 'RVTWO';
  end if;

  perform private.notify(coaches.profile_id, 'review_received', v_review_id, v_booking.id)
  from public.coaches
  where coaches.id = v_booking.coach_id;

  return v_review_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."write_review"(uuid, integer, text) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "private"."outbox"
  ADD CONSTRAINT "outbox_done_has_a_time" CHECK (((status = 'done'::private.outbox_status) = (done_at IS NOT NULL)));

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_cancelled_say_by_whom" CHECK (((status = 'cancelled'::public.booking_status) = (cancelled_by IS NOT NULL)));

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_end_after_start" CHECK ((ends_at > starts_at));

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_held_have_an_end" CHECK (((status <> 'held'::public.booking_status) OR (hold_expires_at IS NOT NULL)));

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_never_overlap" EXCLUDE USING gist (coach_id WITH =, during WITH &&)
    WHERE ((status = ANY (ARRAY['held'::public.booking_status, 'requested'::public.booking_status, 'confirmed'::public.booking_status])));

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_note_is_short" CHECK ((char_length(note) <= 1000));

ALTER TABLE "public"."booking_events"
  ADD CONSTRAINT "booking_events_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."coaches"
  ADD CONSTRAINT "coaches_cancellation_policy_id_fkey" FOREIGN KEY (cancellation_policy_id) REFERENCES public.cancellation_policies(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."availability_settings"
  ADD CONSTRAINT "availability_settings_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."coach_listings"
  ADD CONSTRAINT "coach_listings_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."conversations"
  ADD CONSTRAINT "conversations_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."conversation_reads"
  ADD CONSTRAINT "conversation_reads_conversation_id_fkey" FOREIGN KEY (conversation_id) REFERENCES public.conversations(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."credentials"
  ADD CONSTRAINT "credentials_licenses_have_a_state" CHECK (((kind = 'state_license'::public.credential_kind) = (state IS NOT NULL)));

ALTER TABLE "public"."credentials"
  ADD CONSTRAINT "credentials_nmls_is_numeric" CHECK (((kind <> 'nmls'::public.credential_kind) OR (number ~ '^[0-9]{3,12}$'::text)));

ALTER TABLE "public"."credentials"
  ADD CONSTRAINT "credentials_number_is_plausible" CHECK ((number ~ '^[A-Za-z0-9 .-]{2,30}$'::text));

ALTER TABLE "public"."meetings"
  ADD CONSTRAINT "meetings_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."meetings"
  ADD CONSTRAINT "meetings_end_after_start" CHECK ((ends_at > starts_at));

ALTER TABLE "public"."meetings"
  ADD CONSTRAINT "meetings_host_id_fkey" FOREIGN KEY (host_id) REFERENCES private.meeting_hosts(zoom_user_id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "public"."meetings"
  ADD CONSTRAINT "meetings_one_per_host_at_a_time" EXCLUDE USING gist (host_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (((status = ANY (ARRAY['pending'::public.meeting_status, 'ready'::public.meeting_status])) AND (host_id IS NOT NULL)));

ALTER TABLE "private"."meeting_participants"
  ADD CONSTRAINT "meeting_participants_meeting_id_fkey" FOREIGN KEY (meeting_id) REFERENCES public.meetings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."meetings"
  ADD CONSTRAINT "meetings_ready_can_be_joined" CHECK (((status <> 'ready'::public.meeting_status) OR ((zoom_meeting_id IS NOT NULL) AND (join_url IS NOT NULL))));

ALTER TABLE "public"."messages"
  ADD CONSTRAINT "messages_conversation_id_fkey" FOREIGN KEY (conversation_id) REFERENCES public.conversations(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notifications"
  ADD CONSTRAINT "notifications_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "public"."notifications"
  ADD CONSTRAINT "notifications_kind_fkey" FOREIGN KEY (kind) REFERENCES public.notification_kinds(kind) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_currency" CHECK ((currency = 'usd'::text));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_description_is_short" CHECK ((char_length(description) <= 600));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_duration_step" CHECK (((duration_minutes % 5) = 0));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_duration" CHECK (((duration_minutes >= 15) AND (duration_minutes <= 240)));

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_price" CHECK (((price_cents >= 500) AND (price_cents <= 500000)));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_title_is_short" CHECK (((char_length(title) >= 3) AND (char_length(title) <= 80)));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_amounts" CHECK (((amount_cents > 0) AND ((fee_cents >= 0) AND (fee_cents <= amount_cents))));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_paid_have_a_time" CHECK (((status <> ALL (ARRAY['paid'::public.order_status, 'released'::public.order_status])) OR (paid_at IS NOT NULL)));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_percent" CHECK (((partial_refund_percent >= 0) AND (partial_refund_percent <= 100)));

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_tiers_are_ordered" CHECK (((full_refund_minutes >= partial_refund_minutes) AND (partial_refund_minutes >= 0)));

ALTER TABLE "public"."payments"
  ADD CONSTRAINT "payments_amount" CHECK ((amount_cents > 0));

ALTER TABLE "public"."payments"
  ADD CONSTRAINT "payments_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."profiles"
  ADD CONSTRAINT "profiles_company_is_short" CHECK ((char_length(company) <= 120));

ALTER TABLE "public"."profiles"
  ADD CONSTRAINT "profiles_names_are_short" CHECK (((char_length(first_name) <= 80) AND (char_length(last_name) <= 80)));

ALTER TABLE "public"."profiles"
  ADD CONSTRAINT "profiles_onboarded_are_complete" CHECK (((onboarded_at IS NULL) OR (deleted_at IS NOT NULL) OR ((kind IS NOT NULL) AND (first_name <> ''::text))));

ALTER TABLE "private"."stripe_customers"
  ADD CONSTRAINT "stripe_customers_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."booking_events"
  ADD CONSTRAINT "booking_events_actor_id_fkey" FOREIGN KEY (actor_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "public"."bookings"
  ADD CONSTRAINT "bookings_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."coaches"
  ADD CONSTRAINT "coaches_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."conversation_reads"
  ADD CONSTRAINT "conversation_reads_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."conversations"
  ADD CONSTRAINT "conversations_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."credentials"
  ADD CONSTRAINT "credentials_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."messages"
  ADD CONSTRAINT "messages_sender_id_fkey" FOREIGN KEY (sender_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."notifications"
  ADD CONSTRAINT "notifications_recipient_id_fkey" FOREIGN KEY (recipient_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."profile_contacts"
  ADD CONSTRAINT "profile_contacts_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."refunds"
  ADD CONSTRAINT "refunds_amount" CHECK ((amount_cents > 0));

ALTER TABLE "public"."refunds"
  ADD CONSTRAINT "refunds_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."refunds"
  ADD CONSTRAINT "refunds_payment_id_fkey" FOREIGN KEY (payment_id) REFERENCES public.payments(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_author_id_fkey" FOREIGN KEY (author_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."reviews"
  ADD CONSTRAINT "reviews_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."credentials"
  ADD CONSTRAINT "credentials_state_fkey" FOREIGN KEY (state) REFERENCES public.states(code) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "public"."profiles"
  ADD CONSTRAINT "profiles_home_state_fkey" FOREIGN KEY (home_state) REFERENCES public.states(code) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "public"."weekly_hours"
  ADD CONSTRAINT "weekly_hours_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE "public"."weekly_hours"
  ADD CONSTRAINT "weekly_hours_never_overlap" EXCLUDE USING gist (coach_id WITH =, weekday
    WITH =, int4range((EXTRACT(epoch FROM starts_at))::integer, (EXTRACT(epoch FROM ends_at))::integer) WITH &&);

CREATE INDEX audit_log_table_name_row_id_idx ON private.audit_log USING btree (table_name, row_id);

CREATE UNIQUE INDEX meeting_hosts_one_per_email ON private.meeting_hosts USING btree (email);

CREATE UNIQUE INDEX meeting_participants_one_per_connection ON private.meeting_participants USING btree (meeting_id, participant_uuid);

CREATE INDEX outbox_due_idx ON private.outbox USING btree (run_after, id)
  WHERE (status = 'pending'::private.outbox_status);

CREATE UNIQUE INDEX outbox_one_row_per_effect ON private.outbox USING btree (dedupe_key);

CREATE INDEX security_events_kind_created_at_idx ON private.security_events USING btree (kind, created_at);

CREATE UNIQUE INDEX stripe_customers_one_per_customer ON private.stripe_customers USING btree (stripe_customer_id);

CREATE INDEX webhook_events_deleted_users_idx ON private.webhook_events USING btree ((((payload -> 'data'::text) ->> 'id'::text)))
  WHERE ((PROVIDER = 'clerk'::text) AND (TYPE = 'user.deleted'::text));

CREATE INDEX booking_events_actor_id_idx ON public.booking_events USING btree (actor_id);

CREATE INDEX booking_events_booking_id_idx ON public.booking_events USING btree (booking_id);

CREATE INDEX bookings_client_id_starts_at_idx ON public.bookings USING btree (client_id, starts_at);

CREATE INDEX bookings_coach_id_starts_at_idx ON public.bookings USING btree (coach_id, starts_at);

CREATE INDEX bookings_confirmed_idx ON public.bookings USING btree (starts_at)
  WHERE (status = 'confirmed'::public.booking_status);

CREATE INDEX bookings_held_idx ON public.bookings USING btree (hold_expires_at)
  WHERE (status = 'held'::public.booking_status);

CREATE INDEX bookings_offer_id_idx ON public.bookings USING btree (offer_id);

CREATE UNIQUE INDEX bookings_one_per_order ON public.bookings USING btree (order_id);

CREATE UNIQUE INDEX cancellation_policies_one_default ON public.cancellation_policies USING btree (is_default)
  WHERE is_default;

CREATE UNIQUE INDEX cancellation_policies_one_per_name ON public.cancellation_policies USING btree (name);

CREATE INDEX coach_listings_listed_idx ON public.coach_listings USING btree (listed_at DESC, coach_id);

CREATE INDEX coach_listings_price_idx ON public.coach_listings USING btree (from_price_cents, coach_id);

CREATE INDEX coach_listings_score_idx ON public.coach_listings USING btree (rating_score DESC, coach_id);

CREATE INDEX coach_listings_search_idx ON public.coach_listings USING gin (document, states, specialties, languages);

CREATE INDEX coaches_cancellation_policy_id_idx ON public.coaches USING btree (cancellation_policy_id);

CREATE UNIQUE INDEX coaches_one_per_profile ON public.coaches USING btree (profile_id);

CREATE UNIQUE INDEX coaches_one_per_slug ON public.coaches USING btree (slug);

CREATE INDEX conversation_reads_profile_id_idx ON public.conversation_reads USING btree (profile_id);

CREATE INDEX conversations_client_id_idx ON public.conversations USING btree (client_id);

CREATE UNIQUE INDEX conversations_one_per_coach_and_client ON public.conversations USING btree (coach_id, client_id);

CREATE UNIQUE INDEX credentials_one_per_number ON public.credentials USING btree (profile_id, kind, COALESCE(state, ''::text), number);

CREATE INDEX credentials_profile_id_idx ON public.credentials USING btree (profile_id);

CREATE INDEX credentials_state_idx ON public.credentials USING btree (state);

CREATE UNIQUE INDEX languages_one_per_name ON public.languages USING btree (name);

CREATE INDEX meetings_host_id_idx ON public.meetings USING btree (host_id);

CREATE UNIQUE INDEX meetings_one_per_booking ON public.meetings USING btree (booking_id);

CREATE UNIQUE INDEX meetings_one_per_zoom_meeting ON public.meetings USING btree (zoom_meeting_id);

CREATE UNIQUE INDEX messages_one_per_seq ON public.messages USING btree (conversation_id, seq);

CREATE INDEX messages_sender_id_idx ON public.messages USING btree (sender_id);

CREATE INDEX notifications_booking_id_idx ON public.notifications USING btree (booking_id);

CREATE INDEX notifications_kind_idx ON public.notifications USING btree (kind);

CREATE UNIQUE INDEX notifications_once_per_subject_kind_recipient ON public.notifications USING btree (subject_id, kind, recipient_id, VERSION);

CREATE INDEX notifications_recipient_id_created_at_idx ON public.notifications USING btree (recipient_id, created_at);

CREATE INDEX offers_coach_id_idx ON public.offers USING btree (coach_id);

CREATE UNIQUE INDEX offers_one_open_per_lineage ON public.offers USING btree (lineage_id)
  WHERE (archived_at IS NULL);

CREATE UNIQUE INDEX offers_one_row_per_version ON public.offers USING btree (lineage_id, VERSION);

CREATE INDEX orders_client_id_idx ON public.orders USING btree (client_id);

CREATE INDEX orders_coach_id_idx ON public.orders USING btree (coach_id);

CREATE INDEX orders_offer_id_idx ON public.orders USING btree (offer_id);

CREATE UNIQUE INDEX orders_one_per_checkout_session ON public.orders USING btree (stripe_checkout_session_id);

CREATE UNIQUE INDEX payments_one_per_charge ON public.payments USING btree (stripe_charge_id);

CREATE UNIQUE INDEX payments_one_per_payment_intent ON public.payments USING btree (stripe_payment_intent_id);

CREATE UNIQUE INDEX payments_one_succeeded_per_order ON public.payments USING btree (order_id)
  WHERE (status = 'succeeded'::public.payment_status);

CREATE INDEX payments_order_id_idx ON public.payments USING btree (order_id);

CREATE INDEX profiles_home_state_idx ON public.profiles USING btree (home_state);

CREATE UNIQUE INDEX profiles_one_per_clerk_user ON public.profiles USING btree (clerk_user_id);

CREATE UNIQUE INDEX refunds_one_per_payment_and_reason ON public.refunds USING btree (payment_id, reason)
  WHERE (reason <> 'made_in_stripe'::public.refund_reason);

CREATE UNIQUE INDEX refunds_one_per_stripe_refund ON public.refunds USING btree (stripe_refund_id);

CREATE INDEX refunds_order_id_idx ON public.refunds USING btree (order_id);

CREATE INDEX refunds_payment_id_idx ON public.refunds USING btree (payment_id);

CREATE INDEX reviews_author_id_idx ON public.reviews USING btree (author_id);

CREATE INDEX reviews_coach_id_created_at_idx ON public.reviews USING btree (coach_id, created_at);

CREATE UNIQUE INDEX reviews_one_per_author_and_booking ON public.reviews USING btree (booking_id, author_id);

CREATE UNIQUE INDEX specialties_one_per_name ON public.specialties USING btree (name);

CREATE UNIQUE INDEX states_one_per_name ON public.states USING btree (name);

CREATE INDEX weekly_hours_coach_id_idx ON public.weekly_hours USING btree (coach_id);

CREATE TRIGGER outbox__dispatch
  AFTER INSERT ON private.outbox
  FOR EACH STATEMENT
  EXECUTE FUNCTION private.tg_outbox__dispatch();

CREATE TRIGGER coaches__begin_unapproved
  BEFORE INSERT ON public.coaches
  FOR EACH ROW
  WHEN ((new.status = 'approved'::public.coach_status))
  EXECUTE FUNCTION private.tg_coaches__begin_unapproved();

CREATE TRIGGER coaches__refresh_listing
  AFTER INSERT OR UPDATE OF display_name, headline, bio, states, specialties, languages, status ON public.coaches
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_coaches__refresh_listing();

CREATE TRIGGER coaches__status_changed
  BEFORE UPDATE OF status ON public.coaches
  FOR EACH ROW
  WHEN ((old.status IS DISTINCT FROM new.status))
  EXECUTE FUNCTION private.tg_coaches__status_changed();

CREATE TRIGGER messages__broadcast
  AFTER INSERT ON public.messages
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_messages__broadcast();

CREATE TRIGGER offers__refresh_listing
  AFTER INSERT OR UPDATE ON public.offers
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_coach_facts__refresh_listing();

CREATE TRIGGER reviews__refresh_listing
  AFTER INSERT OR DELETE OR UPDATE ON public.reviews
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_coach_facts__refresh_listing();

CREATE POLICY "Nobody reads the audit log over the API" ON "private"."audit_log"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads meeting hosts over the API" ON "private"."meeting_hosts"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads meeting participants over the API" ON "private"."meeting_participants"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads the outbox over the API" ON "private"."outbox"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads settings over the API" ON "private"."platform_settings"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads rate limits over the API" ON "private"."rate_limits"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads security events over the API" ON "private"."security_events"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads Stripe customers over the API" ON "private"."stripe_customers"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads webhook events over the API" ON "private"."webhook_events"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Coaches can view their own settings" ON "public"."availability_settings"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

CREATE POLICY "Client and coach can view what happened to their bookings" ON "public"."booking_events"
  FOR SELECT
  TO "authenticated"
  USING ((booking_id IN ( SELECT bookings.id
   FROM public.bookings)));

CREATE POLICY "Client and coach can view their bookings" ON "public"."bookings"
  FOR SELECT
  TO "authenticated"
  USING (((client_id = ( SELECT private.current_profile_id() AS current_profile_id)) OR (coach_id = ( SELECT private.current_coach_id() AS current_coach_id))));

CREATE POLICY "Anyone can view the cancellation policies" ON "public"."cancellation_policies"
  FOR SELECT
  TO "anon", "authenticated"
  USING (true);

CREATE POLICY "Anyone can view the listings" ON "public"."coach_listings"
  FOR SELECT
  TO "anon", "authenticated"
  USING (true);

CREATE POLICY "Anyone can view approved coaches" ON "public"."coaches"
  FOR SELECT
  TO "anon"
  USING ((status = 'approved'::public.coach_status));

CREATE POLICY "People can view approved coaches, their own practice and coache" ON "public"."coaches"
  FOR SELECT
  TO "authenticated"
  USING
    (((status = 'approved'::public.coach_status) OR (id = ( SELECT private.current_coach_id() AS current_coach_id)) OR (id IN ( SELECT private.current_coaches_of_client() AS
    current_coaches_of_client))));

CREATE POLICY "Client and coach can view how far each has read" ON "public"."conversation_reads"
  FOR SELECT
  TO "authenticated"
  USING ((conversation_id IN ( SELECT conversations.id
   FROM public.conversations)));

CREATE POLICY "Client and coach can view their conversations" ON "public"."conversations"
  FOR SELECT
  TO "authenticated"
  USING (((client_id = ( SELECT private.current_profile_id() AS current_profile_id)) OR (coach_id = ( SELECT private.current_coach_id() AS current_coach_id))));

CREATE POLICY "People can view their own credentials" ON "public"."credentials"
  FOR SELECT
  TO "authenticated"
  USING ((profile_id = ( SELECT private.current_profile_id() AS current_profile_id)));

CREATE POLICY "Anyone can view the languages" ON "public"."languages"
  FOR SELECT
  TO "anon", "authenticated"
  USING (true);

CREATE POLICY "Client and coach can view the meetings of their bookings" ON "public"."meetings"
  FOR SELECT
  TO "authenticated"
  USING ((booking_id IN ( SELECT bookings.id
   FROM public.bookings)));

CREATE POLICY "Client and coach can view the messages of their conversations" ON "public"."messages"
  FOR SELECT
  TO "authenticated"
  USING ((conversation_id IN ( SELECT conversations.id
   FROM public.conversations)));

CREATE POLICY "People can view what they can be told" ON "public"."notification_kinds"
  FOR SELECT
  TO "authenticated"
  USING (true);

CREATE POLICY "People can view what they were told" ON "public"."notifications"
  FOR SELECT
  TO "authenticated"
  USING ((recipient_id = ( SELECT private.current_profile_id() AS current_profile_id)));

CREATE POLICY "Anyone can view what approved coaches sell" ON "public"."offers"
  FOR SELECT
  TO "anon"
  USING (((archived_at IS NULL) AND (coach_id IN ( SELECT coaches.id
   FROM public.coaches
  WHERE (coaches.status = 'approved'::public.coach_status)))));

CREATE POLICY "People can view what is sold, what they sell and what they boug" ON "public"."offers"
  FOR SELECT
  TO "authenticated"
  USING (((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)) OR ((archived_at IS NULL) AND (coach_id IN ( SELECT coaches.id
   FROM public.coaches
  WHERE (coaches.status = 'approved'::public.coach_status)))) OR (id IN ( SELECT orders.offer_id
   FROM public.orders
  WHERE (orders.client_id = ( SELECT private.current_profile_id() AS current_profile_id))))));

CREATE POLICY "Client and coach can view their orders" ON "public"."orders"
  FOR SELECT
  TO "authenticated"
  USING (((client_id = ( SELECT private.current_profile_id() AS current_profile_id)) OR (coach_id = ( SELECT private.current_coach_id() AS current_coach_id))));

CREATE POLICY "Clients can view the payments of their orders" ON "public"."payments"
  FOR SELECT
  TO "authenticated"
  USING ((order_id IN ( SELECT orders.id
   FROM public.orders
  WHERE (orders.client_id = ( SELECT private.current_profile_id() AS current_profile_id)))));

CREATE POLICY "People can view their own contact data" ON "public"."profile_contacts"
  FOR SELECT
  TO "authenticated"
  USING ((profile_id = ( SELECT private.current_profile_id() AS current_profile_id)));

CREATE POLICY "People can view themselves and those they have a conversation o" ON "public"."profiles"
  FOR SELECT
  TO "authenticated"
  USING (((id = ( SELECT private.current_profile_id() AS current_profile_id)) OR (id IN ( SELECT private.current_counterpart_ids() AS current_counterpart_ids))));

CREATE POLICY "Client and coach can view the refunds of their orders" ON "public"."refunds"
  FOR SELECT
  TO "authenticated"
  USING ((order_id IN ( SELECT orders.id
   FROM public.orders)));

CREATE POLICY "Anyone can view the reviews" ON "public"."reviews"
  FOR SELECT
  TO "anon", "authenticated"
  USING (true);

CREATE POLICY "Anyone can view the specialties" ON "public"."specialties"
  FOR SELECT
  TO "anon", "authenticated"
  USING (true);

CREATE POLICY "Anyone can view the states" ON "public"."states"
  FOR SELECT
  TO "anon", "authenticated"
  USING (true);

CREATE POLICY "Coaches can view their own hours" ON "public"."weekly_hours"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

CREATE POLICY "Client and coach can listen to their conversation" ON "realtime"."messages"
  FOR SELECT
  TO "authenticated"
  USING ((( SELECT realtime.topic() AS topic) IN ( SELECT ('conversation:'::text || conversations.id)
   FROM public.conversations)));

CREATE POLICY "Client and coach can signal in their conversation" ON "realtime"."messages"
  FOR INSERT
  TO "authenticated"
  WITH CHECK (((extension = ANY (ARRAY['broadcast'::text, 'presence'::text])) AND (( SELECT realtime.topic() AS topic) IN ( SELECT ('conversation:'::text || conversations.id)
   FROM public.conversations))));

COMMENT ON SCHEMA "admin" IS 'What admins call from Studio. No API role has usage.';

COMMENT ON SCHEMA "private" IS 'What no API role reads directly: outbox, webhooks, limits, helpers of policies.';

COMMENT ON TABLE "private"."audit_log" IS 'What admins changed: who, when, before, after. Append only.';

COMMENT ON TABLE "private"."meeting_hosts" IS 'The licensed Zoom users of our account; each hosts one meeting at a time.';

COMMENT ON TABLE "private"."meeting_participants" IS 'Who was in a meeting and when, as Zoom told us; one row per connection.';

COMMENT ON TABLE "private"."outbox" IS 'Work for the outside world, written in the transaction that makes it necessary.';

COMMENT ON TABLE "private"."platform_settings" IS 'The one row of default numbers. What concerns money is copied onto the order at sale.';

COMMENT ON TABLE "private"."rate_limits" IS 'How often a subject (a hash) did a thing in the current window, shared by all servers.';

COMMENT ON TABLE "private"."security_events" IS 'Failed sign-ins, refused webhooks, limits hit, role changes. No personal data.';

COMMENT ON TABLE "private"."stripe_customers" IS 'The Stripe customer of a profile.';

COMMENT ON TABLE "private"."webhook_events" IS 'Every event a vendor delivered, once; written together with its effects.';

COMMENT ON TABLE "public"."availability_settings" IS 'How bookable the weekly hours are: notice, step and horizon.';

COMMENT ON TABLE "public"."booking_events" IS 'Every change of a booking: who, what, before, after. Append only.';

COMMENT ON TABLE "public"."bookings" IS 'A session at a time. One coach never has two live ones that overlap, whoever writes.';

COMMENT ON TABLE "public"."cancellation_policies" IS 'How much comes back when a client cancels. Copied onto the order at sale.';

COMMENT ON TABLE "public"."coach_listings" IS 'What search reads: one row per coach who can be found, recomputed from the facts.';

COMMENT ON TABLE "public"."coaches" IS 'A profile''s practice. Found only while its status is approved.';

COMMENT ON TABLE "public"."conversation_reads" IS 'How far each party has read.';

COMMENT ON TABLE "public"."conversations" IS 'The one thread of a client and a coach, opened by an enquiry or a booking.';

COMMENT ON TABLE "public"."credentials" IS 'Licences and NMLS ids. A person may hold several.';

COMMENT ON TABLE "public"."languages" IS 'Reference data: languages a session can be held in (ISO 639-1).';

COMMENT ON TABLE "public"."meetings" IS 'The Zoom meeting of a booking, on a host who has no other at that time.';

COMMENT ON TABLE "public"."messages" IS 'What one said to the other. The sender makes the id, so that a retry is no second message.';

COMMENT ON TABLE "public"."notification_kinds" IS 'What we tell people, and when. An admin switches one off or moves a reminder here.';

COMMENT ON TABLE "public"."notifications" IS 'One thing told to one person about one subject: written once, sent once.';

COMMENT ON TABLE "public"."offers" IS 'One version of what a coach sells. What was bought never changes: a change adds a version.';

COMMENT ON TABLE "public"."orders" IS 'What a client buys, with price, fee and cancellation policy as they were at sale.';

COMMENT ON TABLE "public"."payments" IS 'What Stripe says was paid, or tried, for an order.';

COMMENT ON TABLE "public"."profile_contacts" IS 'How to reach a person; kept in step with Clerk. Only they and our functions see it.';

COMMENT ON TABLE "public"."profiles" IS 'A person: what the other party of a session may see of them. Contact data is in profile_contacts.';

COMMENT ON TABLE "public"."refunds" IS 'Money on its way back; written before Stripe is asked.';

COMMENT ON TABLE "public"."reviews" IS 'What a client says of a completed session, once. Ratings are recounted from here.';

COMMENT ON TABLE "public"."specialties" IS 'Reference data: what a coach can be good at, and for whom.';

COMMENT ON TABLE "public"."states" IS 'Reference data: the states and territories that license agents.';

COMMENT ON TABLE "public"."weekly_hours" IS 'When a coach works: wall time in the coach''s zone, ISO weekday 1 (Monday) to 7.';

REVOKE ALL ON FUNCTION "admin"."approve_coach"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."approve_coach"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."approve_coach"(text) TO "postgres";

REVOKE ALL ON FUNCTION "admin"."cancel_booking"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."cancel_booking"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."cancel_booking"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "admin"."suspend_coach"(text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "admin"."suspend_coach"(text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "admin"."suspend_coach"(text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."archive_own_offer"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."archive_own_offer"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."archive_own_offer"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."are_known_languages"(text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."are_known_languages"(text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."are_known_languages"(text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."are_known_specialties"(text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."are_known_specialties"(text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."are_known_specialties"(text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."are_known_states"(text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."are_known_states"(text[]) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."are_known_states"(text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."assign_meeting_host"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."assign_meeting_host"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."assign_meeting_host"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."booking_party"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."booking_party"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."booking_party"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."call_off"(public.bookings, public.booking_actor, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."call_off"(public.bookings, public.booking_actor, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."call_off"(public.bookings, public.booking_actor, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."cancel_meeting"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."cancel_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."cancel_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."claim_webhook_event"(text, text, text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."claim_webhook_event"(text, text, text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."claim_webhook_event"(text, text, text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."coach_document"(public.coaches) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."coach_document"(public.coaches) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."coach_document"(public.coaches) TO "postgres";

REVOKE ALL ON FUNCTION "private"."complete_bookings"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."complete_bookings"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."complete_bookings"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."confirm_booking"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."confirm_booking"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."confirm_booking"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."conversation_party"(public.conversations) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."conversation_party"(public.conversations) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."conversation_party"(public.conversations) TO "postgres";

REVOKE ALL ON FUNCTION "private"."counterpart_name"(public.conversations) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."counterpart_name"(public.conversations) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."counterpart_name"(public.conversations) TO "postgres";

REVOKE ALL ON FUNCTION "private"."create_meeting_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."create_meeting_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."create_meeting_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."create_order"(public.offers, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."create_order"(public.offers, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."create_order"(public.offers, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."current_coach_id"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."current_coach_id"() TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "private"."current_coach_id"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."current_coach_id"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."current_coaches_of_client"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."current_coaches_of_client"() TO "authenticated";

REVOKE ALL ON FUNCTION "private"."current_coaches_of_client"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."current_coaches_of_client"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."current_counterpart_ids"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."current_counterpart_ids"() TO "authenticated";

REVOKE ALL ON FUNCTION "private"."current_counterpart_ids"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."current_counterpart_ids"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."current_profile_id"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."current_profile_id"() TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "private"."current_profile_id"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."current_profile_id"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."delete_meeting_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."delete_meeting_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."delete_meeting_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dispatch_outbox"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."dispatch_outbox"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."dispatch_outbox"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."enqueue"(text, text, jsonb, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."enqueue"(text, text, jsonb, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."enqueue"(text, text, jsonb, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."expire_checkout_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."expire_checkout_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."expire_checkout_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."expire_holds"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."expire_holds"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."expire_holds"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."expire_lapsed_holds"(uuid, tstzrange) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."expire_lapsed_holds"(uuid, tstzrange) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."expire_lapsed_holds"(uuid, tstzrange) TO "postgres";

REVOKE ALL ON FUNCTION "private"."forget_clerk_user"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_clerk_user"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."forget_clerk_user"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."free_slug"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."free_slug"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."free_slug"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_joinable"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_joinable"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_joinable"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_offered"(public.offers, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_offered"(public.offers, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_offered"(public.offers, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_reviewable"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_reviewable"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_reviewable"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_still_true"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_still_true"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_still_true"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_time_zone"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_time_zone"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_time_zone"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lapse_hold"(uuid, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lapse_hold"(uuid, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lapse_hold"(uuid, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."leave_sessions"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_sessions"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."leave_sessions"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lock_booking"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_booking"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."lock_booking"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_booking"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_booking"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_booking"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."missing_in_practice"(public.coaches) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."missing_in_practice"(public.coaches) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."missing_in_practice"(public.coaches) TO "postgres";

REVOKE ALL ON FUNCTION "private"."move_booking"(uuid, public.booking_status[], public.booking_status, public.booking_actor, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."move_booking"(uuid, public.booking_status[], public.booking_status, public.booking_actor, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."move_booking"(uuid, public.booking_status[], public.booking_status, public.booking_actor, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."note_read"(uuid, uuid, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."note_read"(uuid, uuid, bigint) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."note_read"(uuid, uuid, bigint) TO "postgres";

REVOKE ALL ON FUNCTION "private"."notify"(uuid, text, uuid, uuid, integer, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."notify"(uuid, text, uuid, uuid, integer, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."notify"(uuid, text, uuid, uuid, integer, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."notify_message"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."notify_message"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."notify_message"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."notify_parties"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."notify_parties"(uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."notify_parties"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."offered_slots"(uuid, integer, tstzrange) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."offered_slots"(uuid, integer, tstzrange) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."offered_slots"(uuid, integer, tstzrange) TO "postgres";

REVOKE ALL ON FUNCTION "private"."open_conversation"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."open_conversation"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."open_conversation"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plan_meeting"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."plan_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."plan_meeting"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."purge_foundation"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."purge_foundation"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."purge_foundation"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_closed_checkout"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_closed_checkout"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_closed_checkout"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_failed_payment"(uuid, text, integer, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_failed_payment"(uuid, text, integer, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_failed_payment"(uuid, text, integer, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_mail"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_mail"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_mail"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_meeting"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_meeting"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_meeting"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_participant"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_participant"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_participant"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_payment"(uuid, text, text, integer, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_payment"(uuid, text, text, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_payment"(uuid, text, text, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_refund"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_refund"(uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_refund"(uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."record_stripe_refund"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."record_stripe_refund"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."record_stripe_refund"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refresh_listing"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refresh_listing"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refresh_listing"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refund_cents"(integer, integer, integer, integer, timestamp WITH time zone, public.booking_actor, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refund_cents"(integer, integer, integer, integer, timestamp WITH time zone, public.booking_actor, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refund_cents"(integer, integer, integer, integer, timestamp WITH time zone, public.booking_actor, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refund_work"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refund_work"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refund_work"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refundable_cents"(public.bookings, public.booking_actor) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."refundable_cents"(public.bookings, public.booking_actor) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."refundable_cents"(public.bookings, public.booking_actor) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reminder_leads"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."reminder_leads"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."reminder_leads"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."request_refund"(uuid, integer, public.refund_reason) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."request_refund"(uuid, integer, public.refund_reason) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."request_refund"(uuid, integer, public.refund_reason) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_coach"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_coach"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_coach"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_open_offer"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_open_offer"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_open_offer"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_profile"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_profile"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_profile"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."return_payment"(public.payments, integer, public.refund_reason) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."return_payment"(public.payments, integer, public.refund_reason) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."return_payment"(public.payments, integer, public.refund_reason) TO "postgres";

REVOKE ALL ON FUNCTION "private"."returned_cents"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."returned_cents"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."returned_cents"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."send_reminders"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."send_reminders"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."send_reminders"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."settings"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."settings"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."settings"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."settle_order"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."settle_order"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."settle_order"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."shown_name"(public.profiles) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."shown_name"(public.profiles) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."shown_name"(public.profiles) TO "postgres";

REVOKE ALL ON FUNCTION "private"."shown_status"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."shown_status"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."shown_status"(public.bookings) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sync_clerk_user"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sync_clerk_user"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."sync_clerk_user"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_coach_facts__refresh_listing"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_coach_facts__refresh_listing"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_coach_facts__refresh_listing"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_coaches__begin_unapproved"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_coaches__begin_unapproved"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_coaches__begin_unapproved"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_coaches__refresh_listing"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_coaches__refresh_listing"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_coaches__refresh_listing"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_coaches__status_changed"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_coaches__status_changed"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_coaches__status_changed"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_messages__broadcast"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_messages__broadcast"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_messages__broadcast"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_outbox__dispatch"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_outbox__dispatch"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_outbox__dispatch"() TO "postgres";

REVOKE ALL ON FUNCTION "public"."apply_clerk_event"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_clerk_event"(text, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_clerk_event"(text, jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "public"."apply_stripe_event"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_stripe_event"(jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_stripe_event"(jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "public"."apply_zoom_event"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_zoom_event"(text, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."apply_zoom_event"(text, jsonb) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."archive_offer"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."archive_offer"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."archive_offer"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."available_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."available_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."available_slots"(uuid, timestamp WITH time zone, timestamp WITH time zone) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."cancel_booking"(uuid, integer, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."cancel_booking"(uuid, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."cancel_booking"(uuid, integer, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."checkout_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."checkout_details"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "public"."claim_outbox"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."claim_outbox"(integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."claim_outbox"(integer, integer) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."coach_clients"(integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."coach_clients"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_clients"(integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_earnings"(integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."coach_earnings"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_earnings"(integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_progress"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."coach_progress"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."coach_progress"() TO "postgres";

REVOKE ALL ON FUNCTION "public"."complete_outbox"(bigint, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."complete_outbox"(bigint, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."complete_outbox"(bigint, jsonb) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."complete_profile"(public.profile_kind, text, text, text, text, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."complete_profile"(public.profile_kind, text, text, text, text, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."complete_profile"(public.profile_kind, text, text, text, text, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."conversation_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."conversation_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."conversation_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."ensure_profile"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."ensure_profile"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."ensure_profile"() TO "postgres";

REVOKE ALL ON FUNCTION "public"."fail_outbox"(bigint, text, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."fail_outbox"(bigint, text, boolean, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."fail_outbox"(bigint, text, boolean, integer) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."inbox"(integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."inbox"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."inbox"(integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."join_meeting"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."join_meeting"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."join_meeting"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_offer"(text, text, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_offer"(text, text, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_offer"(text, text, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."mark_read"(uuid, bigint) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."mark_read"(uuid, bigint) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."mark_read"(uuid, bigint) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."next_slots"(uuid, integer) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."next_slots"(uuid, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."next_slots"(uuid, integer) TO "postgres";

REVOKE ALL ON FUNCTION "public"."outbox_work"(bigint) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."outbox_work"(bigint) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."outbox_work"(bigint) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."platform_terms"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."platform_terms"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_checkout"(uuid, text, text, text, timestamp WITH time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."record_checkout"(uuid, text, text, text, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_checkout"(uuid, text, text, text, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "public"."record_security_event"(text, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_security_event"(text, jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."record_security_event"(text, jsonb) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."refund_quote"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."refund_quote"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."refund_quote"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."release_hold"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."release_hold"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."release_hold"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."request_booking"(uuid, timestamp WITH time zone, text, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_availability_settings"(integer, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."save_availability_settings"(integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_availability_settings"(integer, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_coach_profile"(text, text, text[], text[], text[], integer, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."save_coach_profile"(text, text, text[], text[], text[], integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_coach_profile"(text, text, text[], text[], text[], integer, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_weekly_hours"(jsonb) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."save_weekly_hours"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."save_weekly_hours"(jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."search_coaches"(text, text, text, text, integer, text, integer) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."search_coaches"(text, text, text, text, integer, text, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."search_coaches"(text, text, text, text, integer, text, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."send_message"(uuid, uuid, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."send_message"(uuid, uuid, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."send_message"(uuid, uuid, text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_details"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_details"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."session_list"(public.booking_actor, boolean, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."start_conversation"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."start_conversation"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."start_conversation"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."submit_coach_application"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."submit_coach_application"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."submit_coach_application"() TO "postgres";

REVOKE ALL ON FUNCTION "public"."sync_clerk_user"(jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."sync_clerk_user"(jsonb) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."sync_clerk_user"(jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "public"."take_rate_limit"(text, text, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."take_rate_limit"(text, text, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."take_rate_limit"(text, text, integer, integer) TO "service_role";

GRANT EXECUTE ON FUNCTION "public"."unread_count"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."unread_count"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."unread_count"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."write_review"(uuid, integer, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."write_review"(uuid, integer, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."write_review"(uuid, integer, text) TO "postgres";

GRANT USAGE ON SCHEMA "private" TO "anon", "authenticated", "service_role";

REVOKE ALL ON TABLE "public"."availability_settings" FROM "authenticated";

GRANT SELECT ON TABLE "public"."availability_settings" TO "authenticated";

REVOKE ALL ON TABLE "public"."booking_events" FROM "authenticated";

GRANT SELECT ON TABLE "public"."booking_events" TO "authenticated";

REVOKE ALL ON TABLE "public"."bookings" FROM "authenticated";

GRANT SELECT ON TABLE "public"."bookings" TO "authenticated";

REVOKE ALL ON TABLE "public"."cancellation_policies" FROM "anon";

GRANT SELECT ON TABLE "public"."cancellation_policies" TO "anon";

REVOKE ALL ON TABLE "public"."cancellation_policies" FROM "authenticated";

GRANT SELECT ON TABLE "public"."cancellation_policies" TO "authenticated";

REVOKE ALL ON TABLE "public"."coach_listings" FROM "anon";

REVOKE ALL ("coach_id") ON TABLE "public"."coach_listings" FROM "anon";

GRANT SELECT ("coach_id") ON TABLE "public"."coach_listings" TO "anon";

REVOKE ALL ("from_price_cents") ON TABLE "public"."coach_listings" FROM "anon";

GRANT SELECT ("from_price_cents") ON TABLE "public"."coach_listings" TO "anon";

REVOKE ALL ("rating_average") ON TABLE "public"."coach_listings" FROM "anon";

GRANT SELECT ("rating_average") ON TABLE "public"."coach_listings" TO "anon";

REVOKE ALL ("review_count") ON TABLE "public"."coach_listings" FROM "anon";

GRANT SELECT ("review_count") ON TABLE "public"."coach_listings" TO "anon";

REVOKE ALL ("sessions_held") ON TABLE "public"."coach_listings" FROM "anon";

GRANT SELECT ("sessions_held") ON TABLE "public"."coach_listings" TO "anon";

REVOKE ALL ON TABLE "public"."coach_listings" FROM "authenticated";

REVOKE ALL ("coach_id") ON TABLE "public"."coach_listings" FROM "authenticated";

GRANT SELECT ("coach_id") ON TABLE "public"."coach_listings" TO "authenticated";

REVOKE ALL ("from_price_cents") ON TABLE "public"."coach_listings" FROM "authenticated";

GRANT SELECT ("from_price_cents") ON TABLE "public"."coach_listings" TO "authenticated";

REVOKE ALL ("rating_average") ON TABLE "public"."coach_listings" FROM "authenticated";

GRANT SELECT ("rating_average") ON TABLE "public"."coach_listings" TO "authenticated";

REVOKE ALL ("review_count") ON TABLE "public"."coach_listings" FROM "authenticated";

GRANT SELECT ("review_count") ON TABLE "public"."coach_listings" TO "authenticated";

REVOKE ALL ("sessions_held") ON TABLE "public"."coach_listings" FROM "authenticated";

GRANT SELECT ("sessions_held") ON TABLE "public"."coach_listings" TO "authenticated";

REVOKE ALL ON TABLE "public"."coaches" FROM "anon";

REVOKE ALL ("applied_at") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("applied_at") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("approved_at") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("approved_at") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("bio") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("bio") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("cancellation_policy_id") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("cancellation_policy_id") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("display_name") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("display_name") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("headline") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("headline") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("id") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("id") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("languages") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("languages") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("slug") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("slug") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("specialties") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("specialties") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("states") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("states") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("status") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("status") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("time_zone") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("time_zone") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ("years_in_business") ON TABLE "public"."coaches" FROM "anon";

GRANT SELECT ("years_in_business") ON TABLE "public"."coaches" TO "anon";

REVOKE ALL ON TABLE "public"."coaches" FROM "authenticated";

REVOKE ALL ("applied_at") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("applied_at") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("approved_at") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("approved_at") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("bio") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("bio") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("cancellation_policy_id") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("cancellation_policy_id") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("display_name") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("display_name") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("headline") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("headline") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("languages") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("languages") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("slug") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("slug") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("specialties") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("specialties") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("states") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("states") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("time_zone") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("time_zone") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ("years_in_business") ON TABLE "public"."coaches" FROM "authenticated";

GRANT SELECT ("years_in_business") ON TABLE "public"."coaches" TO "authenticated";

REVOKE ALL ON TABLE "public"."conversation_reads" FROM "authenticated";

GRANT SELECT ON TABLE "public"."conversation_reads" TO "authenticated";

REVOKE ALL ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ON TABLE "public"."credentials" FROM "authenticated";

GRANT SELECT ON TABLE "public"."credentials" TO "authenticated";

REVOKE ALL ON TABLE "public"."languages" FROM "anon";

GRANT SELECT ON TABLE "public"."languages" TO "anon";

REVOKE ALL ON TABLE "public"."languages" FROM "authenticated";

GRANT SELECT ON TABLE "public"."languages" TO "authenticated";

REVOKE ALL ON TABLE "public"."meetings" FROM "authenticated";

REVOKE ALL ("booking_id") ON TABLE "public"."meetings" FROM "authenticated";

GRANT SELECT ("booking_id") ON TABLE "public"."meetings" TO "authenticated";

REVOKE ALL ("ended_at") ON TABLE "public"."meetings" FROM "authenticated";

GRANT SELECT ("ended_at") ON TABLE "public"."meetings" TO "authenticated";

REVOKE ALL ("ends_at") ON TABLE "public"."meetings" FROM "authenticated";

GRANT SELECT ("ends_at") ON TABLE "public"."meetings" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."meetings" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."meetings" TO "authenticated";

REVOKE ALL ("started_at") ON TABLE "public"."meetings" FROM "authenticated";

GRANT SELECT ("started_at") ON TABLE "public"."meetings" TO "authenticated";

REVOKE ALL ("starts_at") ON TABLE "public"."meetings" FROM "authenticated";

GRANT SELECT ("starts_at") ON TABLE "public"."meetings" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."meetings" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."meetings" TO "authenticated";

REVOKE ALL ON TABLE "public"."messages" FROM "authenticated";

GRANT SELECT ON TABLE "public"."messages" TO "authenticated";

REVOKE ALL ON TABLE "public"."notification_kinds" FROM "authenticated";

GRANT SELECT ON TABLE "public"."notification_kinds" TO "authenticated";

REVOKE ALL ON TABLE "public"."notifications" FROM "authenticated";

GRANT SELECT ON TABLE "public"."notifications" TO "authenticated";

REVOKE ALL ON TABLE "public"."offers" FROM "anon";

GRANT SELECT ON TABLE "public"."offers" TO "anon";

REVOKE ALL ON TABLE "public"."offers" FROM "authenticated";

GRANT SELECT ON TABLE "public"."offers" TO "authenticated";

REVOKE ALL ON TABLE "public"."orders" FROM "authenticated";

REVOKE ALL ("amount_cents") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("amount_cents") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("client_id") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("client_id") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("coach_id") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("coach_id") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("currency") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("currency") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("fee_cents") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("fee_cents") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("full_refund_minutes") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("full_refund_minutes") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("offer_id") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("offer_id") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("paid_at") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("paid_at") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("partial_refund_minutes") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("partial_refund_minutes") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("partial_refund_percent") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("partial_refund_percent") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ON TABLE "public"."payments" FROM "authenticated";

REVOKE ALL ("amount_cents") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("amount_cents") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ("currency") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("currency") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ("failure_code") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("failure_code") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ("order_id") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("order_id") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."payments" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."payments" TO "authenticated";

REVOKE ALL ON TABLE "public"."profile_contacts" FROM "authenticated";

GRANT SELECT ON TABLE "public"."profile_contacts" TO "authenticated";

REVOKE ALL ON TABLE "public"."profiles" FROM "authenticated";

REVOKE ALL ("company") ON TABLE "public"."profiles" FROM "authenticated";

GRANT SELECT ("company") ON TABLE "public"."profiles" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."profiles" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."profiles" TO "authenticated";

REVOKE ALL ("first_name") ON TABLE "public"."profiles" FROM "authenticated";

GRANT SELECT ("first_name") ON TABLE "public"."profiles" TO "authenticated";

REVOKE ALL ("home_state") ON TABLE "public"."profiles" FROM "authenticated";

GRANT SELECT ("home_state") ON TABLE "public"."profiles" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."profiles" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."profiles" TO "authenticated";

REVOKE ALL ("kind") ON TABLE "public"."profiles" FROM "authenticated";

GRANT SELECT ("kind") ON TABLE "public"."profiles" TO "authenticated";

REVOKE ALL ("last_name") ON TABLE "public"."profiles" FROM "authenticated";

GRANT SELECT ("last_name") ON TABLE "public"."profiles" TO "authenticated";

REVOKE ALL ("onboarded_at") ON TABLE "public"."profiles" FROM "authenticated";

GRANT SELECT ("onboarded_at") ON TABLE "public"."profiles" TO "authenticated";

REVOKE ALL ("time_zone") ON TABLE "public"."profiles" FROM "authenticated";

GRANT SELECT ("time_zone") ON TABLE "public"."profiles" TO "authenticated";

REVOKE ALL ON TABLE "public"."refunds" FROM "authenticated";

REVOKE ALL ("amount_cents") ON TABLE "public"."refunds" FROM "authenticated";

GRANT SELECT ("amount_cents") ON TABLE "public"."refunds" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."refunds" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."refunds" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."refunds" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."refunds" TO "authenticated";

REVOKE ALL ("order_id") ON TABLE "public"."refunds" FROM "authenticated";

GRANT SELECT ("order_id") ON TABLE "public"."refunds" TO "authenticated";

REVOKE ALL ("reason") ON TABLE "public"."refunds" FROM "authenticated";

GRANT SELECT ("reason") ON TABLE "public"."refunds" TO "authenticated";

REVOKE ALL ("settled_at") ON TABLE "public"."refunds" FROM "authenticated";

GRANT SELECT ("settled_at") ON TABLE "public"."refunds" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."refunds" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."refunds" TO "authenticated";

REVOKE ALL ON TABLE "public"."reviews" FROM "anon";

REVOKE ALL ("author_name") ON TABLE "public"."reviews" FROM "anon";

GRANT SELECT ("author_name") ON TABLE "public"."reviews" TO "anon";

REVOKE ALL ("body") ON TABLE "public"."reviews" FROM "anon";

GRANT SELECT ("body") ON TABLE "public"."reviews" TO "anon";

REVOKE ALL ("coach_id") ON TABLE "public"."reviews" FROM "anon";

GRANT SELECT ("coach_id") ON TABLE "public"."reviews" TO "anon";

REVOKE ALL ("created_at") ON TABLE "public"."reviews" FROM "anon";

GRANT SELECT ("created_at") ON TABLE "public"."reviews" TO "anon";

REVOKE ALL ("id") ON TABLE "public"."reviews" FROM "anon";

GRANT SELECT ("id") ON TABLE "public"."reviews" TO "anon";

REVOKE ALL ("rating") ON TABLE "public"."reviews" FROM "anon";

GRANT SELECT ("rating") ON TABLE "public"."reviews" TO "anon";

REVOKE ALL ON TABLE "public"."reviews" FROM "authenticated";

REVOKE ALL ("author_name") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("author_name") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ("body") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("body") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ("coach_id") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("coach_id") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ("rating") ON TABLE "public"."reviews" FROM "authenticated";

GRANT SELECT ("rating") ON TABLE "public"."reviews" TO "authenticated";

REVOKE ALL ON TABLE "public"."specialties" FROM "anon";

GRANT SELECT ON TABLE "public"."specialties" TO "anon";

REVOKE ALL ON TABLE "public"."specialties" FROM "authenticated";

GRANT SELECT ON TABLE "public"."specialties" TO "authenticated";

REVOKE ALL ON TABLE "public"."states" FROM "anon";

GRANT SELECT ON TABLE "public"."states" TO "anon";

REVOKE ALL ON TABLE "public"."states" FROM "authenticated";

GRANT SELECT ON TABLE "public"."states" TO "authenticated";

REVOKE ALL ON TABLE "public"."weekly_hours" FROM "authenticated";

GRANT SELECT ON TABLE "public"."weekly_hours" TO "authenticated";

ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" REVOKE ALL ON FUNCTIONS FROM PUBLIC;

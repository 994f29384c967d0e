SET local check_function_bodies = off;

ALTER TABLE "public"."offers"
  DROP CONSTRAINT "offers_seats_of_groups";

ALTER TABLE "public"."orders"
  DROP CONSTRAINT "orders_amounts";

ALTER TABLE "public"."orders"
  DROP CONSTRAINT "orders_sessions_cost_the_same";

ALTER TABLE "public"."refunds"
  DROP CONSTRAINT "refunds_booking_id_fkey";

CREATE SEQUENCE "public"."credit_entries_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

REVOKE ALL ON SEQUENCE "public"."credit_entries_id_seq" FROM "anon", "authenticated", "service_role";

CREATE TABLE "public"."credit_entries" (
  "id"         bigint NOT NULL DEFAULT nextval('public.credit_entries_id_seq'::regclass),
  "order_id"   uuid   NOT NULL,
  "booking_id" uuid,
  CONSTRAINT "credit_entries_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."credit_entries"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."credit_entries" FROM "anon", "service_role";

ALTER SEQUENCE "public"."credit_entries_id_seq" OWNED BY "public"."credit_entries"."id";

ALTER TABLE "public"."orders"
  ADD COLUMN "discount_cents" integer NOT NULL DEFAULT 0;

ALTER TABLE "private"."ledger_journals"
  ALTER COLUMN "order_id" DROP NOT NULL;

ALTER TYPE "private"."journal_kind" ADD VALUE 'release' AFTER 'refund_failed';

SET local check_function_bodies = off;

ALTER TYPE "private"."journal_kind" ADD VALUE 'release_adjusted' AFTER 'release';

SET local check_function_bodies = off;

ALTER TYPE "private"."journal_kind" ADD VALUE 'transfer' AFTER 'release_adjusted';

SET local check_function_bodies = off;

ALTER TYPE "private"."journal_kind" ADD VALUE 'transfer_reversed' AFTER 'transfer';

SET local check_function_bodies = off;

ALTER TYPE "private"."journal_kind" ADD VALUE 'stripe_fee' AFTER 'transfer_reversed';

SET local check_function_bodies = off;

ALTER TYPE "private"."journal_kind" ADD VALUE 'dispute' AFTER 'stripe_fee';

SET local check_function_bodies = off;

ALTER TYPE "private"."journal_kind" ADD VALUE 'dispute_won' AFTER 'dispute';

SET local check_function_bodies = off;

ALTER TYPE "private"."journal_kind" ADD VALUE 'dispute_lost' AFTER 'dispute_won';

SET local check_function_bodies = off;

ALTER TYPE "private"."journal_kind" ADD VALUE 'payout' AFTER 'dispute_lost';

SET local check_function_bodies = off;

ALTER TYPE "private"."journal_kind" ADD VALUE 'payout_failed' AFTER 'payout';

SET local check_function_bodies = off;

ALTER TYPE "private"."ledger_account" ADD VALUE 'bank' BEFORE 'client_money';

SET local check_function_bodies = off;

ALTER TYPE "private"."ledger_account" ADD VALUE 'coach_payable' AFTER 'client_money';

SET local check_function_bodies = off;

ALTER TYPE "private"."ledger_account" ADD VALUE 'platform_fees' AFTER 'coach_payable';

SET local check_function_bodies = off;

ALTER TYPE "private"."ledger_account" ADD VALUE 'platform_discounts' AFTER 'platform_fees';

SET local check_function_bodies = off;

ALTER TYPE "private"."ledger_account" ADD VALUE 'stripe_fees' AFTER 'platform_discounts';

SET local check_function_bodies = off;

ALTER TYPE "private"."ledger_account" ADD VALUE 'disputed_money' AFTER 'stripe_fees';

SET local check_function_bodies = off;

ALTER TYPE "private"."ledger_account" ADD VALUE 'tax_payable' AFTER 'disputed_money';

SET local check_function_bodies = off;

CREATE TYPE "public"."credit_kind" AS ENUM (
  'granted',
  'used',
  'returned',
  'ended'
);

ALTER TABLE "public"."credit_entries"
  ADD COLUMN "kind" public.credit_kind NOT NULL;

ALTER TABLE "public"."credit_entries"
  ADD COLUMN "sessions" integer NOT NULL;

ALTER TABLE "public"."credit_entries"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "public"."discount_bearer" AS ENUM (
  'platform',
  'coach'
);

ALTER TABLE "public"."orders"
  ADD COLUMN "discount_bearer" public.discount_bearer;

ALTER TABLE "public"."orders"
  ADD COLUMN "credits_end_at" timestamp(6) WITH time zone;

ALTER TYPE "public"."offer_kind" ADD VALUE 'package' AFTER 'group_session';

SET local check_function_bodies = off;

ALTER TYPE "public"."offer_kind" ADD VALUE 'membership' AFTER 'package';

SET local check_function_bodies = off;

ALTER TABLE "public"."credit_entries"
  ADD CONSTRAINT "credit_entries_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."credit_entries"
  ADD CONSTRAINT "credit_entries_kind_says_the_sign" CHECK (
CASE kind
    WHEN 'granted'::public.credit_kind THEN ((sessions > 0) AND (booking_id IS NULL))
    WHEN 'used'::public.credit_kind THEN ((sessions = '-1'::integer) AND (booking_id IS NOT NULL))
    WHEN 'returned'::public.credit_kind THEN ((sessions = 1) AND (booking_id IS NOT NULL))
    WHEN 'ended'::public.credit_kind THEN ((sessions < 0) AND (booking_id IS NULL))
    ELSE NULL::boolean
END);

ALTER TABLE "public"."credit_entries"
  ADD CONSTRAINT "credit_entries_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

SET local check_function_bodies = off;

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_seats_of_groups" CHECK (((seats IS NULL) = (kind <> 'group_session'::public.offer_kind)));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_amounts" CHECK (((amount_cents >= 0) AND ((fee_cents >= 0) AND (fee_cents <= (amount_cents +
CASE
    WHEN (discount_bearer = 'platform'::public.discount_bearer) THEN discount_cents
    ELSE 0
END)))));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_discount" CHECK (((discount_cents >= 0) AND ((discount_cents > 0) = (discount_bearer IS NOT NULL))));

ALTER TABLE "public"."orders"
  ADD CONSTRAINT "orders_sessions_cost_the_same"
    CHECK (((session_count >= 1) AND ((amount_cents % session_count) = 0) AND ((fee_cents % session_count) = 0) AND ((discount_cents % session_count) = 0)));

ALTER TABLE "public"."refunds"
  ADD CONSTRAINT "refunds_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE INDEX credit_entries_booking_id_idx ON public.credit_entries USING btree (booking_id);

CREATE UNIQUE INDEX credit_entries_one_per_booking_and_kind ON public.credit_entries USING btree (booking_id, kind)
  WHERE (booking_id IS NOT NULL);

CREATE UNIQUE INDEX credit_entries_one_per_order_and_kind ON public.credit_entries USING btree (order_id, kind)
  WHERE (booking_id IS NULL);

CREATE INDEX credit_entries_order_id_idx ON public.credit_entries USING btree (order_id);

CREATE POLICY "Client and coach can view the credits of their orders" ON "public"."credit_entries"
  FOR SELECT
  TO "authenticated"
  USING ((order_id IN ( SELECT orders.id
   FROM public.orders)));

COMMENT ON TABLE "public"."credit_entries" IS 'Sessions that an order gives to book with, and what became of them. The balance is the sum. Append only.';

REVOKE ALL ON TABLE "public"."credit_entries" FROM "authenticated";

GRANT SELECT ON TABLE "public"."credit_entries" TO "authenticated";

REVOKE ALL ("credits_end_at") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("credits_end_at") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("discount_bearer") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("discount_bearer") ON TABLE "public"."orders" TO "authenticated";

REVOKE ALL ("discount_cents") ON TABLE "public"."orders" FROM "authenticated";

GRANT SELECT ("discount_cents") ON TABLE "public"."orders" TO "authenticated";

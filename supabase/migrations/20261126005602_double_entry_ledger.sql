SET local check_function_bodies = off;

CREATE SEQUENCE "private"."ledger_entries_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE SEQUENCE "private"."ledger_journals_id_seq" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE TABLE "private"."ledger_entries" (
  "id"         bigint NOT NULL DEFAULT nextval('private.ledger_entries_id_seq'::regclass),
  "journal_id" bigint NOT NULL,
  CONSTRAINT "ledger_entries_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."ledger_entries"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."ledger_journals" (
  "id" bigint NOT NULL DEFAULT nextval('private.ledger_journals_id_seq'::regclass),
  CONSTRAINT "ledger_journals_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."ledger_journals"
  ENABLE ROW LEVEL SECURITY;

ALTER SEQUENCE "private"."ledger_entries_id_seq" OWNED BY "private"."ledger_entries"."id";

ALTER SEQUENCE "private"."ledger_journals_id_seq" OWNED BY "private"."ledger_journals"."id";

CREATE TYPE "private"."journal_kind" AS ENUM (
  'payment',
  'refund',
  'refund_failed'
);

ALTER TABLE "private"."ledger_journals"
  ADD COLUMN "kind" private.journal_kind NOT NULL;

ALTER TABLE "private"."ledger_journals"
  ADD COLUMN "source" text NOT NULL;

ALTER TABLE "private"."ledger_journals"
  ADD COLUMN "order_id" uuid NOT NULL;

ALTER TABLE "private"."ledger_journals"
  ADD COLUMN "created_at" timestamp(6) WITH time zone NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TYPE "private"."ledger_account" AS ENUM (
  'stripe_balance',
  'client_money'
);

ALTER TABLE "private"."ledger_entries"
  ADD COLUMN "account" private.ledger_account NOT NULL;

ALTER TABLE "private"."ledger_entries"
  ADD COLUMN "amount_cents" integer NOT NULL;

CREATE OR REPLACE FUNCTION private.post_journal (
  kind     private.journal_kind,
  source   text,
  order_id uuid,
  amounts  jsonb
)
  RETURNS void
  LANGUAGE sql
  SET search_path TO ''
  AS $function$
  with journal as (
    insert into private.ledger_journals (kind, source, order_id)
    values (post_journal.kind, post_journal.source, post_journal.order_id)
    on conflict (source) do nothing
    returning ledger_journals.id
  )
  insert into private.ledger_entries (journal_id, account, amount_cents)
  select journal.id, account::private.ledger_account, amount::integer
  from journal
  cross join jsonb_each_text(post_journal.amounts) as entry (account, amount);
$function$;

CREATE OR REPLACE FUNCTION private.tg_ledger__never_change()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  raise exception 'The ledger is never changed: write another journal.' using errcode = 'LGFIX';
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_ledger_entries__sum_to_zero()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
declare
  v_sum bigint := (
    select sum(ledger_entries.amount_cents) from private.ledger_entries where ledger_entries.journal_id = new.journal_id
  );
begin
  if v_sum <> 0 then
    raise exception 'Journal % is off by % cents.', new.journal_id, v_sum using errcode = 'LGSUM';
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_ledger_journals__have_entries()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  if not exists (select from private.ledger_entries where ledger_entries.journal_id = new.id) then
    raise exception 'Journal % has no entries.', new.id using errcode = 'LGSUM';
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_payments__post_journal()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
begin
  perform private.post_journal(
    'payment', 'payment:' || new.id, new.order_id,
    jsonb_build_object('stripe_balance', new.amount_cents, 'client_money', -new.amount_cents)
  );
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_refunds__post_journal()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
declare
  v_source text := 'refund:' || new.id;
begin
  if new.status = 'succeeded' then
    perform private.post_journal(
      'refund', v_source, new.order_id,
      jsonb_build_object('stripe_balance', -new.amount_cents, 'client_money', new.amount_cents)
    );
  elsif exists (select from private.ledger_journals where ledger_journals.source = v_source) then
    perform private.post_journal(
      'refund_failed', 'refund_failed:' || new.id, new.order_id,
      jsonb_build_object('stripe_balance', new.amount_cents, 'client_money', -new.amount_cents)
    );
  end if;
  return null;
end;
$function$;

ALTER TABLE "private"."ledger_entries"
  ADD CONSTRAINT "ledger_entries_amount" CHECK ((amount_cents <> 0));

ALTER TABLE "private"."ledger_journals"
  ADD CONSTRAINT "ledger_journals_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."ledger_entries"
  ADD CONSTRAINT "ledger_entries_journal_id_fkey" FOREIGN KEY (journal_id) REFERENCES private.ledger_journals(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE VIEW "admin"."money_mismatch" WITH (security_invoker=true) AS  WITH told AS (
         SELECT orders.id AS order_id,
            COALESCE(( SELECT sum(payments.amount_cents) AS sum
                   FROM public.payments
                  WHERE ((payments.order_id = orders.id) AND (payments.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])))), (0)::bigint) AS paid_cents,
            COALESCE(( SELECT sum(refunds.amount_cents) AS sum
                   FROM public.refunds
                  WHERE ((refunds.order_id = orders.id) AND (refunds.status = 'succeeded'::public.refund_status))), (0)::bigint) AS returned_cents
           FROM public.orders
        ), kept AS (
         SELECT ledger_journals.order_id,
            sum(ledger_entries.amount_cents) AS balance_cents
           FROM (private.ledger_journals
             JOIN private.ledger_entries ON ((ledger_entries.journal_id = ledger_journals.id)))
          WHERE (ledger_entries.account = 'stripe_balance'::private.ledger_account)
          GROUP BY ledger_journals.order_id
        )
 SELECT told.order_id,
    told.paid_cents,
    told.returned_cents,
    COALESCE(kept.balance_cents, (0)::bigint) AS balance_cents
   FROM (told
     LEFT JOIN kept USING (order_id))
  WHERE ((COALESCE(kept.balance_cents, (0)::bigint) <> (told.paid_cents - told.returned_cents)) OR (told.returned_cents > told.paid_cents));

CREATE INDEX ledger_entries_account_idx ON private.ledger_entries USING btree (account);

CREATE INDEX ledger_entries_journal_id_idx ON private.ledger_entries USING btree (journal_id);

CREATE UNIQUE INDEX ledger_journals_one_per_source ON private.ledger_journals USING btree (source);

CREATE INDEX ledger_journals_order_id_idx ON private.ledger_journals USING btree (order_id);

CREATE TRIGGER ledger_entries__never_change
  BEFORE DELETE OR UPDATE OR TRUNCATE ON private.ledger_entries
  FOR EACH STATEMENT
  EXECUTE FUNCTION private.tg_ledger__never_change();

CREATE CONSTRAINT TRIGGER ledger_entries__sum_to_zero
  AFTER INSERT ON private.ledger_entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_ledger_entries__sum_to_zero();

CREATE CONSTRAINT TRIGGER ledger_journals__have_entries
  AFTER INSERT ON private.ledger_journals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW
  EXECUTE FUNCTION private.tg_ledger_journals__have_entries();

CREATE TRIGGER ledger_journals__never_change
  BEFORE DELETE OR UPDATE OR TRUNCATE ON private.ledger_journals
  FOR EACH STATEMENT
  EXECUTE FUNCTION private.tg_ledger__never_change();

CREATE TRIGGER payments__post_journal
  AFTER INSERT OR UPDATE OF status ON public.payments
  FOR EACH ROW
  WHEN ((new.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])))
  EXECUTE FUNCTION private.tg_payments__post_journal();

CREATE TRIGGER refunds__post_journal
  AFTER INSERT OR UPDATE OF status ON public.refunds
  FOR EACH ROW
  WHEN ((new.status = ANY (ARRAY['succeeded'::public.refund_status, 'failed'::public.refund_status])))
  EXECUTE FUNCTION private.tg_refunds__post_journal();

CREATE POLICY "Nobody reads the entries of the ledger over the API" ON "private"."ledger_entries"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Nobody reads the ledger over the API" ON "private"."ledger_journals"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."ledger_entries" IS 'What each step put into an account or took out of it, in cents. A balance is a sum of these. Append only.';

COMMENT ON TABLE "private"."ledger_journals" IS 'Every step of money: what it was and what caused it. Its entries sum to zero. Append only.';

COMMENT ON VIEW "admin"."money_mismatch" IS 'What does not add up: orders whose ledger differs from their payments and refunds. Must be empty.';

REVOKE ALL ON FUNCTION "private"."post_journal"(private.journal_kind, text, uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."post_journal"(private.journal_kind, text, uuid, jsonb) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."post_journal"(private.journal_kind, text, uuid, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_ledger__never_change"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_ledger__never_change"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_ledger__never_change"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_ledger_entries__sum_to_zero"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_ledger_entries__sum_to_zero"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_ledger_entries__sum_to_zero"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_ledger_journals__have_entries"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_ledger_journals__have_entries"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_ledger_journals__have_entries"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_payments__post_journal"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_payments__post_journal"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_payments__post_journal"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_refunds__post_journal"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_refunds__post_journal"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_refunds__post_journal"() TO "postgres";

SET local check_function_bodies = off;

DROP TRIGGER "payments__read_charge" ON "public"."payments";

CREATE TRIGGER payments__read_charge
  AFTER INSERT OR UPDATE OF status ON public.payments
  FOR EACH ROW
  WHEN (((new.status = ANY (ARRAY['succeeded'::public.payment_status, 'surplus'::public.payment_status])) AND (new.fee_cents IS NULL)))
  EXECUTE FUNCTION private.tg_payments__read_charge();

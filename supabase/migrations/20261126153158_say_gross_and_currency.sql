SET local check_function_bodies = off;

DROP FUNCTION "public"."billing_list"(integer, integer);

CREATE OR REPLACE FUNCTION private.transfer_work (
  transfer_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'transfer_id', transfers.id,
    'earning_id', transfers.earning_id,
    'order_id', earnings.order_id,
    'amount_cents', transfers.amount_cents,
    'currency', orders.currency,
    'stripe_account_id', payout_accounts.stripe_account_id,
    'charge_id', payments.stripe_charge_id,
    'payment_intent_id', payments.stripe_payment_intent_id
  )
  from public.transfers
  join public.earnings on earnings.id = transfers.earning_id
  join public.orders on orders.id = earnings.order_id
  join public.payout_accounts on payout_accounts.coach_id = transfers.coach_id
  left join public.payments on payments.id = transfers.payment_id
  where transfers.id = transfer_work.transfer_id
    and transfers.status = 'requested';
$function$;

CREATE OR REPLACE FUNCTION public.billing_list (
  page_size   integer DEFAULT 20,
  page_number integer DEFAULT 1
)
  RETURNS TABLE (
    payment_id       uuid,
    created_at       timestamp with time zone,
    status           public.payment_status,
    gross_cents      integer,
    tax_cents        integer,
    returned_cents   integer,
    returning_cents  integer,
    failure_code     text,
    receipt_url      text,
    invoice_number   text,
    invoice_url      text,
    invoice_pdf_url  text,
    offer_title      text,
    offer_kind       public.offer_kind,
    coach_name       text,
    session_count    integer,
    first_booking_id uuid,
    starts_at        timestamp with time zone,
    membership_id    uuid,
    period_starts_at timestamp with time zone,
    period_ends_at   timestamp with time zone,
    is_no_show_fee   boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select payments.id, payments.created_at, payments.status, payments.amount_cents + payments.tax_cents, payments.tax_cents,
    returned.done_cents, returned.asked_cents,
    payments.failure_code, payments.receipt_url, payments.invoice_number, payments.invoice_url, payments.invoice_pdf_url,
    offers.title, offers.kind, coaches.display_name, orders.session_count,
    coalesce(missed.id, first.id), coalesce(missed.starts_at, first.starts_at),
    orders.membership_id, orders.period_starts_at, orders.period_ends_at, missed.id is not null
  from public.payments
  join public.orders on orders.id = payments.order_id
  join public.offers on offers.id = orders.offer_id
  join public.coaches on coaches.id = orders.coach_id
  left join public.bookings as first on first.order_id = orders.id and first.position = 1
  left join public.bookings as missed on missed.id = private.missed_booking_id(orders.id)
  cross join lateral (
    select coalesce(sum(refunds.amount_cents + refunds.tax_cents) filter (where refunds.status = 'succeeded'), 0)::integer as done_cents,
      coalesce(sum(refunds.amount_cents + refunds.tax_cents) filter (where refunds.status = 'requested'), 0)::integer as asked_cents
    from public.refunds
    where refunds.payment_id = payments.id
  ) as returned
  where orders.client_id = private.current_profile_id()
  order by payments.created_at desc, payments.id
  limit least(billing_list.page_size, 100)
  offset (greatest(billing_list.page_number, 1) - 1) * least(billing_list.page_size, 100);
$function$;

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM PUBLIC, "anon", "service_role";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."billing_list"(integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."billing_list"(integer, integer) TO "postgres";

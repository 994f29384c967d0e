SET local check_function_bodies = off;

CREATE OR REPLACE FUNCTION private.credit_worth_cents (
  booking public.bookings
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when orders.membership_id is null then
      private.session_cents(credit_worth_cents.booking) - private.session_returned_cents(credit_worth_cents.booking)
    else least(
      round(orders.amount_cents::numeric / (
        select sum(credit_entries.sessions) from public.credit_entries
        where credit_entries.order_id = orders.id and credit_entries.kind = 'granted'
      )) - (
        select coalesce(sum(refunds.amount_cents), 0) from public.refunds
        where refunds.booking_id = (credit_worth_cents.booking).id and refunds.status <> 'failed'
      ),
      orders.amount_cents - private.returned_cents(orders.id)
    )::integer
  end
  from public.orders
  where orders.id = (credit_worth_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.give_back_credit (
  booking public.bookings,
  reason  public.refund_reason
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
begin
  if private.can_return_credit(give_back_credit.booking) then
    insert into public.credit_entries (order_id, booking_id, kind, sessions)
    values ((give_back_credit.booking).order_id, (give_back_credit.booking).id, 'returned', 1);
  elsif private.uses_credit(give_back_credit.booking) then
    perform private.request_refund(
      give_back_credit.booking, private.credit_worth_cents(give_back_credit.booking), give_back_credit.reason
    );
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "private"."credit_worth_cents"(public.bookings) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."credit_worth_cents"(public.bookings) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."credit_worth_cents"(public.bookings) TO "postgres";

SET local check_function_bodies = off;

DROP INDEX "public"."refunds_one_per_payment_session_and_reason";

CREATE TABLE "private"."refund_replacements" (
  "failed_id"    uuid    NOT NULL,
  "refund_id"    uuid    NOT NULL,
  "amount_cents" integer NOT NULL,
  "tax_cents"    integer NOT NULL,
  CONSTRAINT "refund_replacements_amount" CHECK (((amount_cents >= 0) AND (tax_cents >= 0) AND ((amount_cents + tax_cents) > 0))),
  CONSTRAINT "refund_replacements_pkey" PRIMARY KEY (failed_id, refund_id)
);

ALTER TABLE "private"."refund_replacements"
  ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."refunds"
  ADD COLUMN "rest_of_id" uuid;

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
        select coalesce(sum(private.given_back_cents(refunds)), 0) from public.refunds
        where refunds.booking_id = (credit_worth_cents.booking).id
      ),
      orders.amount_cents - private.returned_cents(orders.id)
    )::integer
  end
  from public.orders
  where orders.id = (credit_worth_cents.booking).order_id;
$function$;

CREATE OR REPLACE FUNCTION private.given_back_cents (
  refund public.refunds
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (given_back_cents.refund).status = 'failed' then (
      select replaced.price_cents from private.replaced_of_refund((given_back_cents.refund).id) as replaced
    )
    else (given_back_cents.refund).amount_cents
  end;
$function$;

CREATE OR REPLACE FUNCTION private.is_not_followed_up (
  refund public.refunds
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (is_not_followed_up.refund).status = 'failed'
    and (is_not_followed_up.refund).stripe_refund_id is not null
    and (is_not_followed_up.refund).followed_up_at is null;
$function$;

CREATE OR REPLACE FUNCTION private.is_to_follow_up (
  refund public.refunds
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select private.is_not_followed_up(is_to_follow_up.refund)
    and exists (
      select from private.lacking_of_refund(is_to_follow_up.refund) as lacking
      where lacking.price_cents + lacking.tax_cents > 0
    );
$function$;

CREATE OR REPLACE FUNCTION private.lacking_of_refund (
  refund public.refunds
)
  RETURNS TABLE (
    price_cents integer,
    tax_cents   integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select least(unreplaced.price_cents, gone.left_price_cents), least(unreplaced.tax_cents, gone.left_tax_cents)
  from public.payments
  cross join lateral private.gone_of_payment(payments) as gone
  cross join lateral private.unreplaced_of_refund(lacking_of_refund.refund) as unreplaced
  where payments.id = (lacking_of_refund.refund).payment_id;
$function$;

CREATE OR REPLACE FUNCTION private.limit_refund (
  refund         public.refunds,
  left_cents     integer,
  left_tax_cents integer
)
  RETURNS public.refunds
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_before public.refunds := limit_refund.refund;
  v_refund public.refunds;
  v_cents integer := least(v_before.amount_cents, limit_refund.left_cents);
  v_tax_cents integer := least(v_before.tax_cents, limit_refund.left_tax_cents);
begin
  if v_cents + v_tax_cents = 0 then
    update public.refunds
    set status = 'failed', settled_at = coalesce(settled_at, now())
    where refunds.id = v_before.id
    returning * into v_refund;
    return v_refund;
  end if;

  update public.refunds
  set status = 'requested', settled_at = null, amount_cents = v_cents, tax_cents = v_tax_cents
  where refunds.id = v_before.id
  returning * into v_refund;

  insert into public.refunds (
    order_id, payment_id, booking_id, amount_cents, tax_cents, reason, status, created_at, settled_at, rest_of_id
  )
  select v_refund.order_id, v_refund.payment_id, v_refund.booking_id, v_before.amount_cents - v_cents,
    v_before.tax_cents - v_tax_cents, v_refund.reason, 'failed', v_refund.created_at, now(), v_refund.id
  where v_before.amount_cents + v_before.tax_cents > v_cents + v_tax_cents;
  return v_refund;
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
  v_refund public.refunds;
  v_payment public.payments;
  v_gross_cents integer := (record_stripe_refund.stripe_refund ->> 'amount')::integer;
  v_tax_cents integer;
begin
  select * into v_refund
  from public.refunds
  where refunds.stripe_refund_id = record_stripe_refund.stripe_refund ->> 'id'
    or refunds.id = private.uuid_or_null(record_stripe_refund.stripe_refund -> 'metadata' ->> 'refund_id');

  if not found then
    select * into v_payment
    from public.payments
    where payments.stripe_payment_intent_id = record_stripe_refund.stripe_refund ->> 'payment_intent';

    if not found and private.is_taken_in(record_stripe_refund.stripe_refund ->> 'charge') then
      return;
    elsif not found then
      raise exception 'The payment of this refund is not known yet.' using errcode = 'ORLTR';
    elsif private.is_let_go(v_payment, record_stripe_refund.stripe_refund -> 'balance_transaction') then
      return;
    end if;

    -- Two refunds of one payment would each count without the other.
    perform from public.orders where orders.id = v_payment.order_id for update;
    v_tax_cents := private.tax_of_gross(v_payment, v_gross_cents);

    insert into public.refunds (order_id, payment_id, amount_cents, tax_cents, reason, stripe_refund_id)
    values (
      v_payment.order_id, v_payment.id, v_gross_cents - v_tax_cents, v_tax_cents,
      'made_in_stripe', record_stripe_refund.stripe_refund ->> 'id'
    )
    on conflict (stripe_refund_id) do nothing
    returning refunds.* into v_refund;

    if found then
      perform private.replace_failed_refunds(v_refund);
    else -- Another webhook of it came first.
      select * into v_refund
      from public.refunds
      where refunds.stripe_refund_id = record_stripe_refund.stripe_refund ->> 'id';
    end if;
  end if;

  perform private.record_refund(v_refund.id, record_stripe_refund.stripe_refund);
end;
$function$;

CREATE OR REPLACE FUNCTION private.refund_work (
  refund_id uuid
)
  RETURNS jsonb
  LANGUAGE plpgsql
  STABLE
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_payment public.payments;
begin
  select payments.* into v_payment
  from public.refunds
  join public.payments on payments.id = refunds.payment_id
  where refunds.id = refund_work.refund_id;

  if v_payment.status = 'authorized' then
    raise exception 'The payment of this refund is not captured yet.' using errcode = 'ORLTR';
  end if;

  return (
    select jsonb_build_object(
      'refund_id', refunds.id,
      'order_id', refunds.order_id,
      'payment_intent_id', v_payment.stripe_payment_intent_id,
      'gross_cents', refunds.amount_cents + refunds.tax_cents,
      'is_decided', exists (select from public.disputes where disputes.payment_id = v_payment.id and not private.is_open(disputes.status)),
      'lost_cents', (
        select coalesce(sum(disputes.lost_cents + disputes.lost_tax_cents), 0)
        from public.disputes
        where disputes.payment_id = v_payment.id
      )
    )
    from public.refunds
    where refunds.id = refund_work.refund_id
      and refunds.status = 'requested'
      and refunds.stripe_refund_id is null
      and not private.is_taken_back(v_payment.id)
  );
end;
$function$;

CREATE OR REPLACE FUNCTION private.replace_failed_refunds (
  refund public.refunds
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_id uuid := (replace_failed_refunds.refund).id;
  v_rest_cents integer := (replace_failed_refunds.refund).amount_cents + (replace_failed_refunds.refund).tax_cents;
  v_gone record;
  v_failed record;
  v_price_cents integer;
  v_tax_cents integer;
  v_of_tax_cents integer := 0;
begin
  select gone.left_price_cents, gone.left_tax_cents into v_gone
  from public.payments
  cross join lateral private.gone_of_payment(payments, v_refund_id) as gone
  where payments.id = (replace_failed_refunds.refund).payment_id;

  for v_failed in
    select failed.id, lacked.price_cents, lacked.tax_cents
    from public.refunds as failed
    cross join lateral private.unreplaced_of_refund(failed) as lacked
    where failed.payment_id = (replace_failed_refunds.refund).payment_id and private.is_not_followed_up(failed)
    order by lacked.price_cents + lacked.tax_cents = v_rest_cents desc, failed.settled_at, failed.id
  loop
    v_price_cents := least(v_failed.price_cents, v_gone.left_price_cents);
    v_tax_cents := least(v_failed.tax_cents, v_gone.left_tax_cents);
    continue when least(v_price_cents + v_tax_cents, v_rest_cents) <= 0;

    if v_rest_cents < v_price_cents + v_tax_cents then
      v_tax_cents := round(v_tax_cents::numeric * v_rest_cents / (v_price_cents + v_tax_cents));
      v_price_cents := v_rest_cents - v_tax_cents;
    end if;

    insert into private.refund_replacements (failed_id, refund_id, amount_cents, tax_cents)
    values (v_failed.id, v_refund_id, v_price_cents, v_tax_cents);
    v_gone.left_price_cents := v_gone.left_price_cents - v_price_cents;
    v_gone.left_tax_cents := v_gone.left_tax_cents - v_tax_cents;
    v_rest_cents := v_rest_cents - v_price_cents - v_tax_cents;
    v_of_tax_cents := v_of_tax_cents + v_tax_cents;
  end loop;

  v_of_tax_cents := v_of_tax_cents
    + least(v_rest_cents, greatest(0, (replace_failed_refunds.refund).tax_cents - v_of_tax_cents));
  update public.refunds
  set tax_cents = v_of_tax_cents, amount_cents = refunds.amount_cents + refunds.tax_cents - v_of_tax_cents
  where refunds.id = v_refund_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.replaced_of_refund (
  failed_id uuid
)
  RETURNS TABLE (
    price_cents integer,
    tax_cents   integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(sum(refund_replacements.amount_cents), 0)::integer,
    coalesce(sum(refund_replacements.tax_cents), 0)::integer
  from private.refund_replacements
  join public.refunds on refunds.id = refund_replacements.refund_id and refunds.status <> 'failed'
  where refund_replacements.failed_id = replaced_of_refund.failed_id;
$function$;

CREATE OR REPLACE FUNCTION private.return_payment (
  payment      public.payments,
  amount_cents integer,
  reason       public.refund_reason,
  booking_id   uuid                 DEFAULT NULL::uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund_id uuid;
begin
  -- Two refunds of one payment would each count without the other.
  perform from public.orders where orders.id = (return_payment.payment).order_id for update;

  insert into public.refunds (order_id, payment_id, booking_id, amount_cents, tax_cents, reason)
  values (
    (return_payment.payment).order_id, (return_payment.payment).id, return_payment.booking_id,
    return_payment.amount_cents, private.tax_of_price(return_payment.payment, return_payment.amount_cents),
    return_payment.reason
  )
  on conflict (payment_id, booking_id, reason) where reason <> 'made_in_stripe' and followed_up_at is null and rest_of_id is null do nothing
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

CREATE OR REPLACE FUNCTION private.session_returned_cents (
  booking public.bookings
)
  RETURNS integer
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  with sessions as (
    select siblings.id, siblings.position, own.cents as own_cents,
      -- What comes back of a membership's session is of its period's price: the session cost nothing by itself.
      greatest(0, private.session_cents(siblings) - own.cents) as left_cents
    from public.bookings as siblings
    cross join lateral (
      select coalesce(sum(private.given_back_cents(refunds)), 0) as cents
      from public.refunds
      where refunds.booking_id = siblings.id
    ) as own
    where siblings.order_id = (session_returned_cents.booking).order_id
    union all
    select null, 0, unused.own_cents, unused.cents - unused.own_cents
    from private.unused_cents((session_returned_cents.booking).order_id) as unused
  ),
  shared as (
    select sessions.id, sessions.own_cents, sessions.left_cents,
      sum(sessions.left_cents) over (order by sessions.position) as up_to_here,
      nullif(sum(sessions.left_cents) over (), 0) as of_all,
      private.returned_cents((session_returned_cents.booking).order_id) - sum(sessions.own_cents) over () as cents
    from sessions
  )
  select (
    shared.own_cents
      + coalesce(floor(shared.cents * shared.up_to_here / shared.of_all), 0)
      - coalesce(floor(shared.cents * (shared.up_to_here - shared.left_cents) / shared.of_all), 0)
  )::integer
  from shared
  where shared.id = (session_returned_cents.booking).id;
$function$;

CREATE OR REPLACE FUNCTION private.settle_refunds_of_dispute (
  dispute public.disputes
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_refund public.refunds;
  v_left_cents integer;
  v_left_tax_cents integer;
begin
  if private.is_open((settle_refunds_of_dispute.dispute).status) then
    return;
  end if;

  select greatest(0, gone.left_price_cents - elsewhere.price_cents), greatest(0, gone.left_tax_cents - elsewhere.tax_cents)
  into v_left_cents, v_left_tax_cents
  from public.payments
  cross join lateral private.gone_of_payment(payments, is_asked => true) as gone
  cross join lateral (
    select coalesce(sum(refunds.amount_cents), 0) as price_cents, coalesce(sum(refunds.tax_cents), 0) as tax_cents
    from public.refunds
    where refunds.payment_id = payments.id and refunds.is_elsewhere
  ) as elsewhere
  where payments.id = (settle_refunds_of_dispute.dispute).payment_id;

  for v_refund in
    select * from public.refunds
    where refunds.payment_id = (settle_refunds_of_dispute.dispute).payment_id
      and (refunds.status = 'requested' or refunds.status = 'failed' and (settle_refunds_of_dispute.dispute).status = 'won')
      and refunds.stripe_refund_id is null
    order by refunds.created_at, refunds.id
    for update
  loop
    v_refund := private.limit_refund(v_refund, v_left_cents, v_left_tax_cents);
    continue when v_refund.status = 'failed';

    v_left_cents := v_left_cents - v_refund.amount_cents;
    v_left_tax_cents := v_left_tax_cents - v_refund.tax_cents;
    -- It was asked for before, perhaps weeks ago: it is looked for first.
    perform private.ask_again('stripe.refund', v_refund.id, jsonb_build_object('refund_id', v_refund.id));
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.unreplaced_of_refund (
  refund public.refunds
)
  RETURNS TABLE (
    price_cents integer,
    tax_cents   integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select (unreplaced_of_refund.refund).amount_cents - replaced.price_cents - lacked_there.price_cents,
    (unreplaced_of_refund.refund).tax_cents - replaced.tax_cents - lacked_there.tax_cents
  from private.replaced_of_refund((unreplaced_of_refund.refund).id) as replaced
  cross join (
    select coalesce(sum(refund_replacements.amount_cents), 0)::integer as price_cents,
      coalesce(sum(refund_replacements.tax_cents), 0)::integer as tax_cents
    from private.refund_replacements
    join public.refunds as failed on failed.id = refund_replacements.failed_id
    where refund_replacements.refund_id = (unreplaced_of_refund.refund).id and failed.followed_up_at is null
  ) as lacked_there;
$function$;

CREATE OR REPLACE FUNCTION private.unused_cents (
  order_id uuid
)
  RETURNS TABLE (
    cents     integer,
    own_cents integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select orders.amount_cents - coalesce((
      select sum(private.session_cents(bookings))::integer from public.bookings where bookings.order_id = orders.id
    ), 0),
    coalesce((
      select sum(private.given_back_cents(refunds))::integer from public.refunds
      where refunds.order_id = orders.id and refunds.reason = 'credits_ended'
    ), 0)
  from public.orders
  where orders.id = unused_cents.order_id;
$function$;

CREATE OR REPLACE FUNCTION public.session_refunds (
  booking_id uuid
)
  RETURNS TABLE (
    id           uuid,
    amount_cents integer,
    tax_cents    integer,
    status       public.refund_status,
    settled_at   timestamp with time zone,
    is_elsewhere boolean
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select refunds.id, shown.price_cents, case party.actor when 'client' then shown.tax_cents else 0 end,
    refunds.status, refunds.settled_at, refunds.is_elsewhere
  from public.bookings
  cross join lateral (select private.booking_party(bookings) as actor) as party
  join public.refunds
    on refunds.order_id = bookings.order_id and coalesce(refunds.booking_id, bookings.id) = bookings.id
  cross join lateral (
    select refunds.amount_cents, refunds.tax_cents where refunds.status <> 'failed'
    union all
    select lacking.price_cents, lacking.tax_cents
    from private.lacking_of_refund(refunds) as lacking
    where private.is_to_follow_up(refunds)
  ) as shown (price_cents, tax_cents)
  where bookings.id = session_refunds.booking_id
    and party.actor is not null
  order by refunds.created_at, refunds.id;
$function$;

ALTER TABLE "private"."refund_replacements"
  ADD CONSTRAINT "refund_replacements_failed_id_fkey" FOREIGN KEY (failed_id) REFERENCES public.refunds(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."refund_replacements"
  ADD CONSTRAINT "refund_replacements_refund_id_fkey" FOREIGN KEY (refund_id) REFERENCES public.refunds(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."refunds"
  ADD CONSTRAINT "refunds_rest_of_id_fkey" FOREIGN KEY (rest_of_id) REFERENCES public.refunds(id) ON UPDATE CASCADE ON DELETE RESTRICT;

CREATE INDEX refund_replacements_refund_id_idx ON private.refund_replacements USING btree (refund_id);

CREATE UNIQUE INDEX refunds_one_per_payment_session_and_reason ON public.refunds USING btree (payment_id, booking_id, reason) NULLS NOT DISTINCT
  WHERE ((reason <> 'made_in_stripe'::public.refund_reason) AND (followed_up_at IS NULL) AND (rest_of_id IS NULL));

CREATE INDEX refunds_rest_of_id_idx ON public.refunds USING btree (rest_of_id);

CREATE POLICY "Nobody reads replacements of refunds over the API" ON "private"."refund_replacements"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

COMMENT ON TABLE "private"."refund_replacements" IS 'What of a refund that failed was given back in Stripe''s dashboard in its place.';

REVOKE ALL ON FUNCTION "private"."given_back_cents"(public.refunds) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."given_back_cents"(public.refunds) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."given_back_cents"(public.refunds) TO "postgres";

REVOKE ALL ON FUNCTION "private"."is_not_followed_up"(public.refunds) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_not_followed_up"(public.refunds) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_not_followed_up"(public.refunds) TO "postgres";

REVOKE ALL ON FUNCTION "private"."limit_refund"(public.refunds, integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."limit_refund"(public.refunds, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."limit_refund"(public.refunds, integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."replace_failed_refunds"(public.refunds) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."replace_failed_refunds"(public.refunds) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."replace_failed_refunds"(public.refunds) TO "postgres";

REVOKE ALL ON FUNCTION "private"."replaced_of_refund"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."replaced_of_refund"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."replaced_of_refund"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."unreplaced_of_refund"(public.refunds) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."unreplaced_of_refund"(public.refunds) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."unreplaced_of_refund"(public.refunds) TO "postgres";

/*
 * A client buys a package in parts: a plan, and an order for each part, all of them now, so that the dates
 * are known before anybody pays. The first waits for its payment as buy_package's does. `words_sha256`
 * says what they agreed to: it is written down with the words themselves, or refused when those have
 * changed meanwhile. A coupon is used once and takes the same off each session. Returns the first
 * order's id.
 *
 * Raises: UPSGN, UPONB, OFGON (no package, off sale, not in parts, or its coach is closed), OBOWN, OKMNY,
 * QPAGR (not agreed), QPTRM (the words have changed); with a coupon what apply_coupon raises.
 * Security definer: nobody may insert plans or orders.
 */
create function public.buy_in_instalments(offer_id uuid, words_sha256 text, coupon text default '')
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers := private.require_open_offer(buy_in_instalments.offer_id, v_client.id);
  v_terms record;
  v_order_id uuid;
begin
  if v_offer.instalments is null then
    raise exception 'This package is no longer sold in parts.' using errcode = 'OFGON';
  end if;
  if coalesce(buy_in_instalments.words_sha256, '') = '' then
    raise exception 'Tick the box to agree to the payments.' using errcode = 'QPAGR';
  end if;

  select * into v_terms from private.instalment_terms(v_offer, v_client.time_zone);
  if encode(sha256(convert_to(v_terms.words, 'UTF8')), 'hex') <> buy_in_instalments.words_sha256 then
    raise exception 'What you agree to has changed. Read it again.' using errcode = 'QPTRM';
  end if;

  v_order_id := private.waiting_package(v_offer, v_client.id, buy_in_instalments.coupon, true);
  if v_order_id is not null then
    return v_order_id;
  end if;

  v_order_id := private.create_plan(v_offer, v_client, v_terms.version, v_terms.words);
  perform private.apply_coupon(v_order_id, buy_in_instalments.coupon);
  return v_order_id;
end;
$$;

grant execute on function public.buy_in_instalments(uuid, text, text) to authenticated;

/* Writes a plan and its orders: each for its part of the sessions (instalment_schedule). Returns the first order's id. */
create function private.create_plan(offer public.offers, client public.profiles, version integer, words text)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_part public.offers := create_plan.offer;
  v_plan_id uuid;
  v_instalment record;
  v_order_id uuid;
begin
  insert into public.payment_plans (client_id, coach_id, offer_id, instalments, version, words, words_sha256)
  values (
    (create_plan.client).id, v_part.coach_id, v_part.id, v_part.instalments, create_plan.version, create_plan.words,
    encode(sha256(convert_to(create_plan.words, 'UTF8')), 'hex')
  )
  returning payment_plans.id into v_plan_id;

  for v_instalment in
    select * from private.instalment_schedule(create_plan.offer, (create_plan.client).time_zone) order by plan_position
  loop
    v_part.session_count := v_instalment.session_count;
    v_part.price_cents := v_instalment.amount_cents;
    v_order_id := private.create_order(v_part, (create_plan.client).id);
    update public.orders
    set plan_id = v_plan_id, plan_position = v_instalment.plan_position, due_at = v_instalment.due_at
    where orders.id = v_order_id;
  end loop;

  return (select orders.id from public.orders where orders.plan_id = v_plan_id and orders.plan_position = 1);
end;
$$;

/*
 * A coach makes a coupon, for what they sell and at their cost. Takes a percent or an amount in cents;
 * the amount is of an order, whatever number of sessions it has. `ends_on` is its last day in their
 * zone. Returns its id. At most 50 at a time.
 *
 * Raises: UPSGN, UPONB, OCNON, OCSUS, QCCOD, QCDUP, QCOFF, QCDAY, QCNUM, QCMNY.
 * Security definer: nobody may write coupons.
 */
create function public.make_coupon(
  code text,
  percent integer default null,
  amount_cents integer default null,
  ends_on date default null,
  max_redemptions integer default null,
  max_per_client integer default null,
  is_first_order boolean default false,
  minimum_cents integer default 0
)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: the count below holds.
begin
  if (
    select count(*) from private.coupons
    where coupons.coach_id = v_coach.id and coupons.ended_at is null and coalesce(coupons.ends_at > now(), true)
  ) >= 50 then
    raise exception 'You have 50 codes that count. End one of them first.' using errcode = 'QCMNY';
  end if;

  return private.insert_coupon(
    v_coach.id, make_coupon.code, make_coupon.percent, make_coupon.amount_cents, now(),
    ((make_coupon.ends_on + 1)::timestamp at time zone v_coach.time_zone),
    make_coupon.max_redemptions, make_coupon.max_per_client, make_coupon.is_first_order, make_coupon.minimum_cents
  );
end;
$$;

grant execute on function public.make_coupon(text, integer, integer, date, integer, integer, boolean, integer) to authenticated;

/*
 * An admin makes a coupon of ours, which counts for every coach and at our cost:
 * `select admin.make_coupon('SPRING', percent => 20, ends_at => '2027-06-01', max_redemptions => 500)` in
 * Studio's editor. Returns its id. Raises: QCCOD, QCDUP, QCOFF, QCDAY, QCNUM.
 */
create function admin.make_coupon(
  code text,
  percent integer default null,
  amount_cents integer default null,
  starts_at timestamptz default now(),
  ends_at timestamptz default null,
  max_redemptions integer default null,
  max_per_client integer default null,
  is_first_order boolean default false,
  minimum_cents integer default 0
)
returns uuid
language sql
volatile
set search_path = ''
as $$
  select private.insert_coupon(
    null, make_coupon.code, make_coupon.percent, make_coupon.amount_cents, make_coupon.starts_at, make_coupon.ends_at,
    make_coupon.max_redemptions, make_coupon.max_per_client, make_coupon.is_first_order, make_coupon.minimum_cents
  );
$$;

/*
 * Writes a coupon, a coach's or with none ours. One that has ended gives its code free. Raises:
 * QCCOD (3 to 30 letters, digits and hyphens), QCDUP (there is one by this code), QCOFF (1 to 90 percent or $1 to
 * $1,000), QCDAY (ends before it starts, or is over), QCNUM (a limit below one).
 */
create function private.insert_coupon(
  coach_id uuid,
  code text,
  percent integer,
  amount_cents integer,
  starts_at timestamptz,
  ends_at timestamptz,
  max_redemptions integer,
  max_per_client integer,
  is_first_order boolean,
  minimum_cents integer
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_code text := upper(trim(insert_coupon.code));
  v_coupon_id uuid;
begin
  if v_code !~ '^[A-Z0-9-]{3,30}$' then
    raise exception 'A code has 3 to 30 letters, digits and hyphens.' using errcode = 'QCCOD';
  elsif (insert_coupon.percent is null) = (insert_coupon.amount_cents is null)
    or insert_coupon.percent not between 1 and 90
    or insert_coupon.amount_cents not between 100 and 100000 then
    raise exception 'A code takes 1 to 90 percent off, or $1 to $1,000.' using errcode = 'QCOFF';
  elsif insert_coupon.ends_at <= greatest(now(), insert_coupon.starts_at) then
    raise exception 'Choose a last day that is still to come.' using errcode = 'QCDAY';
  elsif least(insert_coupon.max_redemptions, insert_coupon.max_per_client) < 1 or insert_coupon.minimum_cents < 0 then
    raise exception 'A limit is 1 or more.' using errcode = 'QCNUM';
  end if;

  update private.coupons
  set ended_at = coupons.ends_at
  where coupons.coach_id is not distinct from insert_coupon.coach_id
    and coupons.code = v_code
    and coupons.ended_at is null
    and coupons.ends_at <= now();

  insert into private.coupons (
    coach_id, code, percent, amount_cents, starts_at, ends_at, max_redemptions, max_per_client, is_first_order, minimum_cents
  )
  values (
    insert_coupon.coach_id, v_code, insert_coupon.percent, insert_coupon.amount_cents, insert_coupon.starts_at,
    insert_coupon.ends_at, insert_coupon.max_redemptions, insert_coupon.max_per_client, insert_coupon.is_first_order,
    insert_coupon.minimum_cents
  )
  on conflict (coach_id, code) where ended_at is null do nothing
  returning coupons.id into v_coupon_id;

  if v_coupon_id is null then
    raise exception 'There is a code like this already. End it first, or choose another.' using errcode = 'QCDUP';
  end if;

  return v_coupon_id;
end;
$$;

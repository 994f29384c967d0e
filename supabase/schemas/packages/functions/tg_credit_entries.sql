/*
 * Nobody books with credits that are not there, whoever writes: an entry that would leave an order
 * with less than none is refused. Two at once wait for each other at the order's lock. Raises: OKNON.
 *
 * Security definer: whoever books may not lock orders.
 */
create function private.tg_credit_entries__never_below_zero()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform from public.orders where orders.id = new.order_id for update;

  if private.credits_left(new.order_id) < 0 then
    raise exception 'There is no session left to book with.' using errcode = 'OKNON';
  end if;

  return null;
end;
$$;

/* What is written stays: a credit comes back by another entry. Raises: OKFIX. */
create function private.tg_credit_entries__never_change()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception 'Credits are never changed: write another entry.' using errcode = 'OKFIX';
end;
$$;

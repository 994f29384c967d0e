/* Whether a bank has not decided yet. */
create function private.is_open(status public.dispute_status)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select is_open.status in ('warning_needs_response', 'warning_under_review', 'needs_response', 'under_review');
$$;

/*
 * Whether a status can follow another: what was read earlier and is written later must not undo what
 * is known by now. A bank may take back what it only asked about; what was lost may be appealed, and
 * lost or won again.
 */
create function private.may_follow(status public.dispute_status, before public.dispute_status)
returns boolean
language sql
immutable
set search_path = ''
as $$
  with steps (status, step) as (
    values ('warning_needs_response', 1), ('warning_under_review', 2), ('needs_response', 3), ('under_review', 4),
      ('warning_closed', 5), ('prevented', 5), ('lost', 5), ('appeal_needs_response', 6), ('appeal_under_review', 7), ('won', 8)
  )
  select later.step >= earlier.step
    or may_follow.status = 'lost' and may_follow.before in ('appeal_needs_response', 'appeal_under_review')
  from steps as later, steps as earlier
  where later.status = may_follow.status::text
    and earlier.status = may_follow.before::text;
$$;

/*
 * Whether a bank has not decided about an order's money: nothing of it is released or sent meanwhile.
 * A payment too many was never the order's.
 */
create function private.is_disputed(order_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.disputes
    join public.payments on payments.id = disputes.payment_id
    where disputes.order_id = is_disputed.order_id
      and private.is_open(disputes.status)
      and payments.status <> 'surplus'
  );
$$;

/* Whether a bank has taken a payment back for now: it can't be given back a second time. */
create function private.is_taken_back(payment_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.disputes
    where disputes.payment_id = is_taken_back.payment_id
      and disputes.status in ('needs_response', 'under_review')
  );
$$;

/* Whether a dispute is not decided yet. */
create function private.is_dispute_open(dispute_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.disputes
    where disputes.id = is_dispute_open.dispute_id and private.is_open(disputes.status)
  );
$$;

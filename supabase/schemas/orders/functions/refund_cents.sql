/*
 * How many cents come back when `actor` cancels at `at` a session that starts at
 * `starts_at` and for which `paid_cents` were paid, under these tiers (minutes before the
 * start). The one place that knows: previews, cancellations and tests all ask here.
 * A client gets all back up to full_refund_minutes before, partial_refund_percent up to
 * partial_refund_minutes before, then nothing. When a coach or an admin cancels, all of it.
 * Halves of a cent go to the client.
 */
create function private.refund_cents(
  paid_cents integer,
  full_refund_minutes integer,
  partial_refund_minutes integer,
  partial_refund_percent integer,
  starts_at timestamptz,
  actor public.booking_actor,
  at timestamptz
)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case
    when refund_cents.actor <> 'client' then refund_cents.paid_cents
    when refund_cents.at <= refund_cents.starts_at - make_interval(mins => refund_cents.full_refund_minutes)
      then refund_cents.paid_cents
    when refund_cents.at <= refund_cents.starts_at - make_interval(mins => refund_cents.partial_refund_minutes)
      then ceil(refund_cents.paid_cents * refund_cents.partial_refund_percent / 100.0)::integer
    else 0
  end;
$$;

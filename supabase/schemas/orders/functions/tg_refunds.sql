/* A refund that Stripe was asked for failed: the admins are told, since its client waits for them. */
create function private.tg_refunds__tell_admins()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.enqueue(
    'mail_admins', 'mail_admins:refund_failed:' || new.id,
    jsonb_build_object(
      'kind', 'refund_failed', 'refund_id', new.id, 'order_id', new.order_id, 'stripe_refund_id', new.stripe_refund_id,
      'amount_cents', new.amount_cents + new.tax_cents
    )
  );
  return null;
end;
$$;

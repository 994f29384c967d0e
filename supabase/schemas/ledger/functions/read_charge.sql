/*
 * What `dispatch` needs to read the charge of a payment, or null when nothing was paid, or when
 * fee and invoice are known.
 */
create function private.read_charge_work(payment_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('payment_intent_id', payments.stripe_payment_intent_id)
  from public.payments
  where payments.id = read_charge_work.payment_id
    and payments.status in ('succeeded', 'surplus')
    and (payments.fee_cents is null or payments.invoice_number is null);
$$;

/*
 * Writes down what the charge of a payment says: its id, what Stripe took of it (cents), the
 * receipt, and the invoice if there is one by now. The first fee stands: it is in the ledger. `result` is
 * null when there was nothing to read.
 *
 * The order is locked first: the ledger's step of the fee refers to it, and a webhook of the same payment
 * holds it before it wants the payment.
 */
create function private.record_charge(payment_id uuid, result jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.lock_order(payments.order_id) from public.payments where payments.id = record_charge.payment_id;

  update public.payments
  set stripe_charge_id = coalesce(payments.stripe_charge_id, record_charge.result ->> 'charge_id'),
      fee_cents = coalesce(payments.fee_cents, (record_charge.result ->> 'fee_cents')::integer),
      receipt_url = coalesce(record_charge.result ->> 'receipt_url', payments.receipt_url)
  where payments.id = record_charge.payment_id
    and record_charge.result is not null;

  perform private.note_invoice(record_charge.payment_id, record_charge.result -> 'invoice');
end;
$$;

/*
 * An invoice was paid, as Stripe shows it with its payments: noted at those of them that we know.
 * One that we do not know yet is read with its charge.
 */
create function private.record_invoice(stripe_invoice jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.note_invoice(payments.id, record_invoice.stripe_invoice)
  from jsonb_array_elements(record_invoice.stripe_invoice -> 'payments' -> 'data') as paid (by)
  join public.payments on payments.stripe_payment_intent_id = paid.by -> 'payment' ->> 'payment_intent';
$$;

/* Number and addresses of an invoice, at a payment. */
create function private.note_invoice(payment_id uuid, invoice jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.payments
  set invoice_number = note_invoice.invoice ->> 'number',
      invoice_url = note_invoice.invoice ->> 'hosted_invoice_url',
      invoice_pdf_url = note_invoice.invoice ->> 'invoice_pdf'
  where payments.id = note_invoice.payment_id
    and note_invoice.invoice ->> 'number' is not null;
$$;

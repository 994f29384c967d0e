/*
 * An admin calls off a no-show fee: `select admin.waive_no_show_fee('…', 'She had told him.')` in Studio's
 * editor, with the session's id. It is charged no more, and what was paid of it goes back, out of the
 * coach's share like every refund. Both parties read the reason. Raises: NFNON (there is none), NFWVD (it
 * is waived).
 */
create function admin.waive_no_show_fee(booking_id uuid, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order_id uuid := (
    select no_show_fees.order_id from private.no_show_fees where no_show_fees.booking_id = waive_no_show_fee.booking_id
  );
begin
  if v_order_id is null then
    raise exception 'There is no fee for session %.', waive_no_show_fee.booking_id using errcode = 'NFNON';
  elsif not private.end_no_show_fee(v_order_id, 'waived', trim(waive_no_show_fee.reason)) then
    raise exception 'The fee for session % is waived already.', waive_no_show_fee.booking_id using errcode = 'NFWVD';
  end if;

  perform private.return_payment(payments, payments.amount_cents - private.returned_cents(v_order_id), 'admin_cancelled')
  from public.payments
  where payments.order_id = v_order_id
    and payments.status = 'succeeded'
    and payments.amount_cents > private.returned_cents(v_order_id);

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values (
    'no_show_fees', waive_no_show_fee.booking_id::text, 'waived', session_user,
    jsonb_build_object('reason', trim(waive_no_show_fee.reason))
  );
end;
$$;

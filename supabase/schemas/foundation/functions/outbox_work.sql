/*
 * What a claimed row asks for, as things are at this moment, or null when there is
 * nothing left to do (the booking was cancelled, the refund is made). Asked right before
 * the vendor is called, so that no reminder leaves for a booking that is off. That a worker was given a mail and
 * the address to send it to is noted.
 *
 * Returns a JSON object because each topic needs other facts; the worker checks its shape.
 * Security definer: service_role holds no grants on tables.
 */
create function public.outbox_work(outbox_id bigint)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_row private.outbox;
  v_work jsonb;
begin
  select * into v_row from private.outbox where outbox.id = outbox_work.outbox_id;

  v_work := case v_row.topic
    when 'mail' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
    when 'in_app' then private.mail_work((v_row.payload ->> 'notification_id')::uuid)
    when 'mail_digest' then private.digest_work((v_row.payload ->> 'digest_id')::uuid)
    when 'zoom.create_meeting' then private.create_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_meeting' then private.delete_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.move_meeting' then private.move_meeting_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.set_recording' then private.set_recording_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.delete_recording' then private.delete_recording_work((v_row.payload ->> 'recording_id')::uuid)
    when 'zoom.read_attendance' then private.read_attendance_work((v_row.payload ->> 'meeting_id')::uuid)
    when 'zoom.sweep' then private.sweep_work(v_row.payload ->> 'host_id', (v_row.payload ->> 'days')::integer)
    when 'zoom.delete_orphan' then
      private.delete_orphan_work(v_row.payload ->> 'host_id', v_row.payload ->> 'zoom_meeting_id')
    when 'stripe.refund' then private.refund_work((v_row.payload ->> 'refund_id')::uuid)
    when 'calendly.sync' then private.calendly_sync_work((v_row.payload ->> 'coach_id')::uuid)
    when 'calendly.create_event' then private.create_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_event' then private.cancel_calendly_event_work((v_row.payload ->> 'event_id')::uuid)
    when 'calendly.cancel_booking' then
      private.cancel_calendly_booking_work((v_row.payload ->> 'calendly_booking_id')::uuid)
    when 'mail_guest' then
      private.guest_mail_work((v_row.payload ->> 'calendly_booking_id')::uuid, v_row.payload ->> 'kind')
    when 'calendly.check_hold' then private.check_hold_work((v_row.payload ->> 'booking_id')::uuid)
    when 'calendly.revoke' then private.revoke_calendly_work(v_row.payload)
    when 'stripe.capture' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.cancel_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'released')
    when 'stripe.read_payment' then private.payment_work((v_row.payload ->> 'payment_id')::uuid, 'authorized')
    when 'stripe.read_refund' then v_row.payload
    when 'stripe.read_dispute' then v_row.payload
    when 'stripe.read_account' then v_row.payload
    when 'stripe.read_payout' then v_row.payload
    when 'stripe.submit_evidence' then private.evidence_work((v_row.payload ->> 'dispute_id')::uuid)
    when 'mail_admins' then private.admin_mail_work(v_row.payload)
    when 'stripe.read_balance' then private.read_balance_work((v_row.payload ->> 'overlap_minutes')::integer)
    when 'stripe.read_charge' then private.read_charge_work((v_row.payload ->> 'payment_id')::uuid)
    when 'stripe.transfer' then private.transfer_work((v_row.payload ->> 'transfer_id')::uuid)
    when 'stripe.reverse_transfer' then private.reversal_work((v_row.payload ->> 'reversal_id')::uuid)
    when 'stripe.read_subscription' then private.membership_work((v_row.payload ->> 'membership_id')::uuid)
    when 'stripe.charge_card' then private.charge_work(v_row.payload)
    when 'stripe.end_subscription' then v_row.payload
    when 'storage.remove_files' then private.remove_files_work(v_row.payload ->> 'prefix')
    when 'stripe.expire_checkout' then private.expire_checkout_work((v_row.payload ->> 'order_id')::uuid)
  end;

  if v_row.topic in ('mail', 'mail_digest') and v_work ->> 'email' is not null then
    perform private.note_handed(v_row.payload);
  end if;
  return v_work;
end;
$$;

grant execute on function public.outbox_work(bigint) to service_role;

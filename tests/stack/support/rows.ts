import { sql } from "../../e2e/support/database.ts";

/**
 * All that the database says of the bookings of one coach, without ids and without the moments at
 * which things happened (only whether they did): the same story leaves the same rows, in whatever
 * order its webhooks came.
 * @param coachId whose
 * @returns rows by table, in an order that does not depend on ids
 */
export async function rowsOf(coachId: string): Promise<Record<string, unknown>> {
  const [row] = await sql<{ rows: Record<string, unknown> }[]>`
    with
      theirs as (select * from public.bookings where coach_id = ${coachId}),
      paid as (select orders.* from public.orders where orders.coach_id = ${coachId}),
      found (name, facts) as (
        select 'bookings', jsonb_build_object(
          'status', status, 'minutes', extract(epoch from ends_at - starts_at) / 60, 'note', note,
          'is_held', hold_expires_at is not null, 'was_confirmed', confirmed_at is not null,
          'was_completed', completed_at is not null, 'was_cancelled', cancelled_at is not null,
          'cancelled_by', cancelled_by, 'cancel_reason', cancel_reason
        ) from theirs
        union all
        select 'booking_events', jsonb_agg(
          jsonb_build_object('actor', actor, 'before', before, 'after', after, 'detail', detail)
          order by booking_events.id
        ) from public.booking_events join theirs on theirs.id = booking_id group by booking_id
        union all
        select 'orders', jsonb_build_object(
          'status', status, 'amount_cents', amount_cents, 'fee_cents', fee_cents, 'currency', currency,
          'has_page', stripe_checkout_session_id is not null, 'was_paid', paid_at is not null
        ) from paid
        union all
        select 'ledger', jsonb_build_object('account', account, 'balance_cents', sum(ledger_entries.amount_cents))
        from private.ledger_entries
        join private.ledger_journals on ledger_journals.id = journal_id
        join paid on paid.id = order_id
        group by account
        union all
        select 'payments', jsonb_build_object(
          'status', payments.status, 'amount_cents', payments.amount_cents, 'currency', payments.currency,
          'has_charge', stripe_charge_id is not null, 'stripe_fee_cents', payments.fee_cents,
          'has_receipt', receipt_url is not null, 'has_invoice', invoice_number is not null, 'failure_code', failure_code
        ) from public.payments join paid on paid.id = order_id
        union all
        select 'refunds', jsonb_build_object(
          'status', refunds.status, 'reason', reason, 'amount_cents', refunds.amount_cents,
          'is_at_stripe', stripe_refund_id is not null, 'is_settled', settled_at is not null
        ) from public.refunds join paid on paid.id = order_id
        union all
        select 'disputes', jsonb_build_object(
          'status', disputes.status, 'amount_cents', disputes.amount_cents, 'fee_cents', disputes.fee_cents,
          'lost_cents', lost_cents, 'is_closed', closed_at is not null, 'is_answered', evidence_sent_at is not null
        ) from public.disputes join paid on paid.id = order_id
        union all
        select 'meetings', jsonb_build_object(
          'status', meetings.status, 'is_at_zoom', zoom_meeting_id is not null,
          'has_link', join_url is not null, 'has_host', host_id is not null,
          'was_started', started_at is not null, 'was_ended', ended_at is not null
        ) from public.meetings join theirs on theirs.id = booking_id
        union all
        select 'participants', jsonb_build_object(
          'display_name', display_name, 'joined', joined_at is not null, 'left', left_at is not null
        ) from private.meeting_participants
        join public.meetings on meetings.id = meeting_id
        join theirs on theirs.id = meetings.booking_id
        union all
        select 'notifications', jsonb_build_object(
          'kind', kind, 'to_client', recipient_id = theirs.client_id,
          'was_sent', sent_at is not null, 'was_skipped', skipped_at is not null
        ) from public.notifications join theirs on theirs.id = booking_id
        union all
        select 'conversations', jsonb_build_object('last_seq', last_seq)
        from public.conversations where conversations.coach_id = ${coachId}
      ),
      tables as (
        select name, jsonb_agg(facts order by facts::text) as facts from found group by name
      )
    select jsonb_object_agg(name, facts) as rows from tables
  `;
  return row?.rows ?? {};
}

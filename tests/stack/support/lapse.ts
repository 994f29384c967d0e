import { sql } from "../../e2e/support/database.ts";

/** Moves the end of a hold into the past. Nothing else happens: no job runs in these tests. */
export async function endHold(bookingId: string): Promise<void> {
  await sql`
    update public.bookings set hold_expires_at = now() - interval '1 second'
    where id = ${bookingId}
  `;
}

/**
 * What cron does once a hold is over, with the closing of the payment page put off: whatever else
 * is to happen, happens first.
 */
export async function expireHold(bookingId: string): Promise<void> {
  await endHold(bookingId);
  // Sent as one text, which makes it one transaction.
  await sql.unsafe(`
    select private.expire_holds();
    update private.outbox set run_after = now() + interval '1 day'
    where topic = 'stripe.expire_checkout' and status = 'pending';
  `);
}

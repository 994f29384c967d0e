import { expect } from "@playwright/test";
import postgres from "postgres";

import { stackValue } from "./stack.ts";

/** The stack's database, with the rights of its owner: what an admin can do in Studio. */
export const sql = postgres(stackValue("DATABASE_URL"), { max: 2, onnotice: () => {} });

/**
 * Runs what cron runs, now. A job that works alone leaves when another run of it has its lock, so
 * this waits for the lock (named after the job) first, and takes it along.
 * @param job the private function that a schedule calls
 */
export async function runJob(
  job:
    | "dispatch_outbox"
    | "charge_instalments"
    | "charge_no_show_fees"
    | "expire_holds"
    | "expire_packages"
    | "expire_requests"
    | "complete_bookings"
    | "decide_attendances"
    | "queue_due_notices"
    | "expire_recordings"
    | "publish_due_reviews"
    | "refresh_next_times"
    | "release_earnings"
    | "send_transfers"
    | "tell_opened_slots"
    | "read_balance"
    | "reconcile_money"
    | "alert_money_mismatch",
): Promise<void> {
  await sql`
    with locked as materialized (select pg_advisory_xact_lock(hashtextextended(${job}, 0)))
    select private.${sql(job)}() from locked
  `;
}

/**
 * Moves a booking to another time by changing its row: time itself is not ours. It counts as
 * booked a week ago, and its meeting stays where Zoom was told it is.
 * @param bookingId which
 * @param startsInMinutes from now until its start; negative when it has begun
 */
export async function moveBooking(bookingId: string, startsInMinutes: number): Promise<void> {
  const startsAt = new Date(Date.now() + startsInMinutes * 60_000);
  await sql`
    update public.bookings
    set starts_at = ${startsAt},
        ends_at = ${startsAt}::timestamptz + (ends_at - starts_at),
        confirmed_at = now() - interval '7 days'
    where id = ${bookingId}
  `;
}

/**
 * Waits until Zoom has made the meeting of a booking.
 * @returns its number at Zoom
 */
export async function meetingIsReady(bookingId: string): Promise<string> {
  let zoomId = "";
  await expect(async () => {
    await runJob("dispatch_outbox");
    const [meeting] = await sql`
      select status, zoom_meeting_id from public.meetings
      where booking_id = ${bookingId} and status <> 'cancelled'
    `;
    expect(meeting).toMatchObject({ status: "ready" });
    zoomId = String(meeting?.["zoom_meeting_id"]);
  }).toPass({ timeout: 20_000, intervals: [200, 300, 500] });
  return zoomId;
}

/**
 * Has the meeting of a booking follow it to the time that it was moved to, and waits until Zoom knows
 * and keeps no older one: people can only come when it is time, and to a meeting that is there. When
 * its host is busy then it is another meeting, which is not ready at once.
 */
export async function meetingFollows(bookingId: string): Promise<void> {
  await sql`select private.move_meeting(${bookingId})`;
  await meetingIsReady(bookingId);
  await expect(async () => {
    await runJob("dispatch_outbox");
    const left = await sql`
      select topic, last_error from private.outbox
      join public.meetings on meetings.id::text = outbox.payload ->> 'meeting_id'
      where booking_id = ${bookingId} and outbox.status <> 'done'
    `;
    expect(left).toEqual([]);
  }).toPass({ timeout: 20_000, intervals: [200, 300, 500] });
}

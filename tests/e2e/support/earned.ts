import { expect } from "@playwright/test";

import { moveBooking, runJob, sql } from "./database.ts";

/**
 * Lets a session have been held so long ago that nobody can object any more, and has its money
 * released to the coach.
 * @param bookingId a confirmed session
 * @param hoursAgo when it began; no two of a coach's at the same time
 */
export async function earn(bookingId: string, hoursAgo = 60): Promise<void> {
  await moveBooking(bookingId, -hoursAgo * 60);
  await runJob("complete_bookings");
  await sql`
    insert into public.attendance_decisions (booking_id, outcome, sentence, objection_ends_at, settled_at, settled_outcome)
    values (${bookingId}, 'held', 'Both came.', now(), now(), 'held')
    on conflict (booking_id) do nothing
  `;
  // Cron does the same at the same time, and what it works on is left out here.
  await expect(async () => {
    await runJob("release_earnings");
    expect(await sql`select from public.earnings where booking_id = ${bookingId}`).toHaveLength(1);
  }).toPass({ timeout: 20_000 });
}

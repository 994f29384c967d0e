import type { Page } from "@playwright/test";

import { moveBooking, runJob, sql } from "./database.ts";
import type { Coach } from "./people.ts";
import { bookSession, rate } from "./steps.ts";

/**
 * A session that was held and that its client has reviewed, shown already as the time for it is over.
 * @param page of the client
 * @returns the booking's id and the review's
 */
export async function reviewed(
  page: Page,
  coach: Coach,
): Promise<{ bookingId: string; reviewId: string }> {
  const bookingId = await bookSession(page, coach);
  await moveBooking(bookingId, -46);
  await runJob("complete_bookings");
  await page.goto(`/bookings/${bookingId}/review`);
  await rate(page, 4);
  await page
    .getByLabel("What should others know?")
    .fill("We priced it together until I could say the number without blinking.");
  await page.getByRole("button", { name: "Send review" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/review"));
  await moveBooking(bookingId, -8 * 24 * 60);
  await runJob("publish_due_reviews");
  const [review] = await sql<{ id: string }[]>`
    select id from public.reviews where booking_id = ${bookingId}
  `;
  if (!review) throw new Error("The review was not written.");
  return { bookingId, reviewId: review.id };
}

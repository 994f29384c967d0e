import type { Db } from "~/lib/db.server";
import { toResult, type Result } from "~/lib/domain-error";

/**
 * A client says how a session was; once.
 *
 * @param db the client's
 * @param review.rating 1 to 5
 * @returns the review's id, or why not
 */
export async function writeReview(
  db: Db,
  review: { bookingId: string; rating: number; body: string },
): Promise<Result<string>> {
  return toResult(
    await db.rpc("write_review", {
      booking_id: review.bookingId,
      rating: review.rating,
      body: review.body,
    }),
  );
}

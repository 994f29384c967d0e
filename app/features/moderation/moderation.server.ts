import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/**
 * A review before it is reported.
 *
 * @param db anyone's who is signed in
 * @param reviewId which
 * @returns the review; null when there is none that they see and did not write
 */
export async function findReviewToReport(
  db: Db,
  reviewId: string,
): Promise<WithNulls<Functions["review_to_report"]["Returns"][number], "booking_id"> | null> {
  return toValue(await db.rpc("review_to_report", { review_id: reviewId }).maybeSingle());
}

/**
 * Tells us that a review should not stay, and why; once for each person.
 *
 * @param db the reporter's
 * @returns the report's id, or why not
 */
export async function reportReview(
  db: Db,
  report: { reviewId: string; reason: string },
): Promise<Result<string>> {
  return toResult(
    await db.rpc("report", {
      subject: "review",
      subject_id: report.reviewId,
      reason: report.reason,
    }),
  );
}

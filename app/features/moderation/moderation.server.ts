import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue } from "~/lib/domain-error";
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
 * A coach's reply to a review, before it is reported.
 *
 * @param db anyone's who is signed in
 * @param reviewId of the review
 * @returns the reply; null when there is none that they see and did not write
 */
export async function findReplyToReport(
  db: Db,
  reviewId: string,
): Promise<WithNulls<Functions["reply_to_report"]["Returns"][number], "booking_id"> | null> {
  return toValue(await db.rpc("reply_to_report", { review_id: reviewId }).maybeSingle());
}

type Report = {
  subject: Database["public"]["Enums"]["report_subject"];
  /** The id of what is reported. */
  subjectId: string;
  reason: string;
};

/**
 * Tells us that a thing should not stay, and why; once for each person until it is decided.
 *
 * @param db the reporter's
 * @returns the report's id, or RPNFD, RPWRD, RPTWO, RPMNY, UPONB
 */
export async function report(db: Db, { subject, subjectId, reason }: Report) {
  return toResult(await db.rpc("report", { subject, subject_id: subjectId, reason }));
}

/**
 * @param db the reader's
 * @param subjectId the id of something that can be reported
 * @returns whether they have reported it and wait for a decision
 */
export async function hasReported(db: Db, subjectId: string): Promise<boolean> {
  const reports = toValue(
    await db.from("reports").select("id").eq("subject_id", subjectId).is("decided_at", null),
  );
  return reports.length > 0;
}

import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

import type { RatingName } from "./questions";
import type { ReviewToWrite } from "./review-schema";

type Functions = Database["public"]["Functions"];

/**
 * A party of a session says how it was; once. Nobody reads it before the other has written, too, or
 * can't any more.
 *
 * @param db the party's
 * @param bookingId the session
 * @param review what the form gave: whose it is, ratings of 1 to 5, words, a note to us
 * @returns the review's id, or why not; of a rating, `detail` says which
 */
export async function writeReview(
  db: Db,
  bookingId: string,
  review: ReviewToWrite,
): Promise<Result<string>> {
  if (review.party === "client") {
    const { party: _, ...said } = review;
    return toResult(await db.rpc("review_coach", { booking_id: bookingId, ...said }));
  }
  const { party: _, ...said } = review;
  return toResult(await db.rpc("review_client", { booking_id: bookingId, ...said }));
}

/** A client's review, as everybody reads it. */
export type CoachReview = WithNulls<Functions["coach_reviews"]["Returns"][number], "reply">;

/** What the reviews that count come to. */
export type ReviewSummary = WithNulls<
  Functions["review_summary"]["Returns"][number],
  "rating_average" | "market_average" | "advice_average" | "worth_average"
>;

/** How many reviews a page has; one row more says that there is a next page. */
const PAGE_SIZE = 10;

/**
 * What clients say about a coach who can be found.
 *
 * @param db anyone's
 * @param coachId whose
 * @param page from 1
 * @returns a page of reviews, the newest first
 */
export async function listCoachReviews(
  db: Db,
  coachId: string,
  page: number,
): Promise<{ reviews: CoachReview[]; hasNext: boolean }> {
  const found = toValue(await db.rpc("coach_reviews", { coach_id: coachId, page_number: page }));
  return { reviews: found.slice(0, PAGE_SIZE), hasNext: found.length > PAGE_SIZE };
}

/**
 * @param db anyone's
 * @param coachId of a coach who can be found; of another there are none
 * @returns what all the reviews that count come to
 */
export async function summarizeReviews(db: Db, coachId: string): Promise<ReviewSummary> {
  return toValue(await db.rpc("review_summary", { coach_id: coachId }).single());
}

/** What was written of a session, as one of its parties sees it. */
export type SessionReview = WithNulls<
  Functions["session_reviews"]["Returns"][number],
  RatingName | "published_at" | "reply" | "reply_removed_because" | "voided_by" | "removed_because"
>;

/**
 * @param db a party's
 * @param bookingId the session
 * @returns their own review first, and the other's once it is shown; nothing for anyone else
 */
export async function listSessionReviews(db: Db, bookingId: string): Promise<SessionReview[]> {
  return toValue(await db.rpc("session_reviews", { booking_id: bookingId }));
}

/** What a client wrote about the coach who reads it. */
export type ReceivedReview = WithNulls<
  Functions["received_reviews"]["Returns"][number],
  "reply" | "reply_removed_because" | "voided_by" | "removed_because"
>;

/**
 * Whether a review is shown already, as the second of a session is at once.
 *
 * @param db its author's
 * @param bookingId the session
 * @param reviewId as writeReview returned it
 */
export async function isReviewShown(db: Db, bookingId: string, reviewId: string): Promise<boolean> {
  const reviews = await listSessionReviews(db, bookingId);
  return reviews.some((review) => review.review_id === reviewId && review.published_at !== null);
}

/**
 * @param db a coach's
 * @param page from 1
 * @returns what clients wrote and is shown, the newest first, and the sessions about which the coach may write
 */
export async function listReceivedReviews(db: Db, page: number) {
  const [received, due] = await Promise.all([
    db.rpc("received_reviews", { page_number: page }),
    db.rpc("reviews_due"),
  ]);
  const found: ReceivedReview[] = toValue(received);
  return {
    reviews: found.slice(0, PAGE_SIZE),
    hasNext: found.length > PAGE_SIZE,
    due: toValue(due),
  };
}

/**
 * A coach answers a client's review, once.
 *
 * @param db the coach's
 * @returns nothing, or why not
 */
export async function replyToReview(
  db: Db,
  reply: { reviewId: string; words: string },
): Promise<Result<undefined>> {
  return toResult(
    await db.rpc("reply_to_review", { review_id: reply.reviewId, reply: reply.words }),
  );
}

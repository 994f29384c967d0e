import { Stars } from "~/components/stars";
import { formatMonth } from "~/features/reviews/format-month";
import type { CoachReview } from "~/features/reviews/reviews.server";
import { reportReplyPath, reportReviewPath } from "~/lib/paths";

import { ReviewReply } from "./review-reply";

type ReviewListProps = {
  reviews: CoachReview[];
  /** The coach's, above their replies. */
  coachName: string;
  /** The reader is the coach, who has no page to report their replies on. */
  isOwn: boolean;
};

/** What clients said, newest first, and what the coach answered. */
export function ReviewList({ reviews, coachName, isOwn }: ReviewListProps) {
  return (
    <ul className="divide-y border-y">
      {reviews.map((review) => (
        <li key={review.review_id} className="py-6">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <Stars rating={review.rating} />
            <p className="font-semibold">{review.author_name}</p>
            <p className="text-[0.9375rem] text-muted-foreground">
              {formatMonth(review.published_at)}
              {review.is_counted
                ? ""
                : ". They have written again since, so this one is not counted"}
            </p>
          </div>
          <p className="mt-2.5 max-w-prose whitespace-pre-line leading-relaxed">{review.body}</p>
          <ReviewReply
            by={coachName}
            words={review.reply}
            isRemoved={review.is_reply_removed}
            reportPath={isOwn ? undefined : reportReplyPath(review.review_id)}
          />
          <p className="mt-3 text-[0.9375rem]">
            <a
              href={reportReviewPath(review.review_id)}
              rel="nofollow"
              className="text-muted-foreground underline underline-offset-4"
            >
              Report the review
              <span className="sr-only"> by {review.author_name}</span>
            </a>
          </p>
        </li>
      ))}
    </ul>
  );
}

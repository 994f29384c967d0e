import { DateTime } from "~/components/date-time";
import { Stars } from "~/components/stars";
import { Button } from "~/components/ui/button";
import { bookingPath, reportReviewPath, reviewReplyPath } from "~/lib/paths";

import { ReviewAnswers } from "./review-answers";
import { ReviewReply } from "./review-reply";
import type { ReceivedReview as Review } from "./reviews.server";
import { VoidNote } from "./void-note";

type ReceivedReviewProps = { review: Review; timeZone: string };

/** What a client wrote, for the coach: which session it was, whether it counts, and the reply. */
export function ReceivedReview({ review, timeZone }: ReceivedReviewProps) {
  return (
    <li className="py-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Stars rating={review.rating} />
        <p className="font-semibold">{review.author_name}</p>
        <p className="text-[0.9375rem] text-muted-foreground">
          <a href={bookingPath(review.booking_id)} className="underline underline-offset-4">
            {review.offer_title}
          </a>
          , <DateTime instant={review.starts_at} timeZone={timeZone} format="date" />
        </p>
      </div>
      <div className="mt-1.5">
        <ReviewAnswers party="client" review={review} />
      </div>
      <p className="mt-2.5 max-w-prose whitespace-pre-line leading-relaxed">{review.body}</p>
      <VoidNote voidedBy={review.voided_by} removedBecause={review.removed_because} />
      <ReviewReply
        by="You"
        words={review.reply}
        isRemoved={review.reply_removed_because !== null}
        removedBecause={review.reply_removed_because}
      />
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2 text-[0.9375rem]">
        {review.may_reply ? (
          <>
            <Button asChild size="sm" variant="outline">
              <a href={reviewReplyPath(review.booking_id)}>
                Reply<span className="sr-only"> to {review.author_name}</span>
              </a>
            </Button>
            <span className="text-muted-foreground">
              until <DateTime instant={review.reply_ends_at} timeZone={timeZone} format="date" />
            </span>
          </>
        ) : null}
        {review.voided_by === "removed" ? null : (
          <a
            href={reportReviewPath(review.review_id)}
            className="text-muted-foreground underline underline-offset-4"
          >
            Report<span className="sr-only"> the review by {review.author_name}</span>
          </a>
        )}
      </div>
    </li>
  );
}

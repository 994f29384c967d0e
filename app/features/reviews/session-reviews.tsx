import { DateTime } from "~/components/date-time";
import { Section } from "~/components/page";
import { Stars } from "~/components/stars";
import { Button } from "~/components/ui/button";
import { reportReplyPath, reportReviewPath, reviewReplyPath } from "~/lib/paths";

import type { ReviewParty } from "./questions";
import { ReviewAnswers } from "./review-answers";
import { ReviewReply } from "./review-reply";
import type { SessionReview } from "./reviews.server";
import { VoidNote } from "./void-note";

type SessionReviewsProps = {
  bookingId: string;
  reviews: SessionReview[];
  counterpartName: string;
  timeZone: string;
};

/** What the two wrote about each other: one's own at once, the other's once both are shown. */
export function SessionReviews(props: SessionReviewsProps) {
  const { bookingId, reviews, counterpartName, timeZone } = props;
  if (reviews.length === 0) return null;
  return (
    <div id="reviews" className="scroll-mt-6">
      <Section title="Reviews">
        <ul className="divide-y border-y">
          {reviews.map((review) => (
            <li key={review.review_id} className="py-5">
              <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <p className="font-semibold">
                  {review.is_own ? `You about ${counterpartName}` : `${counterpartName} about you`}
                </p>
                <Stars rating={review.rating} />
              </div>
              <div className="mt-1.5">
                <ReviewAnswers party={partyOf(review)} review={review} />
              </div>
              <p className="mt-2.5 max-w-prose whitespace-pre-line leading-relaxed">
                {review.body}
              </p>
              {review.published_at || review.voided_by ? null : (
                <p className="mt-2 text-[0.9375rem] text-muted-foreground">
                  Shown to {counterpartName} once they have written, too, or on{" "}
                  <DateTime instant={review.shown_by} timeZone={timeZone} format="date" />.
                </p>
              )}
              <ReviewReply
                by={review.is_own ? counterpartName : "You"}
                words={review.reply}
                isRemoved={review.reply_removed_because !== null}
                removedBecause={review.reply_removed_because}
                reportPath={review.is_own ? reportReplyPath(review.review_id) : undefined}
              />
              <VoidNote voidedBy={review.voided_by} removedBecause={review.removed_because} />
              {review.is_own ? null : (
                <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2 text-[0.9375rem]">
                  {review.may_reply ? (
                    <Button asChild size="sm" variant="outline">
                      <a href={reviewReplyPath(bookingId)}>Reply</a>
                    </Button>
                  ) : null}
                  {review.voided_by === "removed" ? null : (
                    <a
                      href={reportReviewPath(review.review_id)}
                      className="text-muted-foreground underline underline-offset-4"
                    >
                      Report
                    </a>
                  )}
                </div>
              )}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

function partyOf(review: SessionReview): ReviewParty {
  return review.author_party === "coach" ? "coach" : "client";
}

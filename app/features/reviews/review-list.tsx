import { Stars } from "~/components/stars";
import { formatMonth } from "~/features/reviews/format-month";
import type { CoachReview } from "~/features/reviews/reviews.server";
import { reportReviewPath } from "~/lib/paths";

type ReviewListProps = {
  reviews: CoachReview[];
  /** The coach's, above their replies. */
  coachName: string;
};

/** What clients said, newest first, and what the coach answered. */
export function ReviewList({ reviews, coachName }: ReviewListProps) {
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
          {review.reply ? <Reply name={coachName} words={review.reply} /> : null}
          <p className="mt-3 text-[0.9375rem]">
            <a
              href={reportReviewPath(review.review_id)}
              rel="nofollow"
              className="text-muted-foreground underline underline-offset-4"
            >
              Report
              <span className="sr-only"> the review by {review.author_name}</span>
            </a>
          </p>
        </li>
      ))}
    </ul>
  );
}

function Reply({ name, words }: { name: string; words: string }) {
  return (
    <div className="mt-4 max-w-prose border-l-4 border-l-lamp pl-4">
      <p className="text-[0.9375rem] font-semibold">{name} replied</p>
      <p className="mt-1 whitespace-pre-line leading-relaxed">{words}</p>
    </div>
  );
}

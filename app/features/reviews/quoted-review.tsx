import { Stars } from "~/components/stars";

type QuotedReviewProps = {
  /** A reply has no stars. */
  review: { author_name: string; rating?: number; body: string };
};

/** A review, or a reply to one, above the form that is about it. */
export function QuotedReview({ review }: QuotedReviewProps) {
  return (
    <blockquote className="mb-8 rounded-lg border border-l-4 border-l-lamp bg-card p-5 sm:p-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        {review.rating === undefined ? null : <Stars rating={review.rating} />}
        <p className="font-semibold">{review.author_name}</p>
      </div>
      <p className="mt-2 whitespace-pre-line leading-relaxed">{review.body}</p>
    </blockquote>
  );
}

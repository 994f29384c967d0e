import { Stars } from "~/components/stars";
import { formatMonth } from "~/features/reviews/format-month";

export type Review = {
  id: string;
  author_name: string;
  rating: number;
  body: string;
  created_at: string;
};

/** What clients said, newest first. */
export function ReviewList({ reviews }: { reviews: Review[] }) {
  return (
    <ul className="divide-y border-y">
      {reviews.map((review) => (
        <li key={review.id} className="py-6">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <Stars rating={review.rating} />
            <p className="font-semibold">{review.author_name}</p>
            <p className="text-[0.9375rem] text-muted-foreground">
              {formatMonth(review.created_at)}
            </p>
          </div>
          <p className="mt-2.5 max-w-prose whitespace-pre-line leading-relaxed">{review.body}</p>
        </li>
      ))}
    </ul>
  );
}

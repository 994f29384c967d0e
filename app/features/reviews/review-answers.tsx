import { QUESTIONS, type RatingName, type ReviewParty } from "./questions";

type ReviewAnswersProps = {
  /** Who wrote. */
  party: ReviewParty;
  review: Partial<Record<RatingName, number | null>>;
};

/** The three answers of one review, in a line. */
export function ReviewAnswers({ party, review }: ReviewAnswersProps) {
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-[0.9375rem]">
      {QUESTIONS[party].map(({ name, label }) => (
        <div key={name} className="flex gap-2">
          <dt className="text-muted-foreground">{label}</dt>
          <dd className="font-semibold tabular-nums">
            {review[name]}
            <span className="sr-only"> of 5 stars</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

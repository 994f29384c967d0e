import { Stars } from "~/components/stars";
import { howReviewsWorkPath } from "~/lib/paths";

import { QUESTIONS } from "./questions";
import type { ReviewSummary as Summary } from "./reviews.server";

const AVERAGES = [
  { key: "market_average", label: QUESTIONS.client[0].label },
  { key: "advice_average", label: QUESTIONS.client[1].label },
  { key: "worth_average", label: QUESTIONS.client[2].label },
] as const;

/** What all reviews that count come to: the score, each question, and how many gave how many stars. */
export function ReviewSummary({ summary }: { summary: Summary }) {
  const { review_count: count, rating_average: average, counts_by_star: counts } = summary;
  if (average === null) return null;
  return (
    <div className="mb-8 grid gap-x-12 gap-y-6 rounded-lg border bg-card p-5 sm:grid-cols-2 sm:p-6">
      <div className="min-w-0">
        <p className="flex items-center gap-3">
          <span className="font-display text-display-md tabular-nums">{average.toFixed(1)}</span>
          <Stars rating={average} className="h-5" />
        </p>
        <p className="mt-1 text-[0.9375rem] text-muted-foreground">
          from {count} {count === 1 ? "client" : "clients"}.{" "}
          <a href={howReviewsWorkPath()} className="underline underline-offset-4">
            How reviews work
          </a>
        </p>
        <dl className="mt-4 space-y-1 text-[0.9375rem]">
          {AVERAGES.map(({ key, label }) => (
            <div key={key} className="flex justify-between gap-4">
              <dt>{label}</dt>
              <dd className="font-semibold tabular-nums">{(summary[key] ?? 0).toFixed(1)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <ul
        aria-label="How many clients gave how many stars"
        className="space-y-1.5 text-[0.9375rem]"
      >
        {counts.map((amount, index) => (
          <li key={5 - index} className="flex items-center gap-3">
            <span className="w-14 whitespace-nowrap">{starWords(5 - index)}</span>
            <Share of={count} amount={amount} />
            <span className="w-8 text-right tabular-nums">{amount}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A bar; a picture, since style attributes are refused by our policy. */
function Share({ amount, of }: { amount: number; of: number }) {
  return (
    <svg aria-hidden className="h-2 w-0 flex-1 rounded-full bg-muted">
      <rect width={`${Math.round((100 * amount) / of)}%`} height="100%" className="fill-lamp" />
    </svg>
  );
}

function starWords(stars: number): string {
  return stars === 1 ? "1 star" : `${stars} stars`;
}

import { Avatar } from "~/components/avatar";
import { Rating } from "~/components/stars";
import {
  formatDateTime,
  formatDuration,
  formatShortDate,
  formatTime,
  localDay,
} from "~/lib/format-date";
import { formatMoney } from "~/lib/format-money";
import { bookOfferPath, coachPath } from "~/lib/paths";

import type { Helper } from "./helpers.server";

type HelperCardProps = { helper: Helper; timeZone: string };

/** A coach who is free in time: who, what session, and the times that lead to its booking form. */
export function HelperCard({ helper, timeZone }: HelperCardProps) {
  return (
    <article className="flex flex-col gap-4 rounded-lg border bg-card p-5 sm:p-6">
      <div className="flex items-start gap-4">
        <Avatar name={helper.display_name} seed={helper.coach_id} className="size-14" />
        <div className="min-w-0 flex-1">
          <h3 className="text-display-sm">
            <a
              href={coachPath(helper.slug)}
              className="underline decoration-transparent decoration-2 underline-offset-4 hover:decoration-lamp"
            >
              {helper.display_name}
            </a>
          </h3>
          <p className="mt-1 leading-snug">{helper.headline}</p>
          <p className="mt-1.5 text-[0.9375rem]">
            <Rating rating={helper.rating_average ?? 0} count={helper.review_count} />
          </p>
        </div>
      </div>
      <p className="text-[0.9375rem] text-muted-foreground">
        <span className="font-medium text-foreground">{helper.offer_title}</span>,{" "}
        {formatDuration(helper.duration_minutes)},{" "}
        <span className="tabular-nums">{formatMoney(helper.price_cents)}</span>
      </p>
      <ul aria-label={`Free times of ${helper.display_name}`} className="grid gap-2 sm:grid-cols-3">
        {helper.free_starts.map((start) => (
          <li key={start}>
            <a
              href={bookOfferPath(helper.slug, helper.offer_id, {
                week: localDay(start, timeZone),
                slot: start,
              })}
              className="flex min-h-11 items-center justify-center gap-2 rounded-md border border-input/60 px-2 py-2 text-[0.9375rem] transition-colors hover:border-primary hover:bg-accent"
            >
              <span className="sr-only">{formatDateTime(start, timeZone)}</span>
              <span aria-hidden className="text-muted-foreground">
                {formatShortDate(start, timeZone)}
              </span>
              <span aria-hidden className="font-semibold tabular-nums">
                {formatTime(start, timeZone)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </article>
  );
}

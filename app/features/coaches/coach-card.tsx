import { Avatar } from "~/components/avatar";
import { Rating } from "~/components/stars";
import { Badge } from "~/components/ui/badge";
import { formatMoney } from "~/lib/format-money";
import { coachPath } from "~/lib/paths";

import { NextFree } from "./next-free";
import { nameOf, type SearchChoices } from "./coach-search";
import type { FoundCoach } from "./coaches.server";
import { coachFacts } from "./coach-facts";

type CoachCardProps = {
  coach: FoundCoach;
  choices: SearchChoices;
  /** In which zone the next free time is told; without one it is not. */
  timeZone?: string;
  /** The level of the coach's name among the headings of the page. */
  heading?: "h2" | "h3";
};

const SPECIALTIES_SHOWN = 3;

/** A coach in a list. All of it leads to their page; plain links, as pages have two dozen. */
export function CoachCard(props: CoachCardProps) {
  const { coach, choices, timeZone, heading: Heading = "h2" } = props;
  const shown = coach.specialties.slice(0, SPECIALTIES_SHOWN);
  const more = coach.specialties.length - shown.length;

  return (
    <article className="group relative flex flex-col gap-4 rounded-lg border bg-card p-5 transition-colors hover:border-input has-[a:focus-visible]:outline has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-2 has-[a:focus-visible]:outline-ring sm:p-6">
      <div className="flex items-start gap-4">
        <Avatar name={coach.display_name} seed={coach.coach_id} className="size-14 sm:size-16" />
        <div className="min-w-0 flex-1">
          <Heading className="text-display-sm">
            <a
              href={coachPath(coach.slug)}
              className="underline decoration-transparent decoration-2 underline-offset-4 outline-none transition-colors after:absolute after:inset-0 after:rounded-lg group-hover:decoration-lamp"
            >
              {coach.display_name}
            </a>
          </Heading>
          <p className="mt-1 leading-snug">{coach.headline}</p>
        </div>
      </div>
      <ul aria-label="Specialties" className="flex flex-wrap gap-1.5">
        {shown.map((slug) => (
          <li key={slug}>
            <Badge>{nameOf(slug, choices.specialties)}</Badge>
          </li>
        ))}
        {more > 0 ? (
          <li>
            <Badge variant="outline">{more} more</Badge>
          </li>
        ) : null}
      </ul>
      {timeZone ? <NextFree instant={coach.next_available_at} timeZone={timeZone} /> : null}
      <div className="mt-auto flex items-end justify-between gap-4 text-[0.9375rem]">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Rating rating={coach.rating_average ?? 0} count={coach.review_count} />
          {coachFacts(coach, choices).map((fact) => (
            <span key={fact} className="text-muted-foreground">
              {fact}
            </span>
          ))}
        </p>
        {coach.from_price_cents === null ? null : (
          <p className="whitespace-nowrap text-muted-foreground">
            from{" "}
            <span className="text-base font-semibold tabular-nums text-foreground">
              {formatMoney(coach.from_price_cents)}
            </span>
          </p>
        )}
      </div>
    </article>
  );
}

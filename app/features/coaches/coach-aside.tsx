import type { ReactNode } from "react";

import { PolicyList } from "~/features/orders/policy-list";
import { formatTime, formatZone } from "~/lib/format-date";

import { formatAnswersIn } from "./answers-in";
import { nameOf, type SearchChoices } from "./coach-search";
import type { Coach } from "./coaches.server";

type CoachAsideProps = {
  coach: Coach;
  choices: SearchChoices;
  /** When the page was made: tells what time it is for the coach. */
  now: string;
};

/** What else to know of a coach before booking. */
export function CoachAside({ coach, choices, now }: CoachAsideProps) {
  const years = coach.years_in_business;
  const answersIn = coach.listing.answers_in_minutes;
  return (
    <aside aria-label={`About ${coach.display_name}`} className="space-y-8">
      <dl className="space-y-5">
        <Fact term="Coaches in">
          {(coach.states ?? []).map((code) => nameOf(code, choices.states)).join(", ")}
        </Fact>
        <Fact term="Speaks">
          {(coach.languages ?? []).map((code) => nameOf(code, choices.languages)).join(", ")}
        </Fact>
        {years === null ? null : (
          <Fact term="In the business">{years === 1 ? "1 year" : `${years} years`}</Fact>
        )}
        {answersIn === null ? null : (
          <Fact term="Usually answers in">{formatAnswersIn(answersIn)}</Fact>
        )}
        <Fact term="Their time now">
          <span suppressHydrationWarning>
            {formatTime(now, coach.time_zone)}, {formatZone(now, coach.time_zone)}
          </span>
        </Fact>
      </dl>
      <div>
        <h2 className="font-sans text-[0.9375rem] font-semibold">If plans change</h2>
        <div className="mt-1.5">
          <PolicyList policy={coach.policy} />
        </div>
      </div>
    </aside>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[0.9375rem] font-semibold">{term}</dt>
      <dd className="mt-0.5 text-[0.9375rem] text-muted-foreground">{children}</dd>
    </div>
  );
}

import { CoachCard } from "~/features/coaches/coach-card";
import type { SearchChoices } from "~/features/coaches/coach-search";
import type { FoundCoach } from "~/features/coaches/coaches.server";
import { coachesPath } from "~/lib/paths";

type FeaturedCoachesProps = { coaches: FoundCoach[]; choices: SearchChoices };

/** A few coaches whose clients rate them best, and everything that is coached here. */
export function FeaturedCoaches({ coaches, choices }: FeaturedCoachesProps) {
  return (
    <section className="mx-auto max-w-page px-5 py-16 sm:px-8 lg:py-24">
      {coaches.length > 0 ? (
        <>
          <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-3">
            <h2 className="text-display-md sm:text-display-lg">
              Best rated by the people they coach
            </h2>
            <a href={coachesPath()} className="text-link inline-flex min-h-11 items-center">
              See every coach
            </a>
          </div>
          <div className="mb-16 mt-8 grid gap-4 md:grid-cols-2">
            {coaches.map((coach) => (
              <CoachCard key={coach.coach_id} coach={coach} choices={choices} heading="h3" />
            ))}
          </div>
        </>
      ) : null}
      <h2 className="text-display-sm">Everything you can practice here</h2>
      <ul className="mt-5 flex flex-wrap gap-2">
        {choices.specialties.map((specialty) => (
          <li key={specialty.value}>
            <a
              href={coachesPath({ specialty: specialty.value })}
              className="inline-flex min-h-11 items-center rounded-full border border-input/60 bg-card px-4 text-[0.9375rem] font-medium transition-colors hover:border-primary hover:bg-accent"
            >
              {specialty.label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

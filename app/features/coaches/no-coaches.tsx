import { EmptyState } from "~/components/empty-state";
import { Button } from "~/components/ui/button";
import { coachesPath } from "~/lib/paths";

import type { FilterChip } from "./coach-search";

/** When a search finds nobody: what to loosen. */
export function NoCoaches({ chips, page }: { chips: FilterChip[]; page: number }) {
  if (page > 1) {
    return (
      <EmptyState
        title="That was everybody"
        action={
          <Button asChild>
            <a href={coachesPath()}>Start over</a>
          </Button>
        }
      >
        <p>There are no more coaches on this page of the search.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No coach fits all of that"
      action={
        <Button asChild>
          <a href={coachesPath()}>See every coach</a>
        </Button>
      }
    >
      {chips.length > 1 ? (
        <>
          <p>Each of these would widen the search:</p>
          <ul className="mt-2 space-y-1">
            {chips.map((chip) => (
              <li key={chip.name}>
                <a href={chip.href} className="text-link inline-flex min-h-9 items-center">
                  Without {chip.label}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>Try other words, or look at everybody: every coach here lists what they are good at.</p>
      )}
    </EmptyState>
  );
}

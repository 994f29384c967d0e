import X from "lucide-react/icons/x";

import { coachesPath } from "~/lib/paths";

import type { FilterChip } from "./coach-search";

/** The filters that are on. Each is a link to the same search without it. */
export function FilterChips({ chips }: { chips: FilterChip[] }) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters that are on" className="flex flex-wrap items-center gap-2">
      {chips.map((chip) => (
        <li key={chip.name}>
          <a
            href={chip.href}
            className="inline-flex min-h-11 items-center gap-2 rounded-full border border-input bg-card pl-4 pr-3 text-sm font-medium hover:bg-accent sm:min-h-9"
          >
            <span className="sr-only">Remove </span>
            {chip.label}
            <X aria-hidden className="size-3.5 text-muted-foreground" />
          </a>
        </li>
      ))}
      {chips.length > 1 ? (
        <li>
          <a
            href={coachesPath()}
            className="text-link inline-flex min-h-11 items-center px-2 text-sm sm:min-h-9"
          >
            Clear all
          </a>
        </li>
      ) : null}
    </ul>
  );
}

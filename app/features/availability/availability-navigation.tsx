import { useLocation } from "@remix-run/react";

import {
  coachAvailabilityPath,
  coachBookingRulesPath,
  coachOutOfOfficePath,
  coachOverridesPath,
  coachPreviewPath,
  coachTravelPath,
} from "~/lib/paths";

const PAGES = [
  { to: coachAvailabilityPath(), label: "Weekly hours" },
  { to: coachOverridesPath(), label: "Single dates" },
  { to: coachOutOfOfficePath(), label: "Out of office" },
  { to: coachTravelPath(), label: "Travel" },
  { to: coachBookingRulesPath(), label: "Booking rules" },
  { to: coachPreviewPath(), label: "Next two weeks" },
] as const;

/** The pages on which a coach says when they can be booked, above each of them. */
export function AvailabilityNavigation() {
  const { pathname } = useLocation();
  return (
    <nav aria-label="Your hours" className="mb-8">
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {PAGES.map(({ to, label }) => (
          <li key={to}>
            <a
              href={to}
              aria-current={pathname === to ? "page" : undefined}
              className="inline-flex min-h-11 items-center text-[0.9375rem] font-medium text-muted-foreground underline-offset-4 hover:text-foreground hover:underline aria-[current=page]:text-foreground aria-[current=page]:underline aria-[current=page]:decoration-lamp aria-[current=page]:decoration-2 sm:min-h-9"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

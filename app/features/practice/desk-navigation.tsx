import { Link, useLocation } from "@remix-run/react";

import {
  coachAvailabilityPath,
  coachCalendlyPath,
  coachClientsPath,
  coachDeskPath,
  coachEarningsPath,
  coachOffersPath,
  coachProfilePath,
  deskReviewsPath,
  savedAnswersPath,
} from "~/lib/paths";

const ROOMS = [
  { to: coachDeskPath(), label: "Calendar" },
  { to: coachClientsPath(), label: "Clients" },
  { to: savedAnswersPath(), label: "Answers" },
  { to: deskReviewsPath(), label: "Reviews" },
  { to: coachEarningsPath(), label: "Earnings" },
  { to: coachOffersPath(), label: "Offers" },
  { to: coachAvailabilityPath(), label: "Hours" },
  { to: coachCalendlyPath(), label: "Calendly" },
  { to: coachProfilePath(), label: "Profile" },
] as const;

/** The pages of a coach's desk. On phones the row scrolls sideways. */
export function DeskNavigation() {
  const { pathname } = useLocation();
  return (
    <nav aria-label="Coach desk" className="border-b bg-card">
      <ul className="mx-auto flex max-w-page overflow-x-auto px-1 sm:px-6">
        {ROOMS.map(({ to, label }) => (
          <li key={to} className="shrink-0">
            <Link
              to={to}
              aria-current={isHere(pathname, to) ? "page" : undefined}
              className="flex h-12 items-center border-b-2 border-transparent px-2 text-sm font-medium text-muted-foreground hover:text-foreground focus-visible:-outline-offset-2 aria-[current=page]:border-lamp aria-[current=page]:text-foreground sm:px-3 sm:text-[0.9375rem]"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isHere(pathname: string, to: string): boolean {
  if (to === coachDeskPath()) return pathname === to;
  return pathname === to || pathname.startsWith(`${to}/`);
}

import ArrowLeft from "lucide-react/icons/arrow-left";
import ArrowRight from "lucide-react/icons/arrow-right";

import type { ReactNode } from "react";

import { buttonVariants } from "~/components/ui/button";
import { cn } from "~/lib/class-names";

import { formatDayRange } from "./format-day-range";

type WeekLinksProps = {
  week: { firstDay: string; lastDay: string; previous: string | null; next: string | null };
  /** The address of the week that begins on a day. */
  toWeek: (day: string) => string;
};

/** Which days are shown, and the ones before and after. */
export function WeekLinks({ week, toWeek }: WeekLinksProps) {
  return (
    <nav aria-label="Weeks" className="flex items-center gap-2">
      <h2 className="mr-2 text-display-sm">{formatDayRange(week.firstDay, week.lastDay)}</h2>
      <WeekLink
        href={week.previous && toWeek(week.previous)}
        rel="prev"
        label="The seven days before"
      >
        <ArrowLeft aria-hidden />
      </WeekLink>
      <WeekLink href={week.next && toWeek(week.next)} rel="next" label="The seven days after">
        <ArrowRight aria-hidden />
      </WeekLink>
    </nav>
  );
}

type WeekLinkProps = {
  href: string | null;
  rel: "prev" | "next";
  label: string;
  children: ReactNode;
};

function WeekLink({ href, rel, label, children }: WeekLinkProps) {
  const look = buttonVariants({ variant: "outline", size: "icon" });
  // Something stands where there is no link, so that the other one keeps its place.
  if (!href) {
    return (
      <span aria-hidden className={cn(look, "border-border bg-transparent text-border")}>
        {children}
      </span>
    );
  }
  return (
    <a href={href} rel={rel} className={look}>
      {children}
      <span className="sr-only">{label}</span>
    </a>
  );
}

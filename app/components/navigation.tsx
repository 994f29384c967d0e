import { Link, useLocation } from "@remix-run/react";

import type { MailStop } from "~/components/mail-stopped";
import type { Project } from "~/lib/live-channel";
import {
  becomeACoachPath,
  coachDeskPath,
  coachesPath,
  howItWorksPath,
  messagesPath,
  sessionsPath,
  settingsPath,
} from "~/lib/paths";

/** What the frame of a page knows about the person who is signed in. */
export type SiteViewer = {
  name: string;
  /** Their profile's id: draws their picture. */
  seed: string;
  /** Has a practice here, in whatever state. */
  isCoach: boolean;
  unreadCount: number;
  unreadNotices: number;
  /** Why nothing is mailed to them; null when it is. */
  mailStoppedBy: MailStop | null;
  /** Where live updates come from. */
  project: Project;
};

export type SiteLink = {
  to: string;
  label: string;
  /** How many things wait there. */
  count?: number;
};

/** The links in the header. */
export function mainLinks(viewer: SiteViewer | null): SiteLink[] {
  if (!viewer) {
    return [
      { to: coachesPath(), label: "Find a coach" },
      { to: howItWorksPath(), label: "How it works" },
      { to: becomeACoachPath(), label: "For coaches" },
    ];
  }
  return [
    { to: coachesPath(), label: "Find a coach" },
    { to: sessionsPath(), label: "My sessions" },
    { to: messagesPath(), label: "Messages", count: viewer.unreadCount },
    ...(viewer.isCoach ? [{ to: coachDeskPath(), label: "Coach desk" }] : []),
  ];
}

/** The links of the account menu. */
export function accountLinks(viewer: SiteViewer): SiteLink[] {
  return [
    { to: settingsPath(), label: "Settings" },
    ...(viewer.isCoach ? [] : [{ to: becomeACoachPath(), label: "Become a coach" }]),
    { to: howItWorksPath(), label: "How it works" },
  ];
}

type NavigationLinkProps = { link: SiteLink; className?: string };

/** A link that says when it leads to where one is. */
export function NavigationLink({ link, className }: NavigationLinkProps) {
  const { pathname } = useLocation();
  const isHere = pathname === link.to || pathname.startsWith(`${link.to}/`);
  return (
    <Link to={link.to} aria-current={isHere ? "page" : undefined} className={className}>
      {link.label}
      <UnreadCount count={link.count} />
    </Link>
  );
}

/** How many messages wait; nothing when none do. */
export function UnreadCount({ count = 0 }: { count?: number | undefined }) {
  if (count === 0) return null;
  return (
    <span className="ml-1.5 inline-grid h-5 min-w-5 place-items-center rounded-full bg-lamp px-1.5 text-xs font-semibold tabular-nums text-lamp-foreground">
      {count > 99 ? "99+" : count}
      <span className="sr-only"> unread</span>
    </span>
  );
}

import { Link, useLocation } from "@remix-run/react";
import CalendarDays from "lucide-react/icons/calendar-days";
import LayoutDashboard from "lucide-react/icons/layout-dashboard";
import MessageSquare from "lucide-react/icons/message-square";
import Search from "lucide-react/icons/search";
import UserRound from "lucide-react/icons/user-round";

import { UnreadCount, type SiteViewer } from "~/components/navigation";
import { coachDeskPath, coachesPath, messagesPath, sessionsPath, settingsPath } from "~/lib/paths";

/** At the foot of the screen on phones: where signed-in people go most. */
export function TabBar({ viewer }: { viewer: SiteViewer }) {
  const { pathname } = useLocation();
  const tabs = [
    { to: coachesPath(), label: "Find", Icon: Search },
    { to: sessionsPath(), label: "Sessions", Icon: CalendarDays },
    { to: messagesPath(), label: "Messages", Icon: MessageSquare, count: viewer.unreadCount },
    ...(viewer.isCoach ? [{ to: coachDeskPath(), label: "Coach", Icon: LayoutDashboard }] : []),
    { to: settingsPath(), label: "You", Icon: UserRound },
  ];

  return (
    <nav
      aria-label="Shortcuts"
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-card pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="mx-auto flex max-w-lg">
        {tabs.map(({ to, label, Icon, count }) => (
          <li key={to} className="flex-1">
            <Link
              to={to}
              aria-current={pathname === to || pathname.startsWith(`${to}/`) ? "page" : undefined}
              className="relative flex h-16 flex-col items-center justify-center gap-1 border-t-2 border-transparent text-xs font-medium text-muted-foreground aria-[current=page]:border-lamp aria-[current=page]:text-foreground"
            >
              <Icon aria-hidden className="size-[1.375rem]" />
              {label}
              <span className="absolute left-1/2 top-1.5">
                <UnreadCount count={count} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

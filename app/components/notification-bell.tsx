import { Link, useLocation } from "@remix-run/react";
import Bell from "lucide-react/icons/bell";
import { useEffect, useState } from "react";

import { askSite } from "~/lib/ask-site";
import { UnreadCount, type SiteViewer } from "~/components/navigation";
import { notificationsPath, unreadNoticesPath } from "~/lib/paths";

/** Leads to what one was told, and says how much of it is unread; where scripts run, as it comes. */
export function NotificationBell({ viewer }: { viewer: SiteViewer }) {
  const count = useLiveCount(viewer);
  const { pathname } = useLocation();
  return (
    <Link
      to={notificationsPath()}
      aria-current={pathname === notificationsPath() ? "page" : undefined}
      className="relative grid size-11 place-items-center rounded-md hover:bg-accent aria-[current=page]:bg-accent"
    >
      <Bell aria-hidden className="size-5" />
      <span className="sr-only">Notifications</span>
      <span className="absolute left-[1.1rem] top-0.5">
        <UnreadCount count={count} />
      </span>
    </Link>
  );
}

/**
 * The count that came with the page, until their channel tells another one. What it told while the connection
 * did not stand is not told again: the count is read whenever it stands.
 */
function useLiveCount({ seed: profileId, project, unreadNotices }: SiteViewer): number {
  const [told, setTold] = useState<number | null>(null);
  const [ofPage, setOfPage] = useState(unreadNotices);
  if (ofPage !== unreadNotices) {
    setOfPage(unreadNotices);
    setTold(null);
  }

  const { url, publishableKey } = project; // the object is another one after every reading
  useEffect(() => {
    let stop: (() => void) | null = null;
    let isOver = false;
    let timesTold = 0;
    async function catchUp() {
      const before = timesTold;
      const notices = await readUnreadNotices();
      // What was told meanwhile is newer.
      if (notices !== null && before === timesTold && !isOver) setTold(notices);
    }
    import("~/lib/live-channel")
      .then(({ listenTo }) =>
        listenTo({ url, publishableKey }, `person:${profileId}`, {
          events: {
            unread({ notices }) {
              timesTold += 1;
              setTold(Number(notices)); // only the database speaks here
            },
          },
          onLive: () => void catchUp(),
        }),
      )
      .then((channel) => (isOver ? channel.stop() : (stop = channel.stop)))
      // Without it the count is that of the page.
      .catch(() => {});
    return () => {
      isOver = true;
      stop?.();
    };
  }, [profileId, url, publishableKey]);

  return told ?? unreadNotices;
}

/** How many are unread by now; null when that can't be had. */
async function readUnreadNotices(): Promise<number | null> {
  try {
    const response = await askSite(unreadNoticesPath());
    if (!response.ok) return null;
    const answer = (await response.json()) as { data: { notices: number } };
    return answer.data.notices;
  } catch {
    return null;
  }
}

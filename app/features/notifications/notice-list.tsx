import { Link } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { formatDate, localDay } from "~/lib/format-date";
import { notificationPath } from "~/lib/paths";

import type { Notice } from "./notifications.server";

/** What one was told, under the days on which one was, each a sentence that leads to what it is about. */
export function NoticeList({ notices, timeZone }: { notices: Notice[]; timeZone: string }) {
  return (
    <div className="space-y-8">
      {byDay(notices, timeZone).map(([day, ofDay]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className="mb-3 text-[0.9375rem] font-medium text-muted-foreground">
            <time dateTime={day} suppressHydrationWarning>
              {formatDate(ofDay[0]!.sentAt, timeZone)}
            </time>
          </h2>
          <ul className="divide-y overflow-hidden rounded-lg border bg-card">
            {ofDay.map((notice) => (
              <li key={notice.id}>
                <Link
                  to={notificationPath(notice.id)}
                  reloadDocument
                  className="flex items-baseline gap-4 px-5 py-4 hover:bg-accent"
                >
                  <span className={`min-w-0 flex-1 ${notice.isRead ? "" : "font-semibold"}`}>
                    {notice.isRead ? null : <span className="sr-only">Unread: </span>}
                    {notice.sentence}
                  </span>
                  <DateTime
                    instant={notice.sentAt}
                    timeZone={timeZone}
                    format="time"
                    className="shrink-0 text-[0.8125rem] text-muted-foreground"
                  />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** In the order in which they come, which is that of time. */
function byDay(notices: Notice[], timeZone: string): [string, Notice[]][] {
  const days = new Map<string, Notice[]>();
  for (const notice of notices) {
    const day = localDay(notice.sentAt, timeZone);
    days.set(day, [...(days.get(day) ?? []), notice]);
  }
  return [...days];
}

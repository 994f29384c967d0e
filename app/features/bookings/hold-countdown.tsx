import { useRevalidator } from "@remix-run/react";
import { useEffect, useState } from "react";

import { formatDateTime, formatTime, formatZone } from "~/lib/format-date";
import { useHydrated } from "~/lib/use-hydrated";

type HoldCountdownProps = {
  until: string;
  timeZone: string;
  /** Over an hour: the day is told, and no seconds are counted. */
  isLong: boolean;
};

/** Until when a time is held, as a sentence. Scripts add how long that still is, and look again when it is over. */
export function HoldCountdown({ until, timeZone, isLong }: HoldCountdownProps) {
  const isHydrated = useHydrated();
  return (
    <>
      Held for you until{" "}
      <time dateTime={until} className="font-semibold" suppressHydrationWarning>
        {isLong
          ? formatDateTime(until, timeZone)
          : `${formatTime(until, timeZone)}, ${formatZone(until, timeZone)}`}
      </time>
      .{isHydrated && !isLong ? <TimeLeft until={until} /> : null}
    </>
  );
}

function TimeLeft({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now);
  const { revalidate } = useRevalidator();
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  const isOver = seconds === 0;

  useEffect(() => {
    if (isOver) {
      revalidate();
      return;
    }
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isOver, revalidate]);

  // Not read out: every second would be.
  return (
    <span aria-hidden className="tabular-nums text-muted-foreground">
      {" "}
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")} left.
    </span>
  );
}

import { z } from "zod";

import { calendly } from "../../_shared/calendly.ts";
import { httpError } from "../../_shared/vendor-error.ts";

const BusySchema = z.object({
  collection: z.array(
    z.object({
      type: z.string(),
      start_time: z.string(),
      end_time: z.string(),
      buffered_start_time: z.string().nullish(),
      buffered_end_time: z.string().nullish(),
      event: z.object({ uri: z.string() }).nullish(),
    }),
  ),
});

/** When somebody is busy; `id` is the same for the same entry in each sync. */
export type BusyTime = { id: string; starts_at: string; ends_at: string };

type Span = { coach_id: string; user_uri: string; until: string };

const DAY_MS = 24 * 60 * 60 * 1000;
/** The longest span that Calendly answers. */
const WINDOW_MS = 7 * DAY_MS;
/** A window must begin in the future by Calendly's clock. */
const AHEAD_MS = 60_000;

/** When a coach is busy from now until `until`, by all calendars that Calendly checks. */
export async function readBusyTimes({ coach_id, user_uri, until }: Span): Promise<BusyTime[]> {
  const end = Date.parse(until);
  const found: BusyTime[] = [];
  for (let start = Date.now() + AHEAD_MS; start < end; start += WINDOW_MS) {
    const window = { start, end: Math.min(start + WINDOW_MS, end) };
    found.push(...(await readWindow(coach_id, user_uri, window)));
  }
  return found;
}

/** When a coach is busy within a window of at most a week; milliseconds since 1970. */
export async function readWindow(
  coachId: string,
  userUri: string,
  { start, end }: { start: number; end: number },
): Promise<BusyTime[]> {
  const query = new URLSearchParams({
    user: userUri,
    start_time: new Date(start).toISOString(),
    end_time: new Date(end).toISOString(),
  });
  const response = await calendly(coachId, `/user_busy_times?${query}`);
  if (!response.ok) throw await httpError("calendly", response);

  const { collection } = BusySchema.parse(await response.json());
  return collection.map((entry) => {
    const starts_at = entry.buffered_start_time ?? entry.start_time;
    const ends_at = entry.buffered_end_time ?? entry.end_time;
    return { id: entry.event?.uri ?? `${entry.type}:${starts_at}:${ends_at}`, starts_at, ends_at };
  });
}

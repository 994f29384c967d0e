import { z } from "zod";

/** When a meeting is, as SQL says it. */
export const MeetingTimeSchema = z.object({ starts_at: z.string(), duration_minutes: z.number() });

/** The same as Zoom takes it: UTC, to the second. */
export function zoomTime({ starts_at, duration_minutes }: z.infer<typeof MeetingTimeSchema>) {
  return {
    start_time: new Date(starts_at).toISOString().replace(/\.\d+Z$/, "Z"),
    duration: duration_minutes,
    timezone: "UTC",
  };
}

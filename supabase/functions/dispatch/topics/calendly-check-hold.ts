import { z } from "zod";

import { readWindow } from "./calendly-busy.ts";

const WorkSchema = z.object({
  coach_id: z.string(),
  user_uri: z.string(),
  starts_at: z.string(),
  ends_at: z.string(),
});

/** Looks once more at a time that somebody holds, right before they pay for it. */
export async function calendlyCheckHold(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  const window = { start: Date.parse(work.starts_at), end: Date.parse(work.ends_at) };
  return { busy_times: await readWindow(work.coach_id, work.user_uri, window) };
}

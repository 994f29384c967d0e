import { z } from "zod";

import { httpError } from "../../_shared/vendor-error.ts";
import { zoom } from "../../_shared/zoom.ts";
import { MeetingTimeSchema, zoomTime } from "./zoom-time.ts";

const WorkSchema = MeetingTimeSchema.extend({ zoom_meeting_id: z.string() });

/**
 * Tells Zoom the time that a meeting has now; again makes no difference. Its number and link
 * stay. One that is not there any more is said to be gone, and SQL plans another.
 */
export async function moveMeeting(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  const response = await zoom(`/meetings/${work.zoom_meeting_id}`, {
    method: "PATCH",
    body: zoomTime(work),
  });
  if (!response.ok && response.status !== 404) throw await httpError("zoom", response);
  await response.body?.cancel();
  return { is_there: response.ok, starts_at: work.starts_at };
}

import { z } from "zod";

import { httpError } from "../../_shared/vendor-error.ts";
import { zoom } from "../../_shared/zoom.ts";

const WorkSchema = z.object({ zoom_meeting_id: z.string(), is_recorded: z.boolean() });

/** How Zoom is told whether to record a meeting. */
export function autoRecording({ is_recorded }: { is_recorded: boolean }) {
  return { auto_recording: is_recorded ? "cloud" : "none" };
}

/**
 * Tells Zoom whether to record a meeting, as is agreed now; again makes no difference. One that is
 * not there any more is the sweep's to find, and the one in its place is made as is agreed then.
 */
export async function setRecording(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  const response = await zoom(`/meetings/${work.zoom_meeting_id}`, {
    method: "PATCH",
    body: { settings: autoRecording(work) },
  });
  if (!response.ok && response.status !== 404) throw await httpError("zoom", response);
  await response.body?.cancel();
  return { is_recorded: work.is_recorded };
}

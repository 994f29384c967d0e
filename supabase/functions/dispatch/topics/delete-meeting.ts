import { z } from "zod";

import { httpError, VendorError } from "../../_shared/vendor-error.ts";
import { zoom } from "../../_shared/zoom.ts";
import { findMeeting } from "./find-meeting.ts";

const WorkSchema = z.object({
  host_id: z.string(),
  zoom_meeting_id: z.string().nullable(),
  agenda: z.string(),
});

/** Zoom deletes no meeting that somebody is in. */
const IN_PROGRESS = 3002;

/**
 * Deletes a cancelled booking's meeting at Zoom. Not there is what we want, so 404 is done.
 * Without an id the host's list is searched: it may have been made and its id lost.
 */
export async function deleteMeeting(input: unknown): Promise<object> {
  const work = WorkSchema.parse(input);
  const id = work.zoom_meeting_id ?? (await findMeeting(work.host_id, work.agenda))?.id;
  if (!id) return { deleted: false };

  const response = await zoom(`/meetings/${id}`, { method: "DELETE" });
  if (response.status === 400 && (await codeOf(response.clone())) === IN_PROGRESS) {
    await response.body?.cancel();
    throw new VendorError("zoom: the meeting is on", { retryAfterSeconds: 600 });
  }
  if (!response.ok && response.status !== 404) throw await httpError("zoom", response);
  await response.body?.cancel();
  return { deleted: response.ok };
}

async function codeOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  return z.object({ code: z.number() }).safeParse(body).data?.code;
}

import { z } from "zod";

import { httpError } from "../../_shared/vendor-error.ts";
import { zoom } from "../../_shared/zoom.ts";
import { listMeetings } from "./list-meetings.ts";

const WorkSchema = z.object({
  host_id: z.string(),
  mark: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  expected: z.array(z.string()),
});

const IdSchema = z.uuid();

/**
 * Reads a host's list at Zoom: the meetings that carry our mark, and those that we expected and
 * that are not there. A list may lag behind, so what is not in it is asked for by its number. What
 * it means is SQL's to say. Meetings without our mark are not even told.
 */
export async function sweep(input: unknown): Promise<object> {
  const { host_id, mark, from, to, expected } = WorkSchema.parse(input);
  const found = [];
  const missing = new Set(expected);

  for await (const meeting of listMeetings(host_id, { ...(from && { from }), ...(to && { to }) })) {
    missing.delete(String(meeting.id));
    const id = meeting.agenda?.startsWith(mark) && meeting.agenda.slice(mark.length);
    if (!IdSchema.safeParse(id).success) continue;
    found.push({
      meeting_id: id,
      zoom_meeting_id: String(meeting.id),
      join_url: meeting.join_url,
      starts_at: meeting.start_time,
      duration_minutes: meeting.duration,
    });
  }
  for (const id of missing) if (await isThere(id)) missing.delete(id);

  return { found, missing: [...missing] };
}

async function isThere(zoomMeetingId: string): Promise<boolean> {
  const response = await zoom(`/meetings/${zoomMeetingId}`, { method: "GET" });
  if (!response.ok && response.status !== 404) throw await httpError("zoom", response);
  await response.body?.cancel();
  return response.ok;
}

import { z } from "zod";

import { httpError, VendorError } from "../../_shared/vendor-error.ts";
import { zoom } from "../../_shared/zoom.ts";
import { runPath } from "./run-path.ts";

const WorkSchema = z.object({ zoom_meeting_id: z.string() });

const MeetingSchema = z.object({ status: z.string().optional() });
const RunsSchema = z.object({ meetings: z.array(z.object({ uuid: z.string() })) });
const VisitsSchema = z.object({
  next_page_token: z.string().optional(),
  participants: z.array(
    z.object({
      id: z.string().optional(),
      user_id: z.string(),
      name: z.string().optional(),
      registrant_id: z.string().optional(),
      join_time: z.string(),
      leave_time: z.string().optional(),
    }),
  ),
});

/** How long we wait for people to leave before we ask again. Seconds. */
const STILL_ON = 600;

/**
 * Reads Zoom's own list of who was in a meeting, over all its runs. A meeting that never ran has
 * none. One that still runs is read later.
 */
export async function readAttendance(input: unknown): Promise<object> {
  const { zoom_meeting_id } = WorkSchema.parse(input);
  const meeting = MeetingSchema.parse((await read(`/meetings/${zoom_meeting_id}`)) ?? {});
  if (meeting.status === "started") {
    throw new VendorError("zoom: the meeting is on", { retryAfterSeconds: STILL_ON });
  }

  const runs = RunsSchema.parse(
    (await read(`/past_meetings/${zoom_meeting_id}/instances`)) ?? { meetings: [] },
  );
  const visits = [];
  for (const { uuid } of runs.meetings) visits.push(...(await visitsTo(uuid)));
  return { visits };
}

async function visitsTo(uuid: string): Promise<object[]> {
  const path = `/past_meetings/${runPath(uuid)}/participants`;
  const visits = [];
  let pageToken = "";
  do {
    const query = new URLSearchParams({ page_size: "300", next_page_token: pageToken });
    const page = VisitsSchema.parse((await read(`${path}?${query}`)) ?? { participants: [] });
    for (const visit of page.participants) {
      visits.push({
        // The same visit, whenever it is read.
        participant_uuid: `list:${uuid}:${visit.user_id}:${visit.join_time}`,
        user_name: visit.name,
        id: visit.id,
        registrant_id: visit.registrant_id,
        join_time: visit.join_time,
        leave_time: visit.leave_time,
      });
    }
    pageToken = page.next_page_token ?? "";
  } while (pageToken);
  return visits;
}

/** What Zoom answers, or null for what it does not have. */
async function read(path: string): Promise<unknown> {
  const response = await zoom(path, { method: "GET" });
  if (response.ok) return response.json();
  if (response.status !== 404) throw await httpError("zoom", response);
  await response.body?.cancel();
  return null;
}

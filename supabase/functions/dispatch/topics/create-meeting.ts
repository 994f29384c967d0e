import { z } from "zod";

import { httpError } from "../../_shared/vendor-error.ts";
import { zoom } from "../../_shared/zoom.ts";
import type { Claim } from "../handler.ts";
import { findMeeting } from "./find-meeting.ts";
import { autoRecording } from "./set-recording.ts";
import { MeetingTimeSchema, zoomTime } from "./zoom-time.ts";

const WorkSchema = MeetingTimeSchema.extend({
  meeting_id: z.string(),
  host_id: z.string(),
  topic: z.string(),
  agenda: z.string(),
  is_recorded: z.boolean(),
});

const MeetingSchema = z.object({
  id: z.number(),
  join_url: z.string(),
  start_time: z.string().optional(),
});

/**
 * Makes a booking's meeting at Zoom. Zoom knows no idempotency key, so from the second
 * attempt on the host's list is searched first: the attempt before may have been cut off
 * after Zoom had made it. start_url is never kept, it opens the meeting as the host.
 */
export async function createMeeting(input: unknown, { attempts }: Claim): Promise<object> {
  const work = WorkSchema.parse(input);
  const existing = attempts > 1 ? await findMeeting(work.host_id, work.agenda) : null;
  const meeting = existing ?? (await postMeeting(work));
  return {
    zoom_meeting_id: String(meeting.id),
    join_url: meeting.join_url,
    // As Zoom has it: an attempt before may have been made for another time.
    starts_at: meeting.start_time ?? work.starts_at,
    // Lists don't tell: SQL has it told once more.
    is_recorded: existing ? null : work.is_recorded,
  };
}

async function postMeeting(
  work: z.infer<typeof WorkSchema>,
): Promise<z.infer<typeof MeetingSchema>> {
  const response = await zoom(`/users/${encodeURIComponent(work.host_id)}/meetings`, {
    method: "POST",
    body: {
      topic: work.topic,
      type: 2, // scheduled
      ...zoomTime(work),
      agenda: work.agenda,
      // Neither party is the Zoom host: they come in without one, at any time. When the door opens is
      // our own page's to say: it alone gives the links, and Zoom knows 5, 10 and 15 minutes only.
      settings: {
        join_before_host: true,
        jbh_time: 0,
        waiting_room: false,
        participant_video: true,
        ...autoRecording(work),
        // Each comes by a link of their own, which Zoom makes when they click (registrants). It
        // mails nobody.
        approval_type: 0,
        registrants_confirmation_email: false,
        registrants_email_notification: false,
      },
    },
  });
  if (!response.ok) throw await httpError("zoom", response);
  return MeetingSchema.parse(await response.json());
}

import { z } from "zod";

import { httpError } from "../../_shared/vendor-error.ts";
import { zoom } from "../../_shared/zoom.ts";

const PageSchema = z.object({
  next_page_token: z.string().optional(),
  meetings: z.array(
    z.object({
      id: z.number(),
      agenda: z.string().optional(),
      join_url: z.string(),
      start_time: z.string().optional(),
    }),
  ),
});

type FoundMeeting = z.infer<typeof PageSchema>["meetings"][number];

/** The host's meeting with exactly this agenda, which names our meeting, or null. */
export async function findMeeting(hostId: string, agenda: string): Promise<FoundMeeting | null> {
  let pageToken = "";
  do {
    const query = new URLSearchParams({
      type: "scheduled",
      page_size: "300",
      next_page_token: pageToken,
    });
    const response = await zoom(`/users/${encodeURIComponent(hostId)}/meetings?${query}`, {
      method: "GET",
    });
    if (!response.ok) throw await httpError("zoom", response);

    const page = PageSchema.parse(await response.json());
    const found = page.meetings.find((meeting) => meeting.agenda === agenda);
    if (found) return found;
    pageToken = page.next_page_token ?? "";
  } while (pageToken);

  return null;
}

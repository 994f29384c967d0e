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
      duration: z.number().optional(),
    }),
  ),
});

export type ListedMeeting = z.infer<typeof PageSchema>["meetings"][number];

/**
 * A host's meetings at Zoom, page by page.
 * @param days the first and the last to list, such as 2026-12-01; all if there are none
 */
export async function* listMeetings(
  hostId: string,
  days: { from?: string; to?: string } = {},
): AsyncGenerator<ListedMeeting> {
  let pageToken = "";
  do {
    const query = new URLSearchParams({
      type: "scheduled",
      page_size: "300",
      ...days,
      next_page_token: pageToken,
    });
    const response = await zoom(`/users/${encodeURIComponent(hostId)}/meetings?${query}`, {
      method: "GET",
    });
    if (!response.ok) throw await httpError("zoom", response);

    const page = PageSchema.parse(await response.json());
    yield* page.meetings;
    pageToken = page.next_page_token ?? "";
  } while (pageToken);
}

import { z } from "zod";

import { calendly } from "../../_shared/calendly.ts";
import { httpError } from "../../_shared/vendor-error.ts";

const PageSchema = z.object({
  collection: z.array(
    z.object({
      uri: z.string(),
      name: z.string(),
      active: z.boolean(),
      duration: z.number(),
      kind: z.string(),
      scheduling_url: z.string(),
      locations: z.array(z.object({ kind: z.string() })).nullish(),
    }),
  ),
  pagination: z.object({ next_page_token: z.string().nullish() }),
});

/** What a coach can be booked for at Calendly, one to one. */
export async function readEventTypes(coach: { coach_id: string; user_uri: string }) {
  const found: z.infer<typeof PageSchema>["collection"] = [];
  let pageToken: string | null | undefined;
  do {
    const query = new URLSearchParams({
      user: coach.user_uri,
      active: "true",
      count: "100",
      ...(pageToken && { page_token: pageToken }),
    });
    const response = await calendly(coach.coach_id, `/event_types?${query}`);
    if (!response.ok) throw await httpError("calendly", response);

    const page = PageSchema.parse(await response.json());
    found.push(...page.collection);
    pageToken = page.pagination.next_page_token;
  } while (pageToken);

  return found
    .filter(({ kind }) => kind === "solo")
    .map((type) => ({
      uri: type.uri,
      name: type.name,
      duration_minutes: type.duration,
      location_kinds: (type.locations ?? []).map(({ kind }) => kind),
      scheduling_url: type.scheduling_url,
      is_active: type.active,
    }));
}

import { z } from "zod";

import { calendly } from "../../_shared/calendly.ts";
import { rpc } from "../../_shared/db.ts";
import { httpError } from "../../_shared/vendor-error.ts";

const EventSchema = z.looseObject({ uri: z.string() });
const PageSchema = z.object({
  collection: z.array(EventSchema),
  pagination: z.object({ next_page_token: z.string().nullish() }),
});
const InviteeSchema = z.looseObject({
  uri: z.string(),
  event: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  rescheduled: z.boolean(),
  new_invitee: z.string().nullish(),
});

type Coach = { coach_id: string; user_uri: string };

/**
 * Finds what a lost webhook left behind: sessions to come whose event was called off or moved at
 * Calendly. Each is handed on as the webhook would have been; one that came late changes nothing.
 * @returns how many there were
 */
export async function reconcile(coach: Coach): Promise<number> {
  const ours = z
    .array(z.string())
    .parse(await rpc("calendly_events_ahead", { coach_id: coach.coach_id }));
  if (ours.length === 0) return 0;

  const gone = (await cancelledAhead(coach)).filter(({ uri }) => ours.includes(uri));
  for (const event of gone) await handOn(coach.coach_id, event);
  return gone.length;
}

async function cancelledAhead({ coach_id, user_uri }: Coach) {
  const found: z.infer<typeof EventSchema>[] = [];
  let pageToken: string | null | undefined;
  do {
    const query = new URLSearchParams({
      user: user_uri,
      status: "canceled",
      min_start_time: new Date().toISOString(),
      count: "100",
      ...(pageToken && { page_token: pageToken }),
    });
    const page = PageSchema.parse(await read(coach_id, `/scheduled_events?${query}`));
    found.push(...page.collection);
    pageToken = page.pagination.next_page_token;
  } while (pageToken);
  return found;
}

async function handOn(coachId: string, event: z.infer<typeof EventSchema>): Promise<void> {
  const { collection } = z
    .object({ collection: z.array(InviteeSchema) })
    .parse(await read(coachId, `${event.uri}/invitees`));
  const [invitee] = collection;
  if (!invitee) return;

  if (!invitee.rescheduled || !invitee.new_invitee) {
    await apply("invitee.canceled", invitee.updated_at, invitee, event);
    return;
  }
  const created = await readResource(coachId, invitee.new_invitee, InviteeSchema);
  const moved = await readResource(coachId, created.event, EventSchema);
  await apply("invitee.created", created.created_at, created, moved);
}

async function apply(
  type: string,
  createdAt: string,
  invitee: z.infer<typeof InviteeSchema>,
  event: object,
): Promise<void> {
  await rpc("apply_calendly_event", {
    event_id: [type, invitee.uri, createdAt].join(":"),
    event: { event: type, created_at: createdAt, payload: { ...invitee, scheduled_event: event } },
  });
}

async function readResource<Value>(
  coachId: string,
  uri: string,
  schema: z.ZodType<Value>,
): Promise<Value> {
  return z.object({ resource: schema }).parse(await read(coachId, uri)).resource;
}

async function read(coachId: string, path: string): Promise<unknown> {
  const response = await calendly(coachId, path);
  if (!response.ok) throw await httpError("calendly", response);
  return await response.json();
}

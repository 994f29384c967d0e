import { z } from "zod";

import { calendly } from "../../_shared/calendly.ts";
import { env } from "../../_shared/env.ts";
import { httpError, VendorError } from "../../_shared/vendor-error.ts";
import type { Claim } from "../handler.ts";
import { findEvent } from "./calendly-find-event.ts";

const WorkSchema = z.object({
  coach_id: z.string(),
  booking_id: z.string(),
  user_uri: z.string(),
  starts_at: z.string(),
  email: z.string().nullable(),
  event_type_uri: z.string(),
  location_kinds: z.array(z.string()),
  client_name: z.string(),
  time_zone: z.string(),
});

type Work = z.infer<typeof WorkSchema> & { email: string };

const InviteeSchema = z.object({ resource: z.object({ uri: z.string(), event: z.string() }) });
const RefusalSchema = z.object({
  details: z.array(z.object({ parameter: z.string().nullish(), code: z.string().nullish() })),
});

/** Places that need nothing of us. */
const OWN_PLACES = ["custom", "physical", "inbound_call"];

/**
 * Writes a booking into the coach's Calendly. Calendly knows no idempotency key, so from the
 * second attempt on its events are searched first: the attempt before may have been cut off
 * after Calendly had made one. A time that is taken there is a clash, which is for the two
 * parties to solve: the booking stands.
 */
export async function calendlyCreateEvent(input: unknown, { attempts }: Claim): Promise<object> {
  const work = WorkSchema.parse(input);
  const { email } = work;
  // Clerk's webhook has not come yet.
  if (!email) throw new VendorError("calendly: the client has no address yet");

  const existing = attempts > 1 ? await findEvent(work) : null;
  return existing ?? (await postInvitee({ ...work, email }));
}

async function postInvitee(work: Work): Promise<object> {
  const location = placeOf(work);
  if (!location) return { problem: "location" };

  const response = await calendly(work.coach_id, "/invitees", {
    method: "POST",
    body: {
      event_type: work.event_type_uri,
      start_time: new Date(work.starts_at).toISOString(),
      invitee: { name: work.client_name, email: work.email, timezone: work.time_zone },
      ...(location !== "none" && { location }),
      tracking: {
        utm_campaign: null,
        utm_source: "walkthrough",
        utm_medium: null,
        utm_content: work.booking_id,
        utm_term: null,
        salesforce_uuid: null,
      },
    },
  });
  if (response.ok) {
    const { resource } = InviteeSchema.parse(await response.json());
    return { event_uri: resource.event, invitee_uri: resource.uri };
  }
  if (response.status === 403) {
    await response.body?.cancel();
    return { problem: "plan" };
  }
  if (response.status === 400 && (await isAboutTime(response.clone()))) {
    await response.body?.cancel();
    return (await findEvent(work)) ?? { problem: "clash" };
  }
  throw await httpError("calendly", response);
}

/**
 * Where the session is: the door of its page here, which leads into our meeting when it is
 * time. Event types that make a meeting of their own get that one as well.
 */
function placeOf({ location_kinds, booking_id }: Work) {
  const [first] = location_kinds;
  if (first === undefined) return "none";
  if (location_kinds.includes("ask_invitee")) {
    return { kind: "ask_invitee", location: `${env.APP_ORIGIN}/bookings/${booking_id}/join` };
  }
  const kind = location_kinds.find(
    (candidate) => OWN_PLACES.includes(candidate) || candidate.endsWith("_conference"),
  );
  return kind ? { kind } : null;
}

async function isAboutTime(response: Response): Promise<boolean> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = RefusalSchema.safeParse(body);
  return (
    parsed.success &&
    parsed.data.details.some(
      ({ parameter, code }) => code === "already_filled" || parameter === "start_time",
    )
  );
}

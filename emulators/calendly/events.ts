import { createHmac } from "node:crypto";

import { instant, personOf, problemsOf, type Calendly } from "./calendly.ts";
import { findEventType } from "./calendly.ts";
import { presentEvent, presentInvitee, userUri } from "./present.ts";
import type { Booked } from "./state.ts";

type EventName =
  "invitee.created" | "invitee.canceled" | "invitee_no_show.created" | "invitee_no_show.deleted";

/**
 * Signs a webhook as Calendly does: HMAC-SHA256 over "<seconds>.<exact body>".
 *
 * @param seconds when it is sent, in seconds since 1970
 */
export function signatureHeaders(key: string, body: string, seconds: number) {
  const mac = createHmac("sha256", key).update(`${seconds}.${body}`).digest("hex");
  return { "calendly-webhook-signature": `t=${seconds},v1=${mac}` };
}

/** Tells everybody who listens what became of an invitee. A webhook has no id of its own. */
export function emitInvitee(
  calendly: Calendly,
  origin: string,
  event: EventName,
  booked: Booked,
): void {
  const { state } = calendly.store;
  const person = personOf(calendly, booked.ownerUuid);
  const type = findEventType(calendly, booked.eventTypeUuid);
  const message = {
    event,
    created_at: instant(calendly.clock.now()),
    created_by: userUri(origin, person.uuid),
    payload: {
      ...presentInvitee(origin, booked, state.booked),
      scheduled_event: presentEvent(origin, booked, type, person),
    },
  };
  calendly.log.violate("webhook", event, problemsOf("webhook", message));

  state.eventCount += 1;
  calendly.store.changed();
  const id = `${person.uuid}:${state.eventCount}`;
  calendly.webhooks.send({ id, type: event, body: JSON.stringify(message) });
}

/** The addresses that hear of an event: those of its person's working subscriptions. */
export function targetsOf(calendly: Calendly, event: { id: string; type: string }) {
  const [ownerUuid] = event.id.split(":");
  return calendly.store.state.subscriptions
    .filter((subscription) => subscription.ownerUuid === ownerUuid)
    .filter(({ state, events }) => state === "active" && events.includes(event.type))
    .map(({ url }) => ({ url, secret: calendly.options.webhookSigningKey }));
}

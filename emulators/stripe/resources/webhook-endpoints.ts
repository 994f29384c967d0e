import { createHash } from "node:crypto";

import type Stripe from "stripe";

import { noSuch } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

/** An address that is told about events, as given when the emulator starts. */
export type WebhookTarget = {
  url: string;
  /** Signs what is sent there: `whsec_…`. */
  secret: string;
  /** Told about events of connected accounts, instead of the platform's own. */
  connect?: boolean;
  /** Which types of events; all when left out. */
  events?: string[];
};

/** Where events are sent. They come from the emulator's options, so they can only be read. */
export const webhookEndpoints: Resource = {
  routes: [
    route<Stripe.WebhookEndpointRetrieveParams>(
      "GET /v1/webhook_endpoints/{id}",
      (emulator, _params, id) => {
        const endpoint = endpoints(emulator).find((candidate) => candidate.id === id);
        if (!endpoint) throw noSuch("webhook_endpoint", id);
        return endpoint;
      },
    ),
    route<Stripe.WebhookEndpointListParams>("GET /v1/webhook_endpoints", (emulator, params) =>
      listPage(endpoints(emulator), params, "/v1/webhook_endpoints"),
    ),
  ],
};

function endpoints(emulator: Emulator): Stripe.WebhookEndpoint[] {
  return emulator.webhookTargets.map((target) => ({
    id: `we_1${createHash("sha256").update(target.url).digest("hex").slice(0, 23)}`,
    object: "webhook_endpoint",
    api_version: emulator.contract.apiVersion,
    application: null,
    created: emulator.startedAt,
    description: target.connect ? "Events of connected accounts" : null,
    enabled_events: target.events ?? ["*"],
    livemode: false,
    metadata: {},
    status: "enabled",
    url: target.url,
  }));
}

/** Whether an endpoint wants to know of an event. */
export function listensTo(
  target: WebhookTarget,
  event: { type: string; account?: string },
): boolean {
  return (
    Boolean(target.connect) === Boolean(event.account) &&
    (target.events === undefined || target.events.includes(event.type))
  );
}

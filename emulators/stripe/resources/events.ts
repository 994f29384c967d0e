import type Stripe from "stripe";

import { listPage } from "../api/list.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { newId } from "../api/new-id.ts";
import { requestScope } from "../api/request-scope.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

/** What happened, as it looked at that moment. */
export const events: Resource = {
  isPerAccount: true,
  routes: [
    route<Stripe.EventRetrieveParams>("GET /v1/events/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.EventListParams>("GET /v1/events", list),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.Event>("event");
}

function list(emulator: Emulator, params: Stripe.EventListParams) {
  onlyEmulated(params, ["type", "types", "created", "limit", "starting_after", "ending_before"]);
  const matching = records(emulator)
    .all()
    .filter(
      (event) =>
        (params.type === undefined || matchesType(event.type, params.type)) &&
        (params.types === undefined || params.types.includes(event.type)),
    );
  return listPage(matching, params, "/v1/events");
}

/** Stripe allows `charge.*`. */
function matchesType(type: string, wanted: string): boolean {
  return wanted.endsWith(".*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

/**
 * Makes an event and keeps it.
 *
 * @param object what it is about; a copy is taken, so later changes don't rewrite history
 * @param previous the former values of what changed, for events called `….updated`
 * @param receivers how many endpoints it will be sent to
 */
export function createEvent(
  emulator: Emulator,
  type: Stripe.Event["type"],
  object: object,
  previous: object | undefined,
  receivers: number,
): Stripe.Event {
  const request = requestScope.getStore();
  const event = {
    id: newId("evt_1"),
    object: "event",
    ...(emulator.account && { account: emulator.account }),
    api_version: emulator.contract.apiVersion,
    created: emulator.clock.seconds(),
    data: structuredClone(previous ? { object, previous_attributes: previous } : { object }),
    livemode: false,
    pending_webhooks: receivers,
    request: { id: request?.id ?? null, idempotency_key: request?.idempotencyKey ?? null },
    type,
  };
  // The union of all event types can't be built piece by piece; the contract checks the outcome.
  return records(emulator).add(event as unknown as Stripe.Event);
}

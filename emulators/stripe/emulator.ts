import type Stripe from "stripe";

import type { Clock } from "../shared/clock.ts";
import type { Contract } from "./contract/schema.ts";
import type { Fees } from "./fees.ts";
import type { WebhookTarget } from "./resources/webhook-endpoints.ts";
import type { Records } from "./state.ts";

/** What resources and pages work with. */
export type Emulator = {
  /** Whose objects these are: a connected account's id, or null for the platform's own. */
  account: string | null;
  clock: Clock;
  contract: Contract;
  /** What Stripe keeps of a payment. */
  fees: Fees;
  /** Shown on the hosted pages. */
  businessName: string;
  /** Who is told about events. */
  webhookTargets: WebhookTarget[];
  /** Seconds since 1970. */
  startedAt: number;
  /** Address of this emulator as browsers see it. */
  url(): string;
  /** The same emulator with the objects and events of a connected account; of the platform for null. */
  actingFor(account: string | null): Emulator;
  /** The objects of one kind, such as `refund`. */
  records<Item extends { id: string }>(kind: string): Records<Item>;
  /**
   * Records that something happened and tells the webhook endpoints.
   *
   * @param previous the former values of the fields that an `….updated` event is about
   */
  emit(type: Stripe.Event["type"], object: object, previous?: object): void;
};

/** One call of the API. */
export type Route = {
  /** As the contract names it: `GET /v1/refunds/{id}`. */
  operation: string;
  /** Answers with the object, references unexpanded. */
  handle(emulator: Emulator, params: never, id: string, innerId: string): object;
};

/** A property that is left out of an object unless the caller expands it. */
export type Include = {
  object: string;
  property: string;
  load(emulator: Emulator, id: string): object;
};

/** One kind of object of the API: its calls, and what happens to it as time passes. */
export type Resource = {
  routes: Route[];
  /** Connected accounts have such objects of their own, reached with the header `Stripe-Account`. */
  isPerAccount?: boolean;
  includes?: Include[];
  /** Called every second and when the clock jumps; once for every account. */
  tick?(emulator: Emulator): void;
};

/**
 * Names the call and the parameters of a handler. The contract has checked the parameters
 * against the same types before the handler runs, which is why it may rely on them.
 */
export function route<Params>(
  operation: string,
  handle: (emulator: Emulator, params: Params, id: string, innerId: string) => object,
): Route {
  return { operation, handle };
}

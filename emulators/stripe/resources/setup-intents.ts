import type Stripe from "stripe";

import { listPage } from "../api/list.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";

/** Cards being saved for later. Checkout makes them. */
export const setupIntents: Resource = {
  routes: [
    route<Stripe.SetupIntentRetrieveParams>("GET /v1/setup_intents/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.SetupIntentListParams>("GET /v1/setup_intents", list),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.SetupIntent>("setup_intent");
}

function list(emulator: Emulator, params: Stripe.SetupIntentListParams) {
  onlyEmulated(params, ["customer", "created", "limit", "starting_after", "ending_before"]);
  const matching = records(emulator)
    .all()
    .filter((intent) => params.customer === undefined || intent.customer === params.customer);
  return listPage(matching, params, "/v1/setup_intents");
}

/** Makes a setup intent that waits for a card. */
export function createSetupIntent(
  emulator: Emulator,
  details: {
    customer: string | null;
    description?: string;
    metadata: Record<string, string>;
  },
): Stripe.SetupIntent {
  const id = newId("seti_1");
  const intent = records(emulator).add({
    id,
    object: "setup_intent",
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${newId("", 25)}`,
    created: emulator.clock.seconds(),
    customer: details.customer,
    description: details.description ?? null,
    excluded_payment_method_types: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: details.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        mandate_options: null,
        network: null,
        request_three_d_secure: "automatic",
      },
    },
    payment_method_types: ["card"],
    single_use_mandate: null,
    status: "requires_payment_method",
    usage: "off_session",
  });
  emulator.emit("setup_intent.created", intent);
  return intent;
}

import Stripe from "stripe";

import type { FaultInput } from "../shared/faults.ts";
import type { Service } from "../../supabase/local/service.ts";
import { startStripeEmulator } from "./server.ts";
import { startReceiver, type Receiver } from "./test-receiver.ts";

const SECRET_KEY = "sk_test_local_emulator";
const WEBHOOK_SECRET = "whsec_local_emulator";

/** A running emulator with a receiver of its webhooks and Stripe's own SDK pointed at it. */
export type Kit = {
  emulator: Service;
  receiver: Receiver;
  /** Makes no retries of its own, so that a test sees each answer. */
  stripe: Stripe;
  /** Calls the API without the SDK: some mistakes it would not let us make. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** GET without a body, POST with one, of `/__admin/<path>`. */
  admin<Answer = unknown>(path: string, body?: object): Promise<Answer>;
  fault(fault: FaultInput): Promise<unknown>;
  /** Waits until no webhook is on its way any more. */
  settled(): Promise<unknown>;
  /** Breaches of contract so far, by direction. */
  violations(): Promise<{ direction: string; operation: string; problems: string[] }[]>;
  /** What the SDK makes of a delivery; rejects when the signature is not right. */
  readEvent(delivery: { body: string; signature: string }): Promise<Stripe.Event>;
  stop(): Promise<void>;
};

/** Starts the kit on free ports of the loopback. */
export async function startKit(options: { snapshotPath?: string } = {}): Promise<Kit> {
  const receiver = await startReceiver();
  const emulator = await startStripeEmulator({
    port: 0,
    secretKey: SECRET_KEY,
    webhooks: [{ url: receiver.url, secret: WEBHOOK_SECRET }],
    retryDelays: [10, 10],
    ...options,
  });
  const { hostname, port } = new URL(emulator.url);
  const stripe = new Stripe(SECRET_KEY, {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
  });

  async function admin<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await fetch(
      `${emulator.url}/__admin/${path}`,
      body && { method: "POST", body: JSON.stringify(body) },
    );
    return (await response.json()) as Answer;
  }

  return {
    emulator,
    receiver,
    stripe,
    admin,
    raw: (path, init) =>
      fetch(emulator.url + path, {
        ...init,
        headers: { authorization: `Bearer ${SECRET_KEY}`, ...init?.headers },
      }),
    fault: (fault) => admin("faults", fault),
    settled: () => admin("settle", {}),
    async violations() {
      const answer = await admin<{ violations: Awaited<ReturnType<Kit["violations"]>> }>(
        "violations",
      );
      return answer.violations;
    },
    readEvent: ({ body, signature }) =>
      stripe.webhooks.constructEventAsync(body, signature, WEBHOOK_SECRET),
    async stop() {
      await emulator.stop();
      await receiver.stop();
    },
  };
}

/** Parameters of a checkout like ours: one session of 150 dollars. */
export function checkoutParams(
  changes: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: "payment",
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: "usd",
          unit_amount: 15_000,
          product_data: { name: "Pricing strategy, 60 minutes" },
        },
      },
    ],
    success_url: "http://site.test/paid?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://site.test/cancelled",
    ...changes,
  };
}

/** Submits the hosted page's form, as a browser without scripts does. */
export function submitCard(
  url: string | null,
  changes: Partial<Record<"email" | "name" | "number" | "expiry" | "cvc", string>> = {},
): Promise<Response> {
  const fields = { email: "ben@example.com", name: "Ben Buyer", expiry: "12/34", cvc: "123" };
  return fetch(String(url), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ ...fields, number: "4242 4242 4242 4242", ...changes }),
  });
}

/** A checkout that was paid, and the payment intent that paid it. */
export async function paidCheckout(
  stripe: Stripe,
  card: { number?: string } = {},
  changes: Partial<Stripe.Checkout.SessionCreateParams> = {},
) {
  const open = await stripe.checkout.sessions.create(checkoutParams(changes));
  await submitCard(open.url, card);
  const session = await stripe.checkout.sessions.retrieve(open.id, {
    expand: ["payment_intent.latest_charge"],
  });
  const intent = session.payment_intent;
  if (!intent || typeof intent === "string") throw new Error("The checkout was not paid");
  const charge = intent.latest_charge;
  if (!charge || typeof charge === "string") throw new Error("The checkout was not charged");
  return { session, intent, charge };
}

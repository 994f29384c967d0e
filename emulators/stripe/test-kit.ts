import Stripe from "stripe";

import type { FaultInput } from "../shared/faults.ts";
import type { Service } from "../../supabase/local/service.ts";
import type { Fees } from "./fees.ts";
import { startStripeEmulator } from "./server.ts";
import { startReceiver, type Delivery, type Receiver } from "./test-receiver.ts";

const SECRET_KEY = "sk_test_local_emulator";
const WEBHOOK_SECRET = "whsec_local_emulator";
const CONNECT_SECRET = "whsec_local_emulator_connect";

/** A running emulator with a receiver of its webhooks and Stripe's own SDK pointed at it. */
export type Kit = {
  emulator: Service;
  receiver: Receiver;
  /** Gets the events of connected accounts, signed with a secret of its own. */
  connectReceiver: Receiver;
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
  readEvent(delivery: Delivery): Promise<Stripe.Event>;
  /** The same for what the Connect endpoint got. */
  readConnectEvent(delivery: Delivery): Promise<Stripe.Event>;
  stop(): Promise<void>;
};

/** Starts the kit on free ports of the loopback. */
export async function startKit(options: { snapshotPath?: string; fees?: Fees } = {}): Promise<Kit> {
  const receiver = await startReceiver();
  const connectReceiver = await startReceiver();
  const emulator = await startStripeEmulator({
    port: 0,
    secretKey: SECRET_KEY,
    webhooks: [
      { url: receiver.url, secret: WEBHOOK_SECRET },
      { url: connectReceiver.url, secret: CONNECT_SECRET, connect: true },
    ],
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
    connectReceiver,
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
    readConnectEvent: ({ body, signature }) =>
      stripe.webhooks.constructEventAsync(body, signature, CONNECT_SECRET),
    async stop() {
      await emulator.stop();
      await receiver.stop();
      await connectReceiver.stop();
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
  changes: Partial<Record<"email" | "name" | "number" | "expiry" | "cvc" | "state", string>> = {},
): Promise<Response> {
  const fields = { email: "ben@example.com", name: "Ben Buyer", expiry: "12/34", cvc: "123" };
  return fetch(String(url), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ ...fields, number: "4242 4242 4242 4242", ...changes }),
  });
}

/** Presses a button of the bank's page that a hosted page has led to. */
export function authenticate(
  kit: Kit,
  leadingThere: Response,
  outcome: "complete" | "fail",
): Promise<Response> {
  const url = new URL(leadingThere.headers.get("location") ?? "", kit.emulator.url);
  return fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams({ outcome }) });
}

/** A customer with a card that was saved by a checkout in setup mode. */
export async function customerWithCard(
  kit: Kit,
  number = "4242424242424242",
): Promise<{ customer: string; method: string }> {
  const { id: customer } = await kit.stripe.customers.create({ email: "ben@example.com" });
  const session = await kit.stripe.checkout.sessions.create({
    mode: "setup",
    currency: "usd",
    customer,
    success_url: "http://site.test/saved",
  });
  const answer = await submitCard(session.url, { number });
  if (answer.headers.get("location")?.includes("/authenticate/")) {
    await authenticate(kit, answer, "complete");
  }
  const { data } = await kit.stripe.paymentMethods.list({ customer });
  const [method] = data;
  if (!method) throw new Error("The card was not saved");
  return { customer, method: method.id };
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

/** Parameters of an account like our coaches': Stripe onboards it, the platform answers for it. */
export function accountParams(
  changes: Partial<Stripe.AccountCreateParams> = {},
): Stripe.AccountCreateParams {
  return {
    controller: {
      fees: { payer: "application" },
      losses: { payments: "application" },
      requirement_collection: "stripe",
      stripe_dashboard: { type: "express" },
    },
    country: "US",
    email: "coach@example.com",
    capabilities: { transfers: { requested: true } },
    ...changes,
  };
}

/** Opens an onboarding link and submits its form, as a browser without scripts does. */
export async function submitOnboarding(
  stripe: Stripe,
  account: string,
  changes: Record<string, string> = {},
): Promise<Response> {
  const link = await stripe.accountLinks.create({
    account,
    type: "account_onboarding",
    refresh_url: "http://site.test/again",
    return_url: "http://site.test/back",
  });
  const opened = await fetch(link.url, { redirect: "manual" });
  return fetch(new URL(opened.headers.get("location") ?? "", link.url), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      firstName: "Jenny",
      lastName: "Rosen",
      birthday: "1985-01-01",
      ssn: "0000",
      routingNumber: "110000000",
      accountNumber: "000123456789",
      verification: "at_once",
      step: "submit",
      ...changes,
    }),
  });
}

/** A connected account that can be paid. */
export async function onboardedAccount(
  stripe: Stripe,
  bank: { accountNumber?: string } = {},
  changes: Partial<Stripe.AccountCreateParams> = {},
): Promise<Stripe.Account> {
  const { id } = await stripe.accounts.create(accountParams(changes));
  await submitOnboarding(stripe, id, bank);
  return stripe.accounts.retrieve(id);
}

import { buyInInstalments, findInstalmentTerms } from "~/features/instalments/instalments.server";
import { startPackageCheckout } from "~/features/orders/start-checkout.server";
import { findPackage } from "~/features/packages/packages.server";

import { sql } from "../../e2e/support/database.ts";
import { createPackageInParts } from "../../e2e/support/packages.ts";
import type { Coach } from "../../e2e/support/people.ts";
import { CARDS, pay } from "./booking.ts";
import type { Client } from "./client.ts";
import { drain } from "./outbox.ts";
import { until } from "./until.ts";
import { settled, stripeGet, stripePost } from "./vendors.ts";

/** A package that somebody pays in three parts of $160, by its orders. */
export type Bought = { client: Client; first: string; second: string; third: string };

/** Buys one, and pays the first part with a card, which is kept. */
export async function buyInParts(
  client: Client,
  coach: Coach,
  card: string = CARDS.good,
): Promise<Bought> {
  const offerId = await createPackageInParts(coach);
  const terms = await findInstalmentTerms(client.db, offerId);
  const bought = await buyInInstalments(client.db, {
    offerId,
    coupon: "",
    wordsSha256: terms!.words_sha256,
  });
  if (!bought.ok) throw new Error(bought.error.message);

  const status = await pay(client, await openPage(client, bought.value), card);
  if (status !== 303) throw new Error(`The payment page answered ${status}.`);
  await until("it has begun", async () => (await planOf(bought.value)).status === "active");
  await settled("STRIPE");
  await drain();
  const orders = await sql<{ id: string }[]>`
    select part.id from public.orders as first
    join public.orders as part on part.plan_id = first.plan_id
    where first.id = ${bought.value}
    order by part.plan_position
  `;
  const [first, second, third] = orders.map(({ id }) => id);
  return { client, first: first!, second: second!, third: third! };
}

/** The payment page of one of its orders, opened the way the site does. */
export async function openPage(client: Client, orderId: string): Promise<string> {
  const order = await findPackage(client.db, orderId);
  if (!order?.is_payable) throw new Error(`${orderId} can't be paid now.`);
  const page = await startPackageCheckout(order, client.person.profile.id);
  if (!page.ok) throw new Error(`Stripe made no page for ${orderId}.`);
  return page.url;
}

/** How a plan and its parts stand, by one of its orders. */
export async function planOf(orderId: string) {
  const [plan] = await sql<{ status: string; reason: string | null; parts: string[] }[]>`
    select payment_plans.status, ended_reason as reason,
      array_agg(part.status::text order by part.plan_position) as parts
    from public.orders
    join public.payment_plans on payment_plans.id = orders.plan_id
    join public.orders as part on part.plan_id = orders.plan_id
    where orders.id = ${orderId}
    group by payment_plans.id
  `;
  return plan!;
}

/** What was tried for an order: attempts and how they ended. */
export async function triesOf(orderId: string): Promise<string[]> {
  const rows = await sql<{ outcome: string | null }[]>`
    select outcome from private.card_charges where order_id = ${orderId} order by attempt
  `;
  return rows.map(({ outcome }) => outcome ?? "open");
}

/** What was paid for an order, as we know it, declined cards left out. */
export async function paymentsOf(orderId: string): Promise<string[]> {
  const rows = await sql<{ status: string }[]>`
    select status from public.payments where order_id = ${orderId} and status <> 'failed' order by status
  `;
  return rows.map(({ status }) => status);
}

/** Chooses another card for all that is to come, on Stripe's own page. */
export async function chooseCard(client: Client, number: string): Promise<void> {
  const customer = await customerOf(client);
  const session = await stripePost<{ url: string }>("/v1/checkout/sessions", {
    mode: "setup",
    currency: "usd",
    customer,
    success_url: "https://walkthrough.test/",
  });
  const form = { email: client.person.email, name: client.person.name };
  const sent = await post(session.url, { ...form, number, expiry: "12/34", cvc: "123" });
  const next = sent.headers.get("location") ?? "";
  if (next.includes("/authenticate/")) {
    await post(new URL(next, session.url).href, { outcome: "complete" });
  }
  const { data } = await stripeGet<{ data: { id: string }[] }>(
    `/v1/payment_methods?customer=${customer}`,
  );
  await stripePost(`/v1/customers/${customer}`, {
    "invoice_settings[default_payment_method]": data[0]!.id,
  });
}

async function post(url: string, fields: Record<string, string>): Promise<Response> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { origin: new URL(url).origin },
    body: new URLSearchParams(fields),
  });
  await response.text();
  return response;
}

async function customerOf({ person }: Client): Promise<string> {
  const [row] = await sql<{ customer: string }[]>`
    select stripe_customer_id as customer from private.stripe_customers
    where profile_id = ${person.profile.id}
  `;
  return row!.customer;
}

type Intent = { id: string; status: string; metadata: Record<string, string> };

/** Stripe's payments of an order that took money. */
export async function chargesAtStripe({ client }: Pick<Bought, "client">, orderId: string) {
  const { data } = await stripeGet<{ data: Intent[] }>(
    `/v1/payment_intents?limit=100&customer=${await customerOf(client)}`,
  );
  return data.filter(
    ({ status, metadata }) => status === "succeeded" && metadata["order_id"] === orderId,
  );
}

/** Stripe takes the second part by the card that was kept, as a call to it of this try does. */
export async function chargeLate({ client, second }: Bought, attempt: number): Promise<void> {
  const customer = await customerOf(client);
  const { data } = await stripeGet<{ data: { id: string }[] }>(
    `/v1/payment_methods?customer=${customer}`,
  );
  await stripePost("/v1/payment_intents", {
    amount: "16000",
    currency: "usd",
    customer,
    payment_method: data[0]!.id,
    off_session: "true",
    confirm: "true",
    transfer_group: `order_${second}`,
    "metadata[order_id]": second,
    "metadata[attempt]": String(attempt),
  });
}

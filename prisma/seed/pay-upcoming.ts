import { setTimeout as delay } from "node:timers/promises";

import type postgres from "postgres";
import Stripe from "stripe";

import type { Row } from "../../tests/factories.ts";

const WEBHOOK_TIMEOUT_MS = 30_000;

type Options = { url: string; key: string; connection: postgres.Sql };

/** What is paid, by whom. */
export type Unpaid = {
  order: Pick<Row<"orders">, "id" | "amount_cents" | "currency">;
  title: string;
  clientName: string;
  /** The card is kept, for what is charged later. */
  keepsCard?: boolean;
};

/**
 * Pays for what is to come at Stripe's emulator, on its own page, so that it can be cancelled
 * and refunded like anything else. The payment is written down by Stripe's webhook, as always; an
 * order that says already that it is paid tells nobody again.
 *
 * @throws if a payment does not arrive within half a minute
 */
export async function payUpcoming(unpaid: Unpaid[], options: Options): Promise<void> {
  const { hostname, port } = new URL(options.url);
  const stripe = new Stripe(options.key, { host: hostname, port, protocol: "http" });

  for (const one of unpaid) await pay(stripe, one, options.connection);
  await waitForPayments(unpaid, options.connection);
}

async function pay(stripe: Stripe, one: Unpaid, sql: postgres.Sql) {
  const { order, title, clientName, keepsCard = false } = one;
  const metadata = { order_id: order.id };
  const checkout = await stripe.checkout.sessions.create({
    mode: "payment",
    metadata,
    payment_intent_data: {
      metadata,
      ...(keepsCard && { setup_future_usage: "off_session" as const }),
    },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: order.currency ?? "usd",
          unit_amount: order.amount_cents,
          product_data: { name: title },
        },
      },
    ],
    success_url: "http://localhost/paid",
    cancel_url: "http://localhost/back",
  });
  await sql`update orders set stripe_checkout_session_id = ${checkout.id} where id = ${order.id}`;

  const response = await fetch(checkout.url ?? "", {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      email: "demo@market.example",
      name: clientName,
      number: "4242 4242 4242 4242",
      expiry: "12/34",
      cvc: "123",
    }),
  });
  if (response.status !== 303) throw new Error(`Checkout answered ${response.status}.`);
}

async function waitForPayments(unpaid: Unpaid[], sql: postgres.Sql) {
  const orderIds = unpaid.map(({ order }) => order.id);

  for (const startedAt = Date.now(); Date.now() - startedAt < WEBHOOK_TIMEOUT_MS; await delay(50)) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::integer from payments where order_id = any (${orderIds}::uuid[])
    `;
    if (row?.count === orderIds.length) return;
  }
  throw new Error("Stripe's webhooks did not arrive: see the log of the functions.");
}

import { Hono } from "hono";
import type Stripe from "stripe";

import { activity } from "../shared/console.ts";
import { html, page, table } from "../shared/page.ts";
import type { RequestLog } from "../shared/request-log.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import type { WebhookSender } from "../shared/webhook-sender.ts";
import { idOf } from "./api/id-of.ts";
import { money } from "./pages/money.ts";
import { TEST_CARDS } from "./payments/cards.ts";
import type { Emulator } from "./emulator.ts";
import { balanceOf } from "./resources/balance-transactions.ts";

type ConsoleParts = { emulator: Emulator; log: RequestLog; sender: WebhookSender };

const SHOWN = 25;

/** What a developer sees at the emulator's address: payments, refunds, what was called and sent. */
export function consolePages({ emulator, log, sender }: ConsoleParts) {
  const app = new Hono<EmulatorEnv>();
  app.get("/", (context) =>
    context.html(
      page({
        title: "Payments",
        emulator: "Stripe",
        links: [{ href: "/__admin/state", label: "State as JSON" }],
        body: html`${sessionTable(emulator)} ${refundTable(emulator)} ${accountTable(emulator)}
          <h2>Test cards</h2>
          ${table(
            ["Number", "What it does"],
            TEST_CARDS.map((card) => [html`<code>${card.number}</code>`, card.effect]),
            "",
          )}
          ${activity(log, sender)}`,
      }),
    ),
  );
  return app;
}

function sessionTable(emulator: Emulator) {
  const sessions = emulator.records<Stripe.Checkout.Session>("checkout.session").all();
  return html`<h2>Checkouts</h2>
    ${table(
      ["Session", "Amount", "State", "For", "Payment"],
      sessions
        .slice(0, SHOWN)
        .map((session) => [
          session.url
            ? html`<a href="${session.url}"><code>${session.id.slice(0, 20)}…</code></a>`
            : html`<code>${session.id.slice(0, 20)}…</code>`,
          money(session.amount_total ?? 0, session.currency ?? "usd"),
          `${session.status}, ${session.payment_status}`,
          session.customer_details?.email ?? "",
          html`<code>${idOf(session.payment_intent) ?? ""}</code>`,
        ]),
      "No checkout yet.",
    )}`;
}

function refundTable(emulator: Emulator) {
  const refunds = emulator.records<Stripe.Refund>("refund").all();
  return html`<h2>Refunds</h2>
    ${table(
      ["Refund", "Amount", "State", "Of"],
      refunds
        .slice(0, SHOWN)
        .map((refund) => [
          html`<code>${refund.id}</code>`,
          money(refund.amount, refund.currency),
          refund.status ?? "",
          html`<code>${idOf(refund.payment_intent) ?? ""}</code>`,
        ]),
      "No refund yet.",
    )}`;
}

function accountTable(emulator: Emulator) {
  const accounts = emulator.records<Stripe.Account>("account").all();
  return html`<h2>Connected accounts</h2>
    ${table(
      ["Account", "Whose", "Transfers", "Available", "Pending"],
      accounts.slice(0, SHOWN).map((account) => {
        const own = emulator.actingFor(account.id);
        return [
          html`<code>${account.id}</code>`,
          account.email ?? "",
          account.capabilities?.transfers ?? "not asked for",
          money(balanceOf(own, "available"), "usd"),
          money(balanceOf(own, "pending"), "usd"),
        ];
      }),
      "Nobody is paid yet.",
    )}`;
}

import { Hono, type Context } from "hono";
import type Stripe from "stripe";

import { html, table } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import type { Emulator } from "../emulator.ts";
import { messagePage } from "../pages/layout.ts";
import { money } from "../pages/money.ts";
import { links } from "../resources/account-links.ts";
import { balanceOf } from "../resources/balance-transactions.ts";

/** What a login link opens, once: the holder's balance and payouts. */
export function expressPages(emulator: Emulator) {
  const app = new Hono<EmulatorEnv>();

  app.get("/express/:account/:id", (context) => {
    const link = links(emulator).find(context.req.param("id"));
    if (link?.leadsTo !== "dashboard" || link.account !== context.req.param("account")) {
      return notFound(context);
    }
    if (link.isUsed || link.expiresAt <= emulator.clock.seconds()) return notFound(context);
    links(emulator).update(link.id, { isUsed: true });

    const own = emulator.actingFor(link.account);
    const payouts = own.records<Stripe.Payout>("payout").all();
    return context.html(
      messagePage(
        `Your earnings with ${emulator.businessName}`,
        html`<p class="total">
            <small>Available</small> ${money(balanceOf(own, "available"), "usd")}
          </p>
          <p>${money(balanceOf(own, "pending"), "usd")} on its way to you.</p>
          <h2>Payouts</h2>
          ${table(
            ["Amount", "State", "Arrives"],
            payouts.map((payout) => [
              money(payout.amount, payout.currency),
              payout.status.replace("_", " "),
              new Date(payout.arrival_date * 1000).toISOString().slice(0, 10),
            ]),
            "Nothing has been paid out yet.",
          )}`,
      ),
    );
  });

  return app;
}

function notFound(context: Context) {
  return context.html(
    messagePage("This link no longer works", html`<p>Ask for a new one.</p>`),
    404,
  );
}

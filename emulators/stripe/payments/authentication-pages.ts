import { Hono, type Context } from "hono";

import { html } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import { finishCheckout } from "../checkout/finish-checkout.ts";
import { sessionOfIntent } from "../checkout/session-plans.ts";
import type { Emulator } from "../emulator.ts";
import { messagePage } from "../pages/layout.ts";
import { readTextForm } from "../pages/read-text-form.ts";
import { findWaitingIntent } from "./waiting-intents.ts";

/** 3-D Secure at `/authenticate/<intent>`: the bank asks the person whether it is them. */
export function authenticationPages(emulator: Emulator) {
  const app = new Hono<EmulatorEnv>();

  app.get("/authenticate/:id", (context) => {
    const intent = findWaitingIntent(emulator, context.req.param("id"));
    if (!intent) return notFound(context);
    return context.html(
      messagePage(
        "Your bank asks whether this is you",
        html`<p class="total"><small>${emulator.businessName}</small> ${intent.about}</p>
          <form method="post">
            <button name="outcome" value="complete">Complete authentication</button>
            <button class="plain" name="outcome" value="fail">Fail authentication</button>
          </form>`,
      ),
    );
  });

  app.post("/authenticate/:id", async (context) => {
    const text = await readTextForm(context);
    const intent = findWaitingIntent(emulator, context.req.param("id"));
    if (!intent) return notFound(context);

    const isCompleted = text("outcome") === "complete";
    const attempt = isCompleted ? intent.succeed() : null;
    if (!isCompleted) intent.fail();
    const session = sessionOfIntent(emulator, intent.id);
    if (session) return context.redirect(finishCheckout(emulator, session, attempt), 303);

    const hasPaid = attempt !== null && attempt.outcome !== "declined";
    const back = new URL(intent.returnUrl ?? emulator.url());
    back.searchParams.set("payment_intent", intent.id);
    back.searchParams.set("redirect_status", hasPaid ? "succeeded" : "failed");
    return context.redirect(back.href, 303);
  });

  return app;
}

function notFound(context: Context) {
  return context.html(
    messagePage("Nothing to confirm", html`<p>No payment here waits for its bank.</p>`),
    404,
  );
}

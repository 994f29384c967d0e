import { Hono, type Context } from "hono";
import type Stripe from "stripe";

import { html } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import type { Emulator } from "../emulator.ts";
import { plans } from "../resources/checkout-sessions.ts";
import { attemptPayment } from "./attempt-payment.ts";
import { readCard } from "./cards.ts";
import { messagePage } from "../pages/layout.ts";
import { readTextForm } from "../pages/read-text-form.ts";
import { money } from "../pages/money.ts";
import { paymentPage, type PaymentErrors, type PaymentFields } from "./payment-page.ts";

type Session = Stripe.Checkout.Session;

/** The hosted pages: Checkout at `/c/pay/<session>`, and receipts. */
export function checkoutPages(emulator: Emulator) {
  const app = new Hono<EmulatorEnv>();

  app.get("/c/pay/:id", (context) => {
    const session = find(context.req.param("id"));
    if (!session) return notFound(context);
    if (session.status === "complete") return alreadyPaid(context, session);
    if (session.status === "expired") return expired(context, session);
    return show(context, session, prefilled(session), {}, null, 200);
  });

  app.post("/c/pay/:id", async (context) => {
    const fields = await readFields(context);
    const session = find(context.req.param("id"));
    if (!session) return notFound(context);
    // A second press of the button, or one that lost its answer: the payment stands.
    if (session.status === "complete") return context.redirect(successUrl(session), 303);
    if (session.status === "expired") return expired(context, session);

    const { card, errors: cardErrors } = readCard(fields, emulator.clock.now());
    const errors: PaymentErrors = { ...cardErrors };
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields.email)) errors.email = "Your email is invalid.";
    if (fields.name.trim() === "") errors.name = "Your name is missing.";
    if (!card || Object.keys(errors).length > 0) {
      return show(context, session, fields, errors, null, 400);
    }

    const declined = attemptPayment(emulator, session, card, {
      email: fields.email.trim(),
      name: fields.name.trim(),
    });
    if (declined) return show(context, session, fields, {}, declined, 402);
    return context.redirect(successUrl(session), 303);
  });

  app.get("/receipts/:chargeId", (context) => {
    const charge = emulator.records<Stripe.Charge>("charge").find(context.req.param("chargeId"));
    if (!charge?.paid) return notFound(context);
    return context.html(
      messagePage(
        `Receipt from ${emulator.businessName}`,
        html`<p class="total">
            <small>Amount paid</small> ${money(charge.amount, charge.currency)}
          </p>
          ${
            charge.amount_refunded > 0
              ? html`<p>${money(charge.amount_refunded, charge.currency)} of it was refunded.</p>`
              : ""
          }`,
      ),
    );
  });

  return app;

  function find(id: string): Session | undefined {
    return emulator.records<Session>("checkout.session").find(id);
  }

  function prefilled(session: Session): PaymentFields {
    const email = session.customer_details?.email ?? "";
    return { email, name: "", number: "4242 4242 4242 4242", expiry: "12/34", cvc: "123" };
  }

  function show(
    context: Context,
    session: Session,
    fields: PaymentFields,
    errors: PaymentErrors,
    declined: string | null,
    status: 200 | 400 | 402,
  ) {
    const { items } = plans(emulator).get(session.id);
    const { businessName } = emulator;
    return context.html(
      paymentPage({ businessName, session, items, fields, errors, declined }),
      status,
    );
  }

  function alreadyPaid(context: Context, session: Session) {
    return context.html(
      messagePage(
        "You have already paid",
        html`<p>This checkout is complete. Nothing more will be charged.</p>
          <p><a href="${successUrl(session)}">Back to ${emulator.businessName}</a></p>`,
      ),
    );
  }

  function expired(context: Context, session: Session) {
    return context.html(
      messagePage(
        "This checkout has expired",
        html`<p>Nothing was charged.</p>
          ${
            session.cancel_url
              ? html`<p><a href="${session.cancel_url}">Back to ${emulator.businessName}</a></p>`
              : ""
          }`,
      ),
      410,
    );
  }
}

function notFound(context: Context) {
  return context.html(
    messagePage("Page not found", html`<p>There is no checkout at this address.</p>`),
    404,
  );
}

async function readFields(context: Context): Promise<PaymentFields> {
  const text = await readTextForm(context);
  return {
    email: text("email").trim(),
    name: text("name"),
    number: text("number"),
    expiry: text("expiry"),
    cvc: text("cvc"),
  };
}

function successUrl(session: Session): string {
  return (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

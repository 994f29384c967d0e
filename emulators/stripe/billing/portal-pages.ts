import { Hono, type Context } from "hono";
import type Stripe from "stripe";

import type { EmulatorEnv } from "../../shared/serve.ts";
import { html } from "../../shared/page.ts";
import type { PaymentErrors, PaymentFields } from "../checkout/payment-page.ts";
import { readCardPayer, readFields } from "../checkout/read-payer.ts";
import type { Emulator } from "../emulator.ts";
import { TEST_CARD } from "../pages/card-fields.ts";
import { messagePage } from "../pages/layout.ts";
import { readTextForm } from "../pages/read-text-form.ts";
import { confirmSetup } from "../payments/confirm-setup.ts";
import { createCardPaymentMethod } from "../resources/payment-methods.ts";
import { createSetupIntent } from "../resources/setup-intents.ts";
import { portalPage } from "./portal-page.ts";
import { updateSubscription } from "./subscription-changes.ts";

type PortalSession = Stripe.BillingPortal.Session;

/** How long a way into the portal is open. */
const LIFE_SECONDS = 60 * 60;

/** The Billing Portal at `/p/session/<id>`: end a membership, change the card, read invoices. */
export function portalPages(emulator: Emulator) {
  const app = new Hono<EmulatorEnv>();

  app.get("/p/session/:id", (context) => {
    const session = find(context);
    return session ? show(context, session, prefilled(session), {}, 200) : notFound(context);
  });

  app.post("/p/session/:id/subscription", async (context) => {
    const text = await readTextForm(context);
    const session = find(context);
    if (!session) return notFound(context);
    const subscription = emulator
      .records<Stripe.Subscription>("subscription")
      .find(text("subscription"));
    if (subscription?.customer !== session.customer) return notFound(context);
    setEnding(emulator, subscription, text("step") === "cancel");
    return context.redirect(`/p/session/${session.id}`, 303);
  });

  app.post("/p/session/:id/card", async (context) => {
    const text = await readTextForm(context);
    const session = find(context);
    if (!session) return notFound(context);
    const fields = { ...readFields(text), email: prefilled(session).email };
    const { card, payer, errors } = readCardPayer(fields, emulator.clock.now());
    if (!card) return show(context, session, fields, errors, 400);

    const method = createCardPaymentMethod(emulator, card, payer);
    const intent = createSetupIntent(emulator, { customer: session.customer, metadata: {} });
    // The portal's own page would ask the bank; here the person is taken to have answered.
    const attempt = confirmSetup(emulator, intent, method, true);
    if (attempt.outcome === "declined") {
      return show(context, session, fields, { number: attempt.decline.message }, 402);
    }
    useCard(emulator, session.customer, method.id);
    const after = session.flow?.after_completion.redirect?.return_url;
    return context.redirect(after ?? `/p/session/${session.id}`, 303);
  });

  return app;

  function find(context: Context): PortalSession | null {
    const session = emulator
      .records<PortalSession>("billing_portal.session")
      .find(context.req.param("id") ?? "");
    const isOver = !session || session.created + LIFE_SECONDS <= emulator.clock.seconds();
    return isOver ? null : session;
  }

  function prefilled({ customer }: PortalSession): PaymentFields {
    const known = emulator.records<Stripe.Customer>("customer").find(customer);
    return { ...TEST_CARD, email: known?.email ?? "customer@example.com", name: known?.name ?? "" };
  }

  function show(
    context: Context,
    session: PortalSession,
    fields: PaymentFields,
    errors: PaymentErrors,
    status: 200 | 400 | 402,
  ) {
    const { customer } = session;
    const mine = <Item extends { id: string; customer?: unknown }>(kind: string) =>
      emulator
        .records<Item>(kind)
        .all()
        .filter((item) => item.customer === customer);
    return context.html(
      portalPage({
        businessName: emulator.businessName,
        session,
        subscriptions: mine<Stripe.Subscription>("subscription"),
        products: emulator.records<Stripe.Product>("product").all(),
        methods: mine<Stripe.PaymentMethod>("payment_method"),
        invoices: mine<Stripe.Invoice>("invoice").filter((each) => each.status !== "draft"),
        fields,
        errors,
      }),
      status,
    );
  }
}

/** Lets a membership end with its period, or go on after all. */
function setEnding(emulator: Emulator, subscription: Stripe.Subscription, isEnding: boolean): void {
  if (subscription.status === "canceled") return;
  updateSubscription(emulator, subscription.id, {
    cancel_at: isEnding ? (subscription.items.data[0]?.current_period_end ?? null) : null,
    cancel_at_period_end: isEnding,
    canceled_at: isEnding ? emulator.clock.seconds() : null,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: isEnding ? "cancellation_requested" : null,
    },
  });
}

/** From now on this card pays whatever the customer owes. */
function useCard(emulator: Emulator, customerId: string, method: string): void {
  const customers = emulator.records<Stripe.Customer>("customer");
  const { invoice_settings: before } = customers.get(customerId);
  const customer = customers.update(customerId, {
    invoice_settings: { ...before, default_payment_method: method },
  });
  emulator.emit("customer.updated", customer, { invoice_settings: before });
  for (const subscription of emulator.records<Stripe.Subscription>("subscription").all()) {
    if (subscription.customer !== customerId || subscription.status === "canceled") continue;
    updateSubscription(emulator, subscription.id, { default_payment_method: method });
  }
}

function notFound(context: Context) {
  return context.html(
    messagePage("This link no longer works", html`<p>Go back and open it again.</p>`),
    404,
  );
}

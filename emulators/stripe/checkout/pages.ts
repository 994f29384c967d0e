import { Hono, type Context } from "hono";
import type Stripe from "stripe";

import { html } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import { StripeFailure } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import type { Emulator } from "../emulator.ts";
import { TEST_CARD } from "../pages/card-fields.ts";
import { messagePage } from "../pages/layout.ts";
import { money } from "../pages/money.ts";
import { readTextForm } from "../pages/read-text-form.ts";
import { createBankPaymentMethod, createCardPaymentMethod } from "../resources/payment-methods.ts";
import { attemptPayment } from "./attempt-payment.ts";
import { bankPage, takesBankAccounts } from "./bank-page.ts";
import { finishCheckout, finishFreeCheckout, successUrl } from "./finish-checkout.ts";
import { isFree, paymentPage, type PaymentErrors, type PaymentFields } from "./payment-page.ts";
import { readCardPayer, readFields, readPayer } from "./read-payer.ts";
import { applyCode, discountOf, removeCode } from "./session-discount.ts";
import { plans } from "./session-plans.ts";
import { applyTax, asksForState } from "./session-tax.ts";

type Session = Stripe.Checkout.Session;

/** The hosted pages: Checkout at `/c/pay/<session>`, and receipts. */
export function checkoutPages(emulator: Emulator) {
  const app = new Hono<EmulatorEnv>();

  app.get("/c/pay/:id", (context) => {
    const session = find(context);
    if (session?.status !== "open") return closed(context, session);
    return show(context, session, prefilled(session), {}, lastFailure(session), 200);
  });

  app.post("/c/pay/:id", async (context) => {
    const fields = readFields(await readTextForm(context));
    let session = find(context);
    if (session?.status !== "open") return closed(context, session);

    const where = stateErrors(session, fields);
    if (isFree(session)) {
      const { payer, errors } = readPayer(fields);
      Object.assign(errors, where);
      if (Object.keys(errors).length > 0) return show(context, session, fields, errors, null, 400);
      if (asksForState(session)) session = applyTax(emulator, session, fields.state);
      return context.redirect(finishFreeCheckout(emulator, session, payer), 303);
    }
    const { card, payer, errors } = readCardPayer(fields, emulator.clock.now());
    Object.assign(errors, where);
    if (!card || where.state) return show(context, session, fields, errors, null, 400);
    if (asksForState(session)) session = applyTax(emulator, session, fields.state);
    const method = createCardPaymentMethod(emulator, card, payer);
    const attempt = attemptPayment(emulator, session, method);
    if (attempt.outcome === "declined") {
      return show(context, session, fields, {}, attempt.decline.message, 402);
    }
    return context.redirect(finishCheckout(emulator, session, attempt), 303);
  });

  app.post("/c/pay/:id/promotion-code", async (context) => {
    const text = await readTextForm(context);
    const session = find(context);
    if (session?.status !== "open") return closed(context, session);
    if (!session.allow_promotion_codes) return notFound(context);

    const problem = changeCode(session, text("step") === "remove" ? null : text("code"));
    if (!problem) return context.redirect(`/c/pay/${session.id}`, 303);
    const promotion = { typed: text("code"), error: problem };
    return show(context, session, prefilled(session), {}, null, 400, promotion);
  });

  app.get("/c/pay/:id/bank", (context) => {
    const session = find(context);
    if (session?.status !== "open") return closed(context, session);
    if (!takesBankAccounts(session)) return notFound(context);
    const fields = { ...prefilled(session), number: "000123456789" };
    return context.html(bankPage(emulator.businessName, session, fields, {}));
  });

  app.post("/c/pay/:id/bank", async (context) => {
    const fields = readFields(await readTextForm(context));
    const session = find(context);
    if (session?.status !== "open") return closed(context, session);
    if (!takesBankAccounts(session)) return notFound(context);

    const { payer, errors } = readPayer(fields);
    const number = fields.number.trim();
    if (!/^\d{4,17}$/.test(number)) errors.number = "An account number has 4 to 17 digits.";
    if (Object.keys(errors).length > 0) {
      return context.html(bankPage(emulator.businessName, session, fields, errors), 400);
    }
    const method = createBankPaymentMethod(emulator, number, payer);
    const attempt = attemptPayment(emulator, session, method);
    return context.redirect(finishCheckout(emulator, session, attempt), 303);
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

  function find(context: Context): Session | undefined {
    return emulator.records<Session>("checkout.session").find(context.req.param("id") ?? "");
  }

  function prefilled(session: Session): PaymentFields {
    const email = session.customer_details?.email ?? "";
    const customer = emulator
      .records<Stripe.Customer>("customer")
      .find(idOf(session.customer) ?? "");
    return { ...TEST_CARD, email, name: "", state: customer?.address?.state ?? TEST_CARD.state };
  }

  /**
   * Applies a promotion code, or takes it off for null.
   *
   * @returns why it can't be applied; null when it was
   */
  function changeCode(session: Session, code: string | null): string | null {
    try {
      if (code === null) removeCode(emulator, session);
      else if (!applyCode(emulator, session, code)) return "This code is invalid.";
      return null;
    } catch (error) {
      if (error instanceof StripeFailure) return error.message;
      throw error;
    }
  }

  function stateErrors(session: Session, { state }: PaymentFields): PaymentErrors {
    return asksForState(session) && !/^[A-Z]{2}$/.test(state)
      ? { state: "Your state has two letters." }
      : {};
  }

  /** Why the last attempt failed, for people who come back from their bank. */
  function lastFailure(session: Session): string | null {
    const id = plans(emulator).get(session.id).intentId ?? "";
    const payment = emulator.records<Stripe.PaymentIntent>("payment_intent").find(id);
    const setup = emulator.records<Stripe.SetupIntent>("setup_intent").find(id);
    return (payment?.last_payment_error ?? setup?.last_setup_error)?.message ?? null;
  }

  function show(
    context: Context,
    session: Session,
    fields: PaymentFields,
    errors: PaymentErrors,
    declined: string | null,
    status: 200 | 400 | 402,
    promotion = { typed: "", error: "" },
  ) {
    const { items } = plans(emulator).get(session.id);
    const { businessName } = emulator;
    const code = discountOf(emulator, session)?.code?.code ?? null;
    return context.html(
      paymentPage({
        businessName,
        session,
        items,
        fields,
        errors,
        declined,
        promotion: { ...promotion, code },
      }),
      status,
    );
  }

  function closed(context: Context, session: Session | undefined) {
    if (!session) return notFound(context);
    if (session.status === "expired") return expired(context, session);
    // A second press of the button, or one that lost its answer: the payment stands.
    if (context.req.method === "POST") return context.redirect(successUrl(session), 303);
    return context.html(
      messagePage(
        idOf(session.payment_intent) ? "You have already paid" : "This is already done",
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

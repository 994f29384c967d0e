import { Hono } from "hono";
import { z } from "zod";

import type { EmulatorEnv } from "../shared/serve.ts";
import type { Store } from "../shared/store.ts";
import { failureJson, StripeFailure } from "./api/failure.ts";
import type { Emulator } from "./emulator.ts";
import { accountFiles, updateAccount } from "./connect/account-state.ts";
import { passTime } from "./pass-time.ts";
import { settleDebit } from "./payments/bank-debits.ts";
import { closeDispute, openDispute } from "./resources/dispute-outcomes.ts";
import { failPayout } from "./resources/payout-failures.ts";
import { failRefund } from "./resources/refund-outcomes.ts";
import type { State } from "./state.ts";

const FailRefundSchema = z.strictObject({ refund: z.string() });
const FailPayoutSchema = z.strictObject({
  account: z.string().nullable().default(null),
  payout: z.string(),
});
const AskAccountSchema = z.strictObject({ account: z.string(), requirements: z.array(z.string()) });
const DisputeSchema = z.strictObject({
  charge: z.string(),
  reason: z.string().default("general"),
  isInquiry: z.boolean().default(false),
  amount: z.number().int().positive().optional(),
});
const CloseDisputeSchema = z.strictObject({
  dispute: z.string(),
  status: z.enum(["won", "lost", "warning_closed"]),
});
const SettlePaymentSchema = z.strictObject({
  paymentIntent: z.string(),
  outcome: z.enum(["succeeded", "failed"]),
});
const VerifyAccountSchema = z.strictObject({ account: z.string() });
const PassSchema = z.strictObject({ seconds: z.number().int().nonnegative() });

type AdminParts = {
  emulator: Emulator;
  store: Store<State>;
  /** Lets happen what is due. */
  tick(): void;
};

/**
 * What tests may make happen that only Stripe's world can, each by a POST:
 * - `fail-refund {refund}`: the bank sends a refund back
 * - `fail-payout {account?, payout}`: the bank sends a payout back, the platform's without account
 * - `dispute {charge, reason?, isInquiry?, amount?}`: the payer's bank takes a payment back, or a part of it
 * - `close-dispute {dispute, status}`: it is decided (`won`, `lost`, `warning_closed`)
 * - `settle-payment {paymentIntent, outcome}`: a bank account pays, or not
 * - `ask-account {account, requirements}`: Stripe wants to know more, and stops transfers until
 *   it does
 * - `verify-account {account}`: Stripe has looked at the answers that it took its time for
 * - `pass {seconds}`: time passes by moving back all that is kept, and the clock stays
 */
export function stripeAdminRoutes({ emulator, store, tick }: AdminParts) {
  const app = new Hono<EmulatorEnv>();

  app.onError((error, context) => {
    if (error instanceof StripeFailure) return context.json(failureJson(error.body), 400);
    if (error instanceof z.ZodError) return context.json({ error: z.prettifyError(error) }, 400);
    throw error;
  });
  app.post("/fail-refund", async (context) => {
    const { refund } = FailRefundSchema.parse(await context.req.json());
    return context.json(failRefund(emulator, refund));
  });
  app.post("/fail-payout", async (context) => {
    const { account, payout } = FailPayoutSchema.parse(await context.req.json());
    return context.json(failPayout(emulator.actingFor(account), payout));
  });
  app.post("/dispute", async (context) => {
    const { charge, ...kind } = DisputeSchema.parse(await context.req.json());
    return context.json(openDispute(emulator, charge, kind));
  });
  app.post("/close-dispute", async (context) => {
    const { dispute, status } = CloseDisputeSchema.parse(await context.req.json());
    return context.json(closeDispute(emulator, dispute, status));
  });
  app.post("/settle-payment", async (context) => {
    const { paymentIntent, outcome } = SettlePaymentSchema.parse(await context.req.json());
    return context.json(settleDebit(emulator, paymentIntent, outcome));
  });
  app.post("/ask-account", async (context) => {
    const { account, requirements } = AskAccountSchema.parse(await context.req.json());
    const { alsoAsked } = accountFiles(emulator).get(account);
    return context.json(
      updateAccount(emulator, account, { alsoAsked: [...alsoAsked, ...requirements] }),
    );
  });
  app.post("/verify-account", async (context) => {
    const { account } = VerifyAccountSchema.parse(await context.req.json());
    return context.json(updateAccount(emulator, account, { isBeingVerified: false }));
  });
  app.post("/pass", async (context) => {
    const { seconds } = PassSchema.parse(await context.req.json());
    passTime(store.state, seconds);
    store.changed();
    tick();
    return context.json({ passed: seconds });
  });
  return app;
}

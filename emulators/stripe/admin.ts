import { Hono } from "hono";
import { z } from "zod";

import type { EmulatorEnv } from "../shared/serve.ts";
import { failureJson, StripeFailure } from "./api/failure.ts";
import type { Emulator } from "./emulator.ts";
import { accountFiles, updateAccount } from "./connect/account-state.ts";
import { failPayout } from "./resources/payout-failures.ts";
import { failRefund } from "./resources/refund-outcomes.ts";

const FailRefundSchema = z.strictObject({ refund: z.string() });
const FailPayoutSchema = z.strictObject({ account: z.string(), payout: z.string() });
const AskAccountSchema = z.strictObject({ account: z.string(), requirements: z.array(z.string()) });
const VerifyAccountSchema = z.strictObject({ account: z.string() });

/**
 * What tests may make happen that only Stripe's world can, each by a POST:
 * - `fail-refund {refund}`: the bank sends a refund back
 * - `fail-payout {account, payout}`: the bank sends a payout back
 * - `ask-account {account, requirements}`: Stripe wants to know more, and stops transfers until
 *   it does
 * - `verify-account {account}`: Stripe has looked at the answers that it took its time for
 */
export function stripeAdminRoutes(emulator: Emulator) {
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
  return app;
}

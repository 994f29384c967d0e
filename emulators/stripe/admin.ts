import { Hono } from "hono";
import { z } from "zod";

import type { EmulatorEnv } from "../shared/serve.ts";
import { failureJson, StripeFailure } from "./api/failure.ts";
import type { Emulator } from "./emulator.ts";
import { failRefund } from "./resources/refund-outcomes.ts";

const FailRefundSchema = z.strictObject({ refund: z.string() });

/**
 * What tests may make happen that only Stripe's world can: POST `fail-refund {refund}` lets the
 * bank send a refund back.
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
  return app;
}

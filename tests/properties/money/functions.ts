import { vi } from "vitest";

import { stripeSignature } from "../../../emulators/stripe/sign.ts";

type Rpc = (name: string, args: Record<string, unknown>) => Promise<unknown>;

type Handler = (request: Request) => Promise<Response>;

/** What our Edge Functions do with Stripe, run in this process on a database of the test's choice. */
export type Functions = {
  /** Works off everything in the outbox that is due and for Stripe. */
  dispatch(): Promise<void>;
  /** Takes what Stripe delivers, signed; returns the status of the answer. */
  receive(body: string): Promise<number>;
};

/**
 * Loads the functions' own modules. They are written for Deno: its environment is all they need of it.
 *
 * @param settings their environment
 * @param rpc how they reach the database
 */
export async function loadFunctions(
  settings: Record<string, string>,
  rpc: Rpc,
): Promise<Functions> {
  const { SUPABASE_SECRET_KEY: secretKey = "", STRIPE_WEBHOOK_SECRET: secret = "" } = settings;
  vi.stubGlobal("Deno", { env: { toObject: () => settings } });
  vi.doMock("../../../supabase/functions/_shared/db.ts", () => ({ rpc }));
  vi.doMock("../../../supabase/functions/_shared/log.ts", () => ({
    log: () => {},
    reason: (error: unknown) => (error instanceof Error ? error.message : String(error)),
  }));
  const from = "../../../supabase/functions";
  const { createHandler } = (await import(`${from}/dispatch/handler.ts`)) as {
    createHandler: (dependencies: object) => Handler;
  };
  const { topics } = (await import(`${from}/dispatch/topics.ts`)) as { topics: object };
  const { receiveStripeEvents } = (await import(`${from}/_shared/stripe-events/receive.ts`)) as {
    receiveStripeEvents: (secret: string) => Handler;
  };

  const work = createHandler({
    secretKey,
    topics,
    now: Date.now,
    claim: () => rpc("claim_outbox", { max_rows: 8, lease_seconds: 90 }),
    workOf: (id: number) => rpc("outbox_work", { outbox_id: id }),
    complete: (id: number, result: object | null) =>
      rpc("complete_outbox", { outbox_id: id, result }),
    fail: (id: number, error: { message: string; isPermanent: boolean }) =>
      rpc("fail_outbox", {
        outbox_id: id,
        error: error.message,
        is_permanent: error.isPermanent,
        retry_after_seconds: null,
      }),
  });
  const hear = receiveStripeEvents(secret);

  return {
    async dispatch() {
      await work(new Request("http://functions.test/dispatch", { headers: { apikey: secretKey } }));
    },
    async receive(body) {
      const signature = stripeSignature(secret, body, Math.floor(Date.now() / 1000));
      const response = await hear(
        new Request("http://functions.test/stripe-webhook", {
          method: "POST",
          headers: { "stripe-signature": signature },
          body,
        }),
      );
      return response.status;
    },
  };
}

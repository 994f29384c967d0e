import { z } from "zod";

import { rpc } from "../_shared/db.ts";
import { env } from "../_shared/env.ts";
import { createHandler } from "./handler.ts";
import { topics } from "./topics.ts";

const ClaimsSchema = z.array(z.object({ id: z.number(), topic: z.string(), attempts: z.number() }));

/** Rows at a time, and for how long they are ours: longer than a run with its timeouts. */
const CLAIM = { max_rows: 8, lease_seconds: 90 };

Deno.serve(
  createHandler({
    secretKey: env.SUPABASE_SECRET_KEY,
    topics,
    now: Date.now,
    claim: async () => ClaimsSchema.parse(await rpc("claim_outbox", CLAIM)),
    workOf: (id) => rpc("outbox_work", { outbox_id: id }),
    complete: async (id, result) => {
      await rpc("complete_outbox", { outbox_id: id, result });
    },
    fail: async (id, error) => {
      await rpc("fail_outbox", {
        outbox_id: id,
        error: error.message,
        is_permanent: error.isPermanent,
        retry_after_seconds: error.retryAfterSeconds ?? null,
      });
    },
  }),
);

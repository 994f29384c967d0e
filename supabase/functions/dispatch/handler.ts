import { answer, refuse } from "../_shared/answer.ts";
import { log, reason } from "../_shared/log.ts";
import { VendorError } from "../_shared/vendor-error.ts";

export type Claim = { id: number; topic: string; attempts: number };

/** Does one kind of work. Returns what to record; throws VendorError to have it tried again. */
export type Topic = (work: unknown, claim: Claim) => Promise<object>;

type Dependencies = {
  secretKey: string;
  topics: Record<string, Topic>;
  claim: () => Promise<Claim[]>;
  /** The work as it is now, or null when nothing is left to do. */
  workOf: (id: number) => Promise<unknown>;
  complete: (id: number, result: object | null) => Promise<void>;
  fail: (id: number, error: VendorError) => Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
};

/** A run ends before the platform ends it; what is left is claimed by the next. */
const RUN_MS = 40_000;

/**
 * Works off the outbox until nothing is due. It may be killed at any moment: a row that was
 * claimed is due again when its lease ends, and each topic makes its call such that a second
 * one has no second effect. The order is: claim, ask what is (still) to do, call the vendor,
 * record the answer.
 */
export function createHandler(dependencies: Dependencies) {
  const { secretKey, claim, now } = dependencies;

  return async function handle(request: Request): Promise<Response> {
    if (request.headers.get("apikey") !== secretKey) {
      return refuse(401, "unauthorized", "Only the database calls this.");
    }

    const endsAt = now() + RUN_MS;
    let handled = 0;
    while (now() < endsAt) {
      const claims = await claim();
      if (claims.length === 0) break;
      await Promise.all(claims.map((row) => handleRow(row, dependencies)));
      handled += claims.length;
    }
    return answer({ handled });
  };
}

async function handleRow(
  row: Claim,
  { topics, workOf, complete, fail }: Dependencies,
): Promise<void> {
  try {
    const topic = topics[row.topic];
    if (!topic) throw new VendorError(`No topic ${row.topic}.`, { isPermanent: true });

    const work = await workOf(row.id);
    await complete(row.id, work === null ? null : await topic(work, row));
  } catch (error) {
    log("warn", "outbox_row_failed", {
      id: row.id,
      topic: row.topic,
      attempts: row.attempts,
      why: reason(error),
    });
    const vendorError = error instanceof VendorError ? error : new VendorError(reason(error));
    // If even this is lost, the lease ends and the row is due again.
    await fail(row.id, vendorError).catch((lost: unknown) => {
      log("error", "outbox_failure_not_recorded", { id: row.id, why: reason(lost) });
    });
  }
}

import { runJob, sql } from "../../e2e/support/database.ts";
import { until } from "./until.ts";

/**
 * Has `dispatch` do all that is written in the outbox, also what was put off after a failure, and
 * waits for it. What is being worked on right now keeps its lease.
 * @throws when a row is given up, or not done in time
 */
export async function drain(): Promise<void> {
  await until("the outbox is empty", async () => {
    await sql`
      update private.outbox set run_after = now()
      where status = 'pending' and locked_until is null and run_after > now()
    `;
    const open = await sql<{ topic: string; status: string; last_error: string | null }[]>`
      select topic, status, last_error from private.outbox where status <> 'done'
    `;
    const given = open.find(({ status }) => status === "failed");
    if (given) throw new Error(`${given.topic} was given up: ${given.last_error}`);
    if (open.length === 0) return true;

    await wakeDispatch();
    return false;
  });
}

/**
 * Runs something that makes work necessary, and waits until that is written in the outbox.
 * @param topic of the work
 */
export async function untilEnqueued(topic: string, begin: () => Promise<void>): Promise<void> {
  const count = () => sql`select from private.outbox where topic = ${topic}`;
  const before = await count();
  await begin();
  await until(`${topic} is enqueued`, async () => (await count()).length > before.length);
}

/** One wake-up at a time: while `dispatch` works, it finds what is new by itself. */
async function wakeDispatch(): Promise<void> {
  const [queue] = await sql<{ count: number }[]>`
    select count(*)::integer as count from net.http_request_queue
  `;
  if (queue?.count === 0) await runJob("dispatch_outbox");
}

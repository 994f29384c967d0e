import { sql } from "../../e2e/support/database.ts";
import { stackValue } from "../../e2e/support/stack.ts";
import { until } from "./until.ts";

/** For how long dispatch claims rows (supabase/functions/dispatch/index.ts). */
const LEASE = "90 seconds";

/**
 * Kills the process that runs `dispatch`, at once and for good (SIGKILL).
 * @returns when, for endLeases
 */
export async function killDispatch(): Promise<Date> {
  const pid = await until("dispatch runs", pidOfDispatch);
  const [clock] = await sql<{ now: Date }[]>`select clock_timestamp() as now`;
  process.kill(pid, "SIGKILL");
  await until("dispatch is gone", async () => (await pidOfDispatch()) !== pid);
  return clock!.now;
}

/**
 * Lets the leases of a process end now instead of in 90 seconds.
 * @param killedAt when it was killed: leases given later are of a process that lives
 */
export async function endLeases(killedAt: Date): Promise<void> {
  await sql`
    update private.outbox set locked_until = now()
    where status = 'pending' and locked_until <= ${killedAt} + ${LEASE}::interval
  `;
}

/**
 * Lets all leases end now, once nobody works: a process that was killed between asking for rows
 * and hearing which leaves leases that are younger than its death.
 */
export async function endAllLeases(): Promise<void> {
  await until("no run of dispatch is under way", async () => {
    const queued = await sql`select from net.http_request_queue`;
    return queued.length === 0;
  });
  await sql`update private.outbox set locked_until = now() where status = 'pending'`;
}

/** The process that serves `dispatch`, or null when there is none at this moment. */
export async function pidOfDispatch(): Promise<number | null> {
  const response = await fetch(`${stackValue("EDGE_FUNCTIONS_URL")}/__admin/workers`);
  const workers = (await response.json()) as Record<string, number>;
  return workers.dispatch ?? null;
}

import { afterAll, beforeAll, expect } from "vitest";

import { sql } from "../../e2e/support/database.ts";
import { admin } from "../../e2e/support/stack.ts";
import { until } from "./until.ts";

/*
 * What every file starts with: no job runs by itself, so that a test says what happens when, and
 * tokens outlive it. And what every file ends with: nothing was sent to a vendor, or came from
 * one, that the vendor's documentation does not know.
 */
beforeAll(async () => {
  await sql`select cron.unschedule(jobid) from cron.job`;
  await until("no job is running", async () => {
    const [{ count } = { count: 0 }] = await sql<{ count: number }[]>`
      select count(*)::integer as count from cron.job_run_details where status = 'running'
    `;
    return count === 0;
  });
  await admin("CLERK", "settings", { rateLimits: false, tokenLifetimeSeconds: 3600 });
});

const VENDORS = ["STRIPE", "ZOOM", "CALENDLY", "CLERK", "MAIL"] as const;

async function breaches(vendor: (typeof VENDORS)[number]): Promise<unknown[]> {
  return (await admin<{ violations: unknown[] }>(vendor, "violations")).violations;
}

afterAll(async () => {
  for (const vendor of VENDORS) {
    // Two meetings of one host are a breach until the one that moved, or went, has done so.
    const found = await until(vendor, async () => (await breaches(vendor)).length === 0).then(
      () => [],
      () => breaches(vendor),
    );
    expect(found, `${vendor}: breaches of contract`).toEqual([]);
  }
  await sql.end();
});

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

afterAll(async () => {
  for (const vendor of ["STRIPE", "ZOOM", "CALENDLY", "CLERK", "MAIL"] as const) {
    const { violations } = await admin<{ violations: unknown[] }>(vendor, "violations");
    expect(violations, `${vendor}: breaches of contract`).toEqual([]);
  }
  await sql.end();
});

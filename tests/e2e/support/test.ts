import { test as base, expect, type Page } from "@playwright/test";

import { sql } from "./database.ts";
import { createCoach, createPerson, type Coach, type Person } from "./people.ts";
import { admin } from "./stack.ts";
import { signIn } from "./steps.ts";
import { watch } from "./watch.ts";

type Fixtures = {
  /** What went wrong in any browser of the test; a test that leaves something here has failed. */
  problems: string[];
  /** Whether browsers of this run execute scripts. */
  hasScripts: boolean;
  /** Another browser, of a visitor. */
  openBrowser: () => Promise<Page>;
  /** Another browser, in which somebody is signed in. */
  openAs: (person: Person) => Promise<Page>;
  coach: Coach;
  client: Person;
};

/** Playwright's test, with people to walk the journeys and an eye on what pages do wrong. */
export const test = base.extend<Fixtures>({
  problems: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern
    async ({}, use) => {
      await forgetTries();
      const problems: string[] = [];
      await use(problems);
      expect(problems, "what pages did wrong").toEqual([]);
      expect(await violations(), "what vendors would have refused").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, problems }, use) => {
    watch(context, problems);
    await use(context);
  },

  hasScripts: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  openBrowser: async ({ browser, problems }, use) => {
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      watch(context, problems);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  openAs: async ({ openBrowser }, use) => {
    await use(async (person) => {
      const page = await openBrowser();
      await signIn(page, person);
      return page;
    });
  },

  // eslint-disable-next-line no-empty-pattern -- as above
  coach: async ({}, use) => use(await createCoach()),
  // eslint-disable-next-line no-empty-pattern -- as above
  client: async ({}, use) => use(await createPerson({ time_zone: "America/Phoenix" })),
});

export { expect };

/** All tests come from one address, and together try more often than any office does. */
async function forgetTries() {
  await admin("CLERK", "settings", { rateLimits: false });
  await sql`delete from private.rate_limits where bucket like '%_by_address'`;
}

async function violations(): Promise<unknown[]> {
  const vendors = ["CLERK", "STRIPE", "ZOOM", "CALENDLY", "MAIL"] as const;
  const found = await Promise.all(
    vendors.map((vendor) => admin<{ violations: unknown[] }>(vendor, "violations")),
  );
  return found.flatMap(({ violations }) => violations);
}

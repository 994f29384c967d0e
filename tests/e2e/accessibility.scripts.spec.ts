import type { Page } from "@playwright/test";
import axe from "axe-core";

import { booked } from "./support/booked.ts";
import { sql } from "./support/database.ts";
import { newAccount } from "./support/people.ts";
import {
  clientPages,
  DESK_PAGES,
  groupPages,
  packagePages,
  setTheme,
  THEMES,
  visitorPages,
  WIDTHS,
  type NamedPage,
} from "./support/pages.ts";
import { reviewed } from "./support/reviewed.ts";
import { signUp, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// By themselves they are a third of what all pages take: both workers share them.
test.describe.configure({ mode: "parallel", timeout: 480_000 });

test("axe finds nothing on the pages of visitors", async ({ coach, page }) => {
  await checkAll(page, visitorPages(coach));
});

test("axe finds nothing on the pages of clients", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const packages = await packagePages(page, coach);
  await checkAll(page, [
    ...packages.client,
    ...(await clientPages(page, coach, () => booked(client, coach))),
    ...(await groupPages(coach)).client,
  ]);
});

test("axe finds nothing on the pages of coaches", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const packages = await packagePages(page, coach);
  await clientPages(page, coach, () => booked(client, coach));
  await checkAll(await openAs(coach), [
    ...DESK_PAGES,
    ...packages.desk,
    ...(await groupPages(coach)).desk,
  ]);
});

test("axe finds nothing on what is said of a session", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const { bookingId, reviewId } = await reviewed(page, coach);
  const desk = await openAs(coach);
  await checkAll(desk, [
    { name: "reply", path: `/bookings/${bookingId}/reply` },
    { name: "report", path: `/reviews/${reviewId}/report` },
  ]);
  await sql`update public.reviews set reply = 'Thank you.', replied_at = now() where id = ${reviewId}`;
  await checkAll(desk, [
    { name: "coach-reviewed", path: `/coaches/${coach.coach.slug}` },
    { name: "desk-reviewed", path: "/coach/reviews" },
  ]);
  await checkAll(page, [
    { name: "session-reviewed", path: `/bookings/${bookingId}#reviews` },
    { name: "report-reply", path: `/reviews/${reviewId}/report?of=reply` },
  ]);
});

test("axe finds nothing on a form that was refused", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("nobody.here@market.example");
  await page.getByLabel("Password").fill("not the password 12");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).not.toBeEmpty();
  await bringAxe(page);
  await check(page, "refused sign-in");

  await signUp(page, newAccount());
  await withoutConstraints(page);
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page.getByText("Enter your first name.")).toBeVisible();
  await bringAxe(page);
  await check(page, "refused welcome");
});

async function checkAll(page: Page, pages: NamedPage[]) {
  for (const { name, path } of pages) {
    await page.goto(path);
    await bringAxe(page);
    for (const theme of THEMES) {
      await setTheme(page, theme);
      // Dark changes colors and nothing else, and those are the same at any width.
      for (const width of theme === "dark" ? WIDTHS.slice(0, 1) : WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await check(page, `${name}, ${theme}, ${width}`, theme === "dark");
      }
    }
  }
}

/** Half a megabyte of rules, read by a page once: each look at it is only a call. */
async function bringAxe(page: Page) {
  await page.evaluate(axe.source);
}

async function check(page: Page, name: string, colorsOnly = false) {
  // Colors half-way between light and dark are nobody's to read. A change that was asked for begins
  // with the next frame, and one may start another.
  await page.evaluate(async () => {
    let changes: Animation[];
    do {
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      changes = document.getAnimations().filter((each) => each instanceof CSSTransition);
      await Promise.allSettled(changes.map((each) => each.finished));
    } while (changes.length > 0);
  });
  const found = await page.evaluate(
    async (runOnly) => {
      const rules = (window as unknown as { axe: typeof axe }).axe;
      // What passed is counted, not described: that takes most of the time.
      const { violations } = await rules.run({ runOnly, resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
    },
    colorsOnly ? ["color-contrast"] : STANDARDS,
  );
  expect.soft(found, name).toEqual([]);

  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(wide, `${name} scrolls sideways by`).toBeLessThanOrEqual(0);
}

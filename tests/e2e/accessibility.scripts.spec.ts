import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

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
import { signUp, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

test.describe.configure({ timeout: 480_000 });

test("axe finds nothing on the pages of visitors", async ({ coach, page }) => {
  await checkAll(page, visitorPages(coach));
});

test("axe finds nothing on the pages of clients", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const packages = await packagePages(page, coach);
  await checkAll(page, [
    ...packages.client,
    ...(await clientPages(page, coach)),
    ...(await groupPages(coach)).client,
  ]);
});

test("axe finds nothing on the pages of coaches", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const packages = await packagePages(page, coach);
  await clientPages(page, coach);
  await checkAll(await openAs(coach), [
    ...DESK_PAGES,
    ...packages.desk,
    ...(await groupPages(coach)).desk,
  ]);
});

test("axe finds nothing on a form that was refused", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("nobody.here@market.example");
  await page.getByLabel("Password").fill("not the password 12");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).not.toBeEmpty();
  await check(page, "refused sign-in");

  await signUp(page, newAccount());
  await withoutConstraints(page);
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page.getByText("Enter your first name.")).toBeVisible();
  await check(page, "refused welcome");
});

async function checkAll(page: Page, pages: NamedPage[]) {
  for (const { name, path } of pages) {
    await page.goto(path);
    for (const theme of THEMES) {
      // Dark changes colors and nothing else, and those are the same at any width.
      for (const width of theme === "dark" ? WIDTHS.slice(0, 1) : WIDTHS) {
        await setTheme(page, theme);
        await page.setViewportSize({ width, height: 900 });
        await check(page, `${name}, ${theme}, ${width}`, theme === "dark");
      }
    }
  }
}

async function check(page: Page, name: string, colorsOnly = false) {
  // Colors half-way between light and dark are nobody's to read. A change that was asked for begins
  // with the next frame, and one may start another.
  await page.evaluate(async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const changes = document.getAnimations().filter((each) => each instanceof CSSTransition);
      await Promise.allSettled(changes.map((each) => each.finished));
    }
  });
  const axe = new AxeBuilder({ page });
  const { violations } = await (
    colorsOnly ? axe.withRules(["color-contrast"]) : axe.withTags(STANDARDS)
  ).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
  expect.soft(found, name).toEqual([]);

  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(wide, `${name} scrolls sideways by`).toBeLessThanOrEqual(0);
}

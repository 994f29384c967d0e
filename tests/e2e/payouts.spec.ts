import type { Page } from "@playwright/test";

import { sql } from "./support/database.ts";
import type { Coach } from "./support/people.ts";
import { admin } from "./support/stack.ts";
import { expect, test } from "./support/test.ts";

test("a coach leaves Stripe's pages half way, goes on later, and can be paid", async ({
  coach,
  openAs,
}) => {
  const page = await openAs(coach);
  await page.goto("/coach/earnings");
  await page.getByRole("link", { name: "Payouts" }).click();
  await page.getByRole("button", { name: "Set up payouts" }).click();
  await answer(page, coach);
  await page.getByLabel("Account number").fill("");
  await page.getByRole("button", { name: "Save and finish later" }).click();
  await expect(page).toHaveURL("/coach/earnings/payouts");
  await expect(page.getByText("Stripe needs more from you")).toBeVisible();
  await expect(page.getByText(/Missing: .*your bank account/)).toBeVisible();

  // A link that was used up leads to a new one.
  await page.goto("/coach/earnings/payouts/resume");
  await expect(page).toHaveURL(/\/setup\/acct_/);
  await page.goto("/coach/earnings/payouts");
  await page.getByRole("button", { name: "Go on at Stripe" }).click();
  await page.getByLabel("Account number").fill("000123456789");
  await page.getByRole("button", { name: "Agree and submit" }).click();
  await expect(page).toHaveURL("/coach/earnings/payouts");
  await expect(page.getByText("You can be paid")).toBeVisible();
  await expect(page.getByText(/account ending in 6789/)).toBeVisible();

  await page.getByRole("button", { name: "See payouts at Stripe" }).click();
  await expect(page).toHaveURL(/\/express\/acct_/);
});

test("what Stripe finds out later shows without anybody coming back from there", async ({
  coach,
  openAs,
}) => {
  const page = await openAs(coach);
  await page.goto("/coach/earnings/payouts");
  await page.getByRole("button", { name: "Set up payouts" }).click();
  await answer(page, coach);
  await page.getByLabel("What Stripe makes of the answers").selectOption("pending");
  await page.getByRole("button", { name: "Agree and submit" }).click();
  await expect(page.getByText("Stripe is checking your details")).toBeVisible();

  const [account] = await sql<{ id: string }[]>`
    select stripe_account_id as id from public.payout_accounts where coach_id = ${coach.coach.id}
  `;
  await admin("STRIPE", "verify-account", { account: account?.id });
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("You can be paid")).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
});

/** Who they are. The bank account on the page is one of Stripe's for tests. */
async function answer(page: Page, { profile }: Coach) {
  await page.getByLabel("First name").fill(profile.first_name ?? "");
  await page.getByLabel("Last name").fill(profile.last_name ?? "");
  await page.getByLabel("Date of birth").fill("1980-04-12");
  await page.getByLabel("Last 4 digits of Social Security number").fill("0000");
}

import type { Page } from "@playwright/test";

import { booked } from "./support/booked.ts";
import { runJob, sql } from "./support/database.ts";
import { earn } from "./support/earned.ts";
import { createPerson, type Coach } from "./support/people.ts";
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

test("a coach sees what each session earned and where it is, and takes it home as a file", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(coach);
  await page.goto("/coach/earnings");
  await expect(page.getByText("Nothing earned yet")).toBeVisible();
  await expect(page.getByRole("link", { name: "Download CSV" })).toHaveCount(0);

  // One who would have spreadsheets run something.
  const trickster = await createPerson({ first_name: "=1+1", last_name: 'Fallow, "D"' });
  await earn(await booked(trickster, coach), 60);
  await earn(await booked(client, coach), 72);
  await booked(client, coach);
  await page.reload();
  await expectStats(page, { Pending: "$102.42", "On hold": "$204.84", Paid: "$0.00" });
  await expect(row(page, client.name).first()).toContainText("Not held yet");
  await expect(row(page, "=1+1")).toContainText("On hold");
  await expect(row(page, "=1+1")).toContainText("Set up payouts to get it");

  await page.getByRole("link", { name: "Payouts" }).click();
  await page.getByRole("button", { name: "Set up payouts" }).click();
  await answer(page, coach);
  await page.getByRole("button", { name: "Agree and submit" }).click();
  await expect(page.getByText("You can be paid")).toBeVisible();
  await expect(async () => {
    await runJob("send_transfers");
    await runJob("dispatch_outbox");
    await page.goto("/coach/earnings");
    await expectStats(page, { Pending: "$102.42", "On hold": "$0.00", Paid: "$204.84" });
  }).toPass({ timeout: 30_000 });
  await expect(row(page, "=1+1")).toContainText("Paid");
  await expect(row(page, "=1+1")).toContainText("$102.42");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("earnings.csv");
  const file = await (await page.request.get("/coach/earnings.csv")).text();
  const lines = file.split("\r\n").filter((line) => line.includes(","));
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^Date \(America\/Chicago\),Client,Offer,Client paid \(USD\),/);
  expect(file).toContain(`,"'=1+1 Fallow, ""D""",`);
  expect(file).toContain(",120.50,0.00,18.08,0.00,102.42,102.42,0.00,Paid,,");
});

test("a coach sees what went to their bank, and what it sent back", async ({ coach, openAs }) => {
  await sql`
    insert into public.payout_accounts (coach_id, stripe_account_id, status)
    values (${coach.coach.id}, ${`acct_${coach.coach.id}`}, 'active')
  `;
  for (const [status, amount, failure] of [
    ["paid", 20_484, null],
    ["failed", 10_242, "account_closed"],
  ] as const) {
    await sql`
      select private.record_stripe_payout(${`acct_${coach.coach.id}`}, ${sql.json({
        id: `po_${status}_${coach.coach.id}`,
        status,
        amount,
        failure_code: failure,
        created: 1_800_000_000,
        arrival_date: 1_800_057_600,
      })})
    `;
  }
  const page = await openAs(coach);
  await page.goto("/coach/earnings/payouts");
  const list = page.getByRole("listitem");
  await expect(list.filter({ hasText: "$204.84" })).toContainText("Jan 16, 2027");
  await expect(list.filter({ hasText: "$204.84" })).toContainText("Arrived");
  await expect(list.filter({ hasText: "$102.42" })).toContainText("Sent back");
  await expect(list.filter({ hasText: "$102.42" })).toContainText("the account is closed");
});

test("nobody else reads a coach's earnings", async ({ client, openAs, page: visitor }) => {
  const page = await openAs(client);
  await page.goto("/coach/earnings");
  await expect(page).toHaveURL("/become-a-coach");
  const file = await page.request.get("/coach/earnings.csv");
  expect(file.headers()["content-type"]).not.toContain("csv");
  await visitor.goto("/coach/earnings.csv");
  await expect(visitor).toHaveURL(/\/sign-in/);
});

function row(page: Page, text: string) {
  return page.getByRole("row").filter({ hasText: text });
}

async function expectStats(page: Page, stats: Record<string, string>) {
  for (const [label, value] of Object.entries(stats)) {
    const stat = page.locator("dl > div").filter({ has: page.getByText(label, { exact: true }) });
    await expect(stat).toContainText(value, { timeout: 2_000 });
  }
}

/** Who they are. The bank account on the page is one of Stripe's for tests. */
async function answer(page: Page, { profile }: Coach) {
  await page.getByLabel("First name").fill(profile.first_name ?? "");
  await page.getByLabel("Last name").fill(profile.last_name ?? "");
  await page.getByLabel("Date of birth").fill("1980-04-12");
  await page.getByLabel("Last 4 digits of Social Security number").fill("0000");
}

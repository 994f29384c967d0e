import { runJob, sql } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { buyInParts, createPackageInParts, letDaysPass } from "./support/packages.ts";
import { expectRefusal, fillCard, pay, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

/** A card that can be kept, and is declined whenever it is charged. */
const KEPT_AND_DECLINED = "4000 0000 0000 0341";

test("a coach sells a package in parts; a client agrees, sees every date, and pays the first", async ({
  coach,
  client,
  openAs,
}) => {
  test.setTimeout(120_000);
  const desk = await openAs(coach);
  await desk.goto("/coach/offers/new-package");
  await withoutConstraints(desk);
  await desk.getByLabel("Name", { exact: true }).fill("Six rehearsals");
  await desk.getByLabel("Price of one session").fill("80");
  await desk.getByLabel("Monthly payments").fill("4");
  const save = desk.getByRole("button", { name: "Put it on sale" });
  const parts = desk.getByLabel("Monthly payments");
  await expectRefusal(desk, () => save.click(), 422, parts, /the same number of sessions/);
  await expect(parts).toHaveValue("4");
  await parts.fill("3");
  await save.click();
  await expect(desk.getByText("Your package is on sale.")).toBeVisible();

  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}`);
  await page.getByRole("link", { name: "See the package for Six rehearsals" }).click();
  const inParts = page.getByLabel("3 monthly payments of $160.00");
  const agree = page.getByLabel(/^Only for monthly payments/);
  await expect(page.getByLabel("$480 at once")).toBeChecked();
  await expect(agree).not.toBeChecked();
  await inParts.check();
  await page.getByLabel("Coupon code").fill("spring");
  const buy = page.getByRole("button", { name: "Buy this package" });
  await expectRefusal(page, () => buy.click(), 422, agree, /Tick the box/);
  await expect(inParts).toBeChecked();
  await expect(page.getByLabel("Coupon code")).toHaveValue("spring");
  await page.getByLabel("Coupon code").fill("");
  await agree.check();
  await buy.click();

  await expect(page.getByText("$160.00", { exact: true })).toHaveCount(4);
  await expect(page.getByText(/to pay now/)).toBeVisible();
  const orderId = /\/orders\/([0-9a-f-]{36})/.exec(page.url())![1]!;
  await pay(page);
  await expect(page.getByText("Your package is paid for.")).toBeVisible({ timeout: 20_000 });
  await expect(
    page.getByText("2 sessions left to book · 4 more come with your next 2 payments"),
  ).toBeVisible();
  await expect(page.getByText("1 of 3 paid, $160.00 so far.")).toBeVisible();
  await expect(page.getByText(/charged by itself/)).toHaveCount(2);
  await page.getByText("What you agreed to").click();
  await expect(page.getByText(/^I agree that “Six rehearsals” with/)).toBeVisible();
  expect((await waitForMail(client.email, /^Your package: Six rehearsals/)).text).toContain(
    "the first of 3 parts",
  );
  // What is not due yet is not to be paid.
  const [later] = await sql<{ id: string }[]>`
    select part.id from public.orders join public.orders as part on part.plan_id = orders.plan_id
    where orders.id = ${orderId} and part.plan_position = 2
  `;
  await page.goto(`/packages/${orderId}/book`);
  await expect(page.getByText(/ · 2 sessions left to book · 4 more come with your/)).toBeVisible();
  await page.goto(`/orders/${later!.id}/checkout`);
  await expect(page).toHaveURL(new RegExp(`/packages/${orderId}$`));
  await desk.goto("/coach/clients");
  await expect(
    desk.getByText(
      /^Six rehearsals, until .*: 2 sessions left to book · 4 more come with their next 2 payments\./,
    ),
  ).toBeVisible();
});

test("a coach asks for a deposit; a client pays it, and books the sessions that it is for", async ({
  coach,
  client,
  openAs,
}) => {
  test.setTimeout(120_000);
  const desk = await openAs(coach);
  await desk.goto("/coach/offers/new-package");
  await withoutConstraints(desk);
  await desk.getByLabel("Name", { exact: true }).fill("Seven rehearsals");
  await desk.getByLabel("Price of one session").fill("80");
  await desk.getByLabel("Sessions").fill("7");
  await desk.getByLabel("Monthly payments").fill("4");
  const deposit = desk.getByLabel("Deposit");
  const save = desk.getByRole("button", { name: "Put it on sale" });
  await deposit.fill("3");
  await expectRefusal(desk, () => save.click(), 422, deposit, /divided by the other payments/);
  await expect(deposit).toHaveValue("3");
  await deposit.fill("4");
  await save.click();
  await expect(desk.getByText("Your package is on sale.")).toBeVisible();
  await desk.getByRole("link", { name: "Change Seven rehearsals" }).click();
  await expect(deposit).toHaveValue("4");

  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}`);
  await page.getByRole("link", { name: "See the package for Seven rehearsals" }).click();
  await page.getByLabel("A deposit of $320.00, then 3 monthly payments of $80.00").check();
  await expect(page.getByText("$80.00", { exact: true })).toHaveCount(3);
  await page.getByLabel(/a deposit of \$320\.00 and then \$80\.00 each/).check();
  await page.getByRole("button", { name: "Buy this package" }).click();
  await pay(page);
  await expect(page.getByText("Your package is paid for.")).toBeVisible({ timeout: 20_000 });
  await expect(
    page.getByText("4 sessions left to book · 3 more come with your next 3 payments"),
  ).toBeVisible();
  await expect(page.getByText("1 of 4 paid, $320.00 so far.")).toBeVisible();
});

test("a part that is declined is paid by hand; then the client stops with one click", async ({
  coach,
  client,
  openAs,
}) => {
  test.setTimeout(120_000);
  const page = await openAs(client);
  const orderId = await buyInParts(page, coach, await createPackageInParts(coach));
  await letDaysPass(orderId, 32);
  await runJob("charge_instalments");
  await expect(async () => {
    await page.goto("/packages");
    await expect(page.getByText("2 of 3 payments made")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(
    page.getByText("4 sessions left to book · 2 more come with your next payment"),
  ).toBeVisible();

  // The next one is charged to another card, which its bank declines.
  await page.goto("/settings/billing");
  await page.getByRole("button", { name: "See or change your card" }).click();
  await fillCard(page, KEPT_AND_DECLINED, "Use this card");
  await expect(page).toHaveURL("/settings/billing");
  await letDaysPass(orderId, 31);
  await runJob("charge_instalments");
  await expect(async () => {
    await runJob("dispatch_outbox");
    await page.goto("/packages");
    await expect(page.getByText("The next one was declined.")).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await waitForMail(client.email, /^Your payment for Six rehearsals didn’t go through/);
  const [third] = await sql<{ id: string }[]>`
    select part.id from public.orders join public.orders as part on part.plan_id = orders.plan_id
    where orders.id = ${orderId} and part.plan_position = 3
  `;
  await page.goto(`/packages/${orderId}`);
  await expect(page.getByText(/your card was declined/)).toBeVisible();
  await page.getByRole("link", { name: "Pay it now" }).click();
  await expect(page).toHaveURL(new RegExp(`/orders/${third!.id}/checkout$`));
  await pay(page);
  await expect(page.getByText("6 of 6 sessions left")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("3 of 3 paid, $480.00 so far.")).toBeVisible();

  const other = await buyInParts(page, coach, await createPackageInParts(coach));
  await page.getByRole("button", { name: "Stop the payments" }).click();
  await expect(page.getByText("The payments are stopped.")).toBeVisible();
  await expect(page.getByText("2 of 2 sessions left")).toBeVisible();
  await expect(page.getByText(/not charged/)).toHaveCount(2);
  await letDaysPass(other, 32);
  await runJob("charge_instalments");
  await page.goto("/packages");
  await expect(page.getByText("1 of 3 payments made, nothing more is charged")).toBeVisible();
});

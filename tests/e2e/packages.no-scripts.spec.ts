import type { Page } from "@playwright/test";

import { moveBooking, runJob, sql } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { buyPackage, createPackage, orderPackage } from "./support/packages.ts";
import { admin } from "./support/stack.ts";
import { chooseTime, expectRefusal, pay, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

/** Books a session of a package from its page; ends on the session's page, and returns its id. */
async function bookFrom(page: Page, orderId: string): Promise<string> {
  await page.goto(`/packages/${orderId}/book`);
  await chooseTime(page);
  await page.getByRole("button", { name: /^Book this time|^Ask / }).click();
  await expect(page).toHaveURL(/\/bookings\/[0-9a-f-]{36}$/);
  return /\/bookings\/([0-9a-f-]{36})/.exec(page.url())![1]!;
}

test("a coach sells a package; a client buys it, books from it, and gets a session back", async ({
  coach,
  client,
  openAs,
}) => {
  test.setTimeout(150_000);
  const desk = await openAs(coach);
  await desk.goto("/coach/offers");
  await desk.getByRole("link", { name: "Offer a package" }).click();
  await withoutConstraints(desk);
  await desk.getByLabel("Name", { exact: true }).fill("Six rehearsals");
  await desk.getByLabel("Price of one session").fill("90");
  await desk.getByLabel("Sessions").fill("1");
  const save = desk.getByRole("button", { name: "Put it on sale" });
  await expectRefusal(desk, () => save.click(), 422, desk.getByLabel("Sessions"), /2 to 52/);
  await expect(desk.getByLabel("Price of one session")).toHaveValue("90");
  await desk.getByLabel("Sessions").fill("6");
  await save.click();
  await expect(desk.getByText("Your package is on sale.")).toBeVisible();
  await expect(desk.getByText("6 sessions at $90, valid for 6 months")).toBeVisible();

  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}`);
  await expect(page.getByText("6 sessions of 1 hour, $90 each, valid for 6 months.")).toBeVisible();
  await page.getByRole("link", { name: "See the package for Six rehearsals" }).click();
  await expect(page.getByText("What is left then is paid back to your card")).toBeVisible();
  await page.getByRole("button", { name: "Buy this package" }).click();
  await expect(page.getByText("6 × $90.00")).toBeVisible();
  const orderId = /\/orders\/([0-9a-f-]{36})/.exec(page.url())![1]!;

  // A card that is declined, then one that is good.
  await pay(page, "4000 0000 0000 9995");
  await expect(page.getByRole("alert")).toContainText(/insufficient/i);
  await expect(async () => {
    await page.goto(`/orders/${orderId}/checkout`);
    const why = page.getByText(/not enough money on your card/);
    await expect(why).toBeVisible({ timeout: 500 }); // once Stripe has told us
  }).toPass();
  await pay(page);
  await expect(page.getByText("Your package is paid for.")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("6 of 6 sessions left")).toBeVisible();
  expect((await waitForMail(client.email, /^Your package: Six rehearsals/)).text).toContain(
    "$540.00",
  );

  const bookingId = await bookFrom(page, orderId);
  await expect(page.getByText("You’re booked.")).toBeVisible();
  await expect(page.getByText("$90.00, paid for with a package")).toBeVisible();
  await page.goto("/packages");
  await expect(page.getByText("5 of 6 sessions left")).toBeVisible();
  await desk.goto("/coach/clients");
  await expect(desk.getByText(/^Six rehearsals, until .*: 5 of 6 sessions left\./)).toBeVisible();

  await page.goto(`/bookings/${bookingId}/cancel`);
  await expect(page.getByText("The session goes back to your package.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByText("The session goes back to what paid for it.")).toBeVisible();
  await expect(page.getByText("It went back to your package.")).toBeVisible();
  await page.goto(`/packages/${orderId}`);
  await expect(page.getByText("6 of 6 sessions left")).toBeVisible();
  await expect(page.getByText("A session came back")).toBeVisible();
  expect((await waitForMail(client.email, /^Cancelled: Six rehearsals/)).text).toContain(
    "went back to your package",
  );

  // Late, a part of its price comes back and the session is used up.
  const late = await bookFrom(page, orderId);
  await moveBooking(late, 5 * 60);
  await page.goto(`/bookings/${late}/cancel`);
  await expect(page.getByText("The session is used up. $45.00 of the $90.00")).toBeVisible();
  await page.getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByText("$45.00 is on its way back.")).toBeVisible();

  // The coach ends it: what is left goes back.
  await desk.goto("/coach/clients");
  await desk.getByRole("link", { name: /^End it/ }).click();
  await expect(desk.getByText(/\$450\.00 goes back to/)).toBeVisible();
  await desk.getByLabel(/^A word to/).fill("I am moving on.");
  await desk.getByRole("button", { name: "End the package" }).click();
  await expect(desk.getByText("The package has ended.")).toBeVisible();
  await page.goto(`/packages/${orderId}`);
  await expect(page.getByText("Nothing is left")).toBeVisible();
  await expect(page.getByText("“I am moving on.”")).toBeVisible();
  await expect(page.getByText("$450.00 went back to your card")).toBeVisible();
});

test("what a bank refuses of a package that ended is said on its page and beside the payment", async ({
  coach,
  client,
  openAs,
}) => {
  test.setTimeout(90_000);
  const page = await openAs(client);
  const orderId = await buyPackage(page, coach, await createPackage(coach));
  await sql`select private.end_credits(${orderId})`;
  await page.goto(`/packages/${orderId}`);
  await expect(page.getByText("$320.00 went back to your card for what was left.")).toBeVisible();

  await expect(async () => {
    await runJob("dispatch_outbox");
    const [refund] = await sql<{ id: string }[]>`
      select stripe_refund_id as id from public.refunds where order_id = ${orderId} and stripe_refund_id is not null`;
    await admin("STRIPE", "fail-refund", { refund: refund?.id });
  }).toPass({ timeout: 30_000 });
  const words = "Your bank refused a refund of $320.00. We have seen it and will be in touch.";
  await expect(async () => {
    await page.goto(`/packages/${orderId}`);
    await expect(page.getByText(words)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.goto("/settings/billing");
  await expect(page.getByText(words)).toBeVisible();
  await expect(page.getByText("Refund refused", { exact: true })).toBeVisible();
});

test("a package that is not paid for expires; one whose coach is asked gives a session back", async ({
  coach,
  client,
  openAs,
}) => {
  test.setTimeout(120_000);
  const page = await openAs(client);
  const offerId = await createPackage(coach, false);
  const left = await orderPackage(page, coach, offerId);
  await page.getByRole("button", { name: /^Pay \$/ }).click();
  await expect(page.getByRole("heading", { name: "Pay with card" })).toBeVisible();
  await page.goto("/packages");
  await expect(page.getByText(/^Waits for your payment until/)).toBeVisible();
  await sql`update public.orders set created_at = now() - interval '61 minutes' where id = ${left}`;
  await runJob("expire_packages");
  await page.goto(`/orders/${left}/checkout`);
  await expect(page.getByText("It was not paid for in time")).toBeVisible();

  const orderId = await buyPackage(page, coach, offerId);
  await bookFrom(page, orderId);
  await expect(page.getByText("Your request is sent.")).toBeVisible();
  await expect(page.getByText(/goes back to your package unless they accept/)).toBeVisible();
  const bookingId = /\/bookings\/([0-9a-f-]{36})/.exec(page.url())![1]!;
  const desk = await openAs(coach);
  await desk.goto(`/bookings/${bookingId}/decline`);
  await desk.getByRole("button", { name: "Decline" }).click();
  await page.reload();
  await expect(page.getByText("It went back to your package.")).toBeVisible();
  await page.goto("/packages");
  await expect(page.getByText("4 of 4 sessions left")).toBeVisible();
});

test("a coach makes a coupon, a client uses it for a session and for a package, and it ends", async ({
  coach,
  client,
  openAs,
}) => {
  test.setTimeout(120_000);
  const desk = await openAs(coach);
  await desk.goto("/coach/offers");
  await desk.getByRole("link", { name: "Coupons" }).click();
  await desk.getByLabel("Code").fill("spring");
  await desk.getByLabel("Takes off").fill("10%");
  await desk.getByLabel("Uses by one client").fill("2");
  await desk.getByRole("button", { name: "Make the coupon" }).click();
  await expect(desk.getByText("Your coupon is made.")).toBeVisible();
  await expect(desk.getByText("10% off, 2 times by a client")).toBeVisible();

  // A code that is none leaves what was chosen and written.
  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}/book/${coach.offer.id}`);
  const slot = await chooseTime(page);
  await page.getByLabel(/What should/).fill("The seller is difficult.");
  const field = page.getByLabel("Coupon code");
  await field.fill("sprung");
  const hold = page.getByRole("button", { name: "Hold this time" });
  await expectRefusal(page, () => hold.click(), 422, field, /do not know this code/);
  await expect(field).toHaveValue("sprung");
  await expect(page.getByLabel(/What should/)).toHaveValue("The seller is difficult.");
  await expect(page.locator(`input[value="${slot}"]`)).toBeChecked();
  await field.fill(" Spring ");
  await hold.click();
  const full = coach.offer.price_cents ?? 0;
  const less = (full - Math.ceil(full / 10)) / 100;
  await expect(page.getByText("Coupon", { exact: true })).toBeVisible();
  await expect(
    page.getByRole("button", { name: `Pay $${less.toFixed(2)}`, exact: true }),
  ).toBeVisible();
  await pay(page);
  await expect(page.getByText("You’re booked.")).toBeVisible({ timeout: 20_000 });

  const offerId = await createPackage(coach);
  await page.goto(`/coaches/${coach.coach.slug}/packages/${offerId}`);
  await page.getByLabel("Coupon code").fill("SPRING");
  await page.getByRole("button", { name: "Buy this package" }).click();
  await expect(page.getByText("−$32.00")).toBeVisible();
  await pay(page);
  await expect(page.getByText("Your package is paid for.")).toBeVisible({ timeout: 20_000 });

  await desk.reload();
  await expect(desk.getByText(/^Used 2 times, \$/)).toBeVisible();
  await desk.getByRole("button", { name: "End spring" }).click();
  await expect(desk.getByText("The coupon has ended.")).toBeVisible();
});

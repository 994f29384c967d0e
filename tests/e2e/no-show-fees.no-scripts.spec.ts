import { endObjectionTime, endWithout } from "./support/attendance.ts";
import { runJob } from "./support/database.ts";
import { agree, createMembershipOffer } from "./support/memberships.ts";
import { askForNoShows } from "./support/no-show-fees.ts";
import { chooseTime, fillCard, pay } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

/** A card that can be kept, and is declined whenever it is charged. */
const DECLINED = "4000 0000 0000 0341";

const SAID =
  "If you don’t come, $25.00 is charged to the card you pay your membership with, unless you object within 48 hours.";

test("a client who does not come is told before, their card is declined, and they pay by hand", async ({
  coach,
  client,
  openAs,
}) => {
  test.setTimeout(120_000);
  await askForNoShows(coach);
  const offer = await createMembershipOffer(coach, { trial_days: 14 });
  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}/memberships/${offer.id}`);
  await expect(page.getByText(SAID)).toBeVisible();
  await expect(page.getByText(/I agree .* \$25\.00 is charged to the same card\./)).toBeVisible();
  await agree(page, coach, offer.id);
  await fillCard(page, DECLINED, /^Start trial/);
  await expect(page.getByText("You’re a member.")).toBeVisible({ timeout: 20_000 });

  await page.getByRole("link", { name: "Book a session" }).click();
  await expect(page.getByText(SAID)).toBeVisible();
  await chooseTime(page);
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page).toHaveURL(/\/bookings\/[0-9a-f-]{36}$/);
  await expect(page.getByText(SAID)).toBeVisible();
  const session = page.url();
  const bookingId = session.split("/").at(-1) ?? "";

  await endWithout(bookingId, "client");
  await page.goto(session);
  await expect(page.getByText(SAID)).toBeVisible();
  await endObjectionTime(bookingId);
  await expect(async () => {
    await runJob("dispatch_outbox");
    await page.goto(session);
    await expect(page.getByRole("link", { name: "Pay $25.00" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByText(/your card was declined for the \$25\.00/)).toBeVisible();
  await expect(page.getByText(/it is tried again on/)).toBeVisible();

  const desk = await openAs(coach);
  await desk.goto(session);
  await expect(desk.getByText(/their card was declined for the \$25\.00/)).toBeVisible();
  await expect(desk.getByRole("link", { name: "Pay $25.00" })).toBeHidden();
  expect((await desk.goto(`${session}/fee`))?.url()).toBe(session);
  await desk.goto("/coach/earnings");
  await expect(desk.getByRole("row", { name: /No-show fee/ })).toContainText("not through yet");

  await page.getByRole("link", { name: "Pay $25.00" }).click();
  await expect(
    page.getByText(/Your card was declined|not enough money|did not say why/),
  ).toBeVisible();
  await pay(page);
  await expect(page.getByText("It is paid.")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("You did not come: $25.00 is paid for it.")).toBeVisible();
  await page.goto(`${session}/fee`);
  await expect(page).toHaveURL(session);

  await page.goto("/settings/billing");
  await expect(
    page.getByRole("listitem").filter({ hasText: "No-show fee: Two sessions a month" }).first(),
  ).toContainText("that you missed");
  await desk.goto("/coach/earnings");
  await expect(desk.getByRole("row", { name: /No-show fee/ })).toContainText("$21.25");
  await desk.goto(session);
  await expect(desk.getByText("Your client did not come, and paid $25.00 for it.")).toBeVisible();
});

import { endWithout } from "./support/attendance.ts";
import { meetingIsReady, moveBooking, runJob, sql } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import {
  bookSession,
  chooseTime,
  fillCard,
  hold,
  openTimes,
  pay,
  timeRadio,
} from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const HOUR = 60;

test("a cancelled session gives back exactly what was shown, and its time", async ({
  coach,
  client,
  openAs,
  page: visitor,
}) => {
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);
  await waitForMail(client.email, "Confirmed: ");
  const startsAt = await page.locator("time").first().getAttribute("datetime");

  await page.getByRole("link", { name: "Cancel this session" }).click();
  await expect(page.getByText("All of the $120.50 you paid comes back")).toBeVisible();
  await page.getByLabel(/^A word to/).fill("The sellers moved the date.");
  await page.getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByText("$120.50 is on its way back.")).toBeVisible();

  const mail = await waitForMail(client.email, "Cancelled: ");
  expect(mail.text).toContain("$120.50 of $120.50 goes back to your card");
  expect((await waitForMail(coach.email, "Cancelled: ")).text).toContain(
    "The sellers moved the date.",
  );
  await expect(async () => {
    await runJob("dispatch_outbox");
    await page.reload();
    await expect(page.getByText(/\$120\.50 went back to your card/)).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await refundedCents(bookingId)).toBe(12_050);
  const [meeting] = await sql`select status from public.meetings where booking_id = ${bookingId}`;
  expect(meeting?.["status"]).toBe("cancelled");

  await openTimes(visitor, coach);
  await expect(timeOf(visitor, startsAt)).toHaveCount(1);
});

test("half comes back on the last day, nothing in the last hours", async ({ coach, openAs }) => {
  for (const [hoursBefore, shown, cents] of [
    [10, "$60.25 of the $120.50 you paid comes back", 6_025],
    [2, "Nothing of the $120.50 you paid comes back", 0],
  ] as const) {
    const page = await openAs(await createPerson());
    const bookingId = await bookSession(page, coach);
    await moveBooking(bookingId, hoursBefore * HOUR + 1);
    await page.goto(`/bookings/${bookingId}/cancel`);
    await expect(page.getByText(shown)).toBeVisible();
    await page.getByRole("button", { name: "Cancel the session" }).click();
    await expect(page.getByText("The session is cancelled.")).toBeVisible();
    if (cents > 0) await expect.poll(() => settledCents(bookingId)).toBe(cents);
    else expect(await refundedCents(bookingId)).toBe(0);
  }
});

test("an amount that has changed since is shown again, not refunded", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);
  await page.goto(`/bookings/${bookingId}/cancel`);
  await page.getByLabel(/^A word to/).fill("So sorry.");
  await moveBooking(bookingId, 10 * HOUR);

  await page.getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByRole("alert")).toContainText(/changed/);
  await expect(page.getByText("$60.25 of the $120.50 you paid comes back")).toBeVisible();
  await expect(page.getByLabel(/^A word to/)).toHaveValue("So sorry.");
  await page.getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByText("$60.25 is on its way back.")).toBeVisible();
});

test("a bank that asks and is told no takes nothing; told yes, the session is paid", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  await openTimes(page, coach);
  await chooseTime(page);
  await hold(page);
  for (const outcome of ["Fail", "Complete"]) {
    await pay(page, "4000 0000 0000 3220");
    await page.getByRole("button", { name: `${outcome} authentication` }).click();
    if (outcome === "Complete") break;
    await page.getByRole("link", { name: /back/i }).first().click();
    // What Stripe tells of it is on its way.
    await expect(async () => {
      await page.reload();
      await expect(page.getByText("Your bank did not hear from you")).toBeVisible({ timeout: 500 });
    }).toPass();
  }
  await expect(page.getByText("You’re booked.")).toBeVisible({ timeout: 20_000 });
});

test("a client objects to the charge of a session that they are said to have missed", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);
  await meetingIsReady(bookingId);
  await endWithout(bookingId, "client");

  await page.goto(`/bookings/${bookingId}`);
  await page.getByLabel("What happened?").fill("Short.");
  await page.getByRole("button", { name: "Send objection" }).click();
  await expect(page.getByText("Say what happened, in 10 to 2,000 characters.")).toBeVisible();
  await expect(page.getByLabel("What happened?")).toHaveValue("Short.");
  await page.getByLabel("What happened?").fill("I was there by phone, all the time.");
  await page.getByRole("button", { name: "Send objection" }).click();
  await expect(page.getByText("Your objection is with us.")).toBeVisible();
  await expect(page.getByText("We are looking at it. No money moves")).toBeVisible();
});

test("a hold that lapsed frees its time, and a payment after that comes back", async ({
  coach,
  client,
  openAs,
}) => {
  const late = await openAs(client);
  await openTimes(late, coach);
  const startsAt = await chooseTime(late);
  const bookingId = await hold(late);
  await late.getByRole("button", { name: /^Pay \$/ }).click();
  await expect(late.getByRole("heading", { name: "Pay with card" })).toBeVisible();
  await sql`
    update public.bookings set hold_expires_at = now() - interval '1 second' where id = ${bookingId}
  `;

  // Free at once, before any job has come by; somebody else takes it and pays.
  const quick = await openAs(await createPerson({ time_zone: "America/Phoenix" }));
  await openTimes(quick, coach);
  await timeRadio(quick, startsAt).check({ force: true });
  await hold(quick);

  await fillCard(late, "4242 4242 4242 4242");
  const mail = await waitForMail(client.email, "is on its way back").catch(() => null);
  if (mail) expect(mail.text).toContain("$120.50");
  // Either Stripe's page was closed before the payment, or the money came back: never kept.
  else await expect(late.getByRole("heading", { name: /expired/ })).toBeVisible();
  await late.goto(`/bookings/${bookingId}`);
  await expect(late.getByText("Not booked", { exact: true })).toBeVisible();
});

test("the payment page can be left and come back to", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  await openTimes(page, coach);
  await chooseTime(page);
  const bookingId = await hold(page);
  await page.getByRole("button", { name: /^Pay \$/ }).click();
  await page.getByRole("link", { name: "Cancel and go back" }).click();
  await expect(page).toHaveURL(`/bookings/${bookingId}/checkout`);
  await page.getByRole("button", { name: /^Pay \$/ }).click();
  await fillCard(page, "4000 0000 0000 9995");
  await expect(page.getByRole("alert")).toContainText(/insufficient/i);
  await expect(async () => {
    await page.goto(`/bookings/${bookingId}/checkout`);
    const why = page.getByText(/not enough money on your card/);
    await expect(why).toBeVisible({ timeout: 500 }); // once Stripe has told us
  }).toPass();
  await expect(page.getByText(/You were not charged/)).toBeVisible();
});

async function refundedCents(bookingId: string): Promise<number> {
  const [row] = await sql<{ cents: number }[]>`
    select coalesce(sum(refunds.amount_cents), 0)::integer as cents
    from public.refunds join public.bookings using (order_id)
    where bookings.id = ${bookingId}
  `;
  return row?.cents ?? 0;
}

/** What Stripe has said it paid back. */
async function settledCents(bookingId: string): Promise<number> {
  await runJob("dispatch_outbox");
  const [row] = await sql<{ cents: number }[]>`
    select coalesce(sum(refunds.amount_cents), 0)::integer as cents
    from public.refunds join public.bookings using (order_id)
    where bookings.id = ${bookingId} and refunds.status = 'succeeded'
  `;
  return row?.cents ?? 0;
}

/** The radio button of a time, however the instant is written. */
function timeOf(page: Parameters<typeof timeRadio>[0], instant: string | null) {
  return timeRadio(page, (instant ?? "").replace(".000Z", "+00:00"));
}

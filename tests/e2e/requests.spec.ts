import type { Page } from "@playwright/test";

import { runJob, sql } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import type { Coach } from "./support/people.ts";
import { askForSeries, askForSession, openTimes, timeRadio } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("a coach says that they want to be asked", async ({ coach, openAs }) => {
  const desk = await openAs(coach);
  await desk.goto(`/coach/offers/${coach.offer.id}`);
  await desk.getByRole("checkbox", { name: "Ask me first" }).check();
  await desk.getByRole("button", { name: "Save offer" }).click();
  await expect(desk.getByText("It counts from the next booking on.")).toBeVisible();
  await desk.goto(`/coaches/${coach.coach.slug}`);
  await expect(desk.getByText("On request")).toBeVisible();
});

test("a request is sent, read and accepted, and the card is charged then", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await askForSession(page, coach);
  await expect(page.getByText(`Waiting for ${coach.coach.display_name} to answer`)).toBeVisible();
  expect((await waitForMail(client.email, "Asked: ")).text).toContain("not charged yet");
  expect(await paymentOf(bookingId)).toBe("authorized");

  const asked = await waitForMail(coach.email, `${client.name} asks for a session`);
  expect(asked.html).toContain(`/bookings/${bookingId}`);
  const desk = await openAs(coach);
  await desk.goto(`/bookings/${bookingId}`);
  await expect(desk.getByText(`${client.name} asks for this time`)).toBeVisible();
  await desk.getByRole("button", { name: "Accept" }).click();
  await expect(desk.getByText("The session is confirmed.")).toBeVisible();

  await waitForMail(client.email, "Confirmed: ");
  await expect(async () => {
    await runJob("dispatch_outbox");
    expect(await paymentOf(bookingId)).toBe("succeeded");
  }).toPass({ timeout: 20_000 });
  await page.reload();
  await expect(page.getByText(`${coach.coach.display_name} accepted`)).toBeVisible();
  await expect(page.getByText("You meet on Zoom")).toBeVisible();
});

test("a declined request charges nothing and frees the time", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const bookingId = await askForSession(page, coach);
  const desk = await openAs(coach);
  await desk.goto(`/bookings/${bookingId}`);
  await desk.getByRole("link", { name: "Decline" }).click();
  await desk.getByLabel(/^A word to/).fill("I am at a closing all day.");
  await desk.getByRole("button", { name: "Decline the request" }).click();
  await expect(desk.getByText("You declined the request.")).toBeVisible();

  expect((await waitForMail(client.email, "Declined: ")).text).toContain(
    "I am at a closing all day.",
  );
  await page.reload();
  await expect(page.getByText(`${coach.coach.display_name} declined`).first()).toBeVisible();
  await expect(page.getByText("Your card was not charged.")).toBeVisible();
  await expectLetGo(bookingId);
  await expectFree(page, coach, bookingId);
});

test("a client takes a request back", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const bookingId = await askForSession(page, coach);
  const desk = await openAs(coach);
  await desk.goto(`/bookings/${bookingId}`);
  await expect(desk.getByRole("button", { name: "Accept" })).toBeVisible();

  await page.getByRole("button", { name: "Take the request back" }).click();
  await expect(page.getByText("Nothing was charged.")).toBeVisible();
  await expect(page.getByText("You took the request back").first()).toBeVisible();

  // The coach, who still sees the old page, is told and accepts nothing.
  await desk.getByRole("button", { name: "Accept" }).click();
  await expect(desk.getByText("This request is not open any more.")).toBeVisible();
  await waitForMail(coach.email, "Withdrawn: ");
  await expectLetGo(bookingId);
});

test("a request that nobody answers expires at once, and by itself", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await askForSession(page, coach);
  await sql`update public.bookings set answer_by = now() where id = ${bookingId}`;
  await page.reload();
  await expect(page.getByText("The request was not answered in time")).toBeVisible();
  await expectFree(page, coach, bookingId);

  await runJob("expire_requests");
  expect((await waitForMail(client.email, "Not answered: ")).text).toContain("not charged");
  await waitForMail(coach.email, "Not answered: ");
  await expectLetGo(bookingId);
});

test("of the dates of a series a coach takes some, and the client is charged for those", async ({
  coach,
  client,
  openAs,
  hasScripts,
}) => {
  const page = await openAs(client);
  const bookingId = await askForSeries(page, coach);
  await expect(page.getByText(/your card is charged only for those they accept/)).toBeVisible();
  const desk = await openAs(coach);
  await desk.goto(`/bookings/${bookingId}`);
  await expect(desk.getByText(`${client.name} asks for a series of 4 sessions`)).toBeVisible();
  await expect(desk.getByRole("checkbox", { checked: true })).toHaveCount(4);
  await expect(
    desk.getByText(/\$120\.50 is charged for each date you take, \$482\.00 for all 4/),
  ).toBeVisible();

  // None is no answer, and what was written stays.
  for (const box of await desk.getByRole("checkbox").all()) await box.uncheck();
  await desk.getByLabel(/^If you leave some out/).fill("I am at a closing then.");
  await desk.getByRole("button", { name: "Accept the chosen dates" }).click();
  const dates = desk.getByRole("group", { name: "Which dates do you take?" });
  await expect(dates).toHaveAccessibleDescription(
    /Choose at least one date, or decline the request\./,
  );
  await expect(desk.getByLabel(/^If you leave some out/)).toHaveValue("I am at a closing then.");
  await expect(desk.getByRole("checkbox", { checked: true })).toHaveCount(0);

  // Nor are they when one is signed out meanwhile: signed in again, the same page sends them.
  for (const index of [1, 3]) await desk.getByRole("checkbox").nth(index).check();
  const cookies = await desk.context().cookies();
  await desk.context().clearCookies();
  await desk.getByRole("button", { name: "Accept the chosen dates" }).click();
  await expect(desk.getByRole("alert").first()).toContainText(/You are signed out/);
  await expect(desk.getByLabel(/^If you leave some out/)).toHaveValue("I am at a closing then.");
  // Without scripts it is another page, which knows of no dates.
  await expect(desk.getByRole("checkbox", { checked: true })).toHaveCount(hasScripts ? 2 : 0);
  await expect(desk.getByText(/is charged for each date/)).toHaveCount(hasScripts ? 1 : 0);
  await desk.context().addCookies(cookies);
  await desk.getByRole("button", { name: "Accept the chosen dates" }).click();
  await expect(desk.getByText("2 of 4 dates are confirmed.")).toBeVisible();
  await expect(desk.getByText(/session 1 of 2/)).toBeVisible();

  const mail = await waitForMail(client.email, "Confirmed: 2 × ");
  expect(mail.text).toContain("I am at a closing then.");
  expect(mail.text.replace(/\s+/g, " ")).toContain("You paid $241.00.");
  expect(mail.attachments).toHaveLength(2);
  await expect(async () => {
    await runJob("dispatch_outbox");
    expect(await paymentOf(bookingId)).toBe("succeeded");
  }).toPass({ timeout: 20_000 });

  // The client sees it: the first date was left out.
  await page.reload();
  await expect(page.getByText(`${coach.coach.display_name} declined`).first()).toBeVisible();
  await expect(page.getByText("Your card was not charged for it.")).toBeVisible();
  await expect(page.getByText("Nothing: it was not taken")).toBeVisible();
  const series = page.locator("section", { hasText: "The whole series" });
  await expect(series.getByText("Confirmed")).toHaveCount(2);
  await expect(series.getByText("Declined")).toHaveCount(2);
  await series.getByRole("link").first().click();
  await expect(page.getByText(/session 1 of 2/)).toBeVisible();
  await page.goto("/settings/billing");
  await expect(page.getByText("$241.00")).toBeVisible();
  await expect(page.getByText(/, 2 sessions/)).toBeVisible();

  // It is answered once.
  await desk.goto(`/bookings/${bookingId}`);
  await expect(desk.getByRole("checkbox")).toHaveCount(0);
});

/** The time of a request that came to nothing can be chosen again. */
async function expectFree(page: Page, coach: Coach, bookingId: string): Promise<void> {
  const [booking] = await sql<{ starts_at: Date }[]>`
    select starts_at from public.bookings where id = ${bookingId}
  `;
  await openTimes(page, coach);
  const startsAt = booking!.starts_at.toISOString().replace(".000Z", "+00:00");
  await expect(timeRadio(page, startsAt)).toHaveCount(1);
}

async function expectLetGo(bookingId: string): Promise<void> {
  await expect(async () => {
    await runJob("dispatch_outbox");
    const rows = await sql`
      select outbox.status, outbox.result ->> 'status' as intent
      from private.outbox
      join public.payments on payments.id::text = outbox.payload ->> 'payment_id'
      join public.bookings on bookings.order_id = payments.order_id
      where bookings.id = ${bookingId} and outbox.topic = 'stripe.cancel_payment'
    `;
    expect(rows).toEqual([{ status: "done", intent: "canceled" }]);
  }).toPass({ timeout: 20_000 });
  expect(await paymentOf(bookingId)).toBe("released");
}

async function paymentOf(bookingId: string): Promise<string | undefined> {
  const [payment] = await sql<{ status: string }[]>`
    select payments.status from public.payments join public.bookings using (order_id)
    where bookings.id = ${bookingId}
  `;
  return payment?.status;
}

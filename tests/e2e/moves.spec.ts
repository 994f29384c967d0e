import type { Page } from "@playwright/test";

import { booked } from "./support/booked.ts";
import { moveBooking, sql } from "./support/database.ts";
import { calendarText, waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { chooseTime, timeRadio } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";
import { clock, fullDate } from "./support/words.ts";

const PHOENIX = "America/Phoenix";
const CHICAGO = "America/Chicago";

test("a client moves a session, and then the coach does", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const bookingId = await booked(client, coach);
  const before = await startOf(bookingId);

  // The client chooses a time, sees what changes, and says why.
  await page.goto(`/bookings/${bookingId}`);
  await page.getByRole("link", { name: "Change the time" }).click();
  await expect(page.getByText(/You can move this session 2 more times, until/)).toBeVisible();
  const first = await chooseTime(page);
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByText(fullDate(before, PHOENIX)).first()).toBeVisible();
  await expect(page.locator("dd").last()).toContainText(fullDate(first, PHOENIX));
  await expect(page.getByText(/You can then cancel with a full refund until/)).toBeVisible();
  await page.getByLabel(/^A word to/).fill("The seller is late.");
  await page.getByRole("button", { name: "Move the session" }).click();
  await expect(page.getByText("The session has a new time.")).toBeVisible();
  await expect(page).toHaveURL(`/bookings/${bookingId}`);
  await expect(page.getByText("You moved the session")).toBeVisible();
  await expect(page.getByText(/^to .*\.$/).last()).toContainText(clock(first, PHOENIX));
  expect(await startOf(bookingId)).toBe(new Date(first).toISOString());

  // Both read it in their own zone, and their calendars move the same entry.
  for (const [email, zone, who] of [
    [client.email, PHOENIX, "You moved this session"],
    [coach.email, CHICAGO, `${client.name} moved this session`],
  ] as const) {
    const mail = await waitForMail(email, "New time: ");
    for (const words of [who, fullDate(before, zone), fullDate(first, zone), "The seller is late."])
      expect(mail.text).toContain(words);
    const calendar = calendarText(mail);
    expect(calendar).toContain("SEQUENCE:1");
    expect(calendar).toContain(`UID:${bookingId}@`);
  }

  // The coach moves it on; the client did not choose that time, and may cancel in full.
  const desk = await openAs(coach);
  await desk.goto(`/bookings/${bookingId}`);
  await expect(desk.getByText(`${client.name} moved the session`)).toBeVisible();
  await desk.getByRole("link", { name: "Change the time" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("Choose a new time");
  const second = await chooseTime(desk);
  await desk.getByRole("button", { name: "See what changes" }).click();
  await expect(desk.getByText(/can cancel with a full refund until the start/)).toBeVisible();
  await desk.getByRole("button", { name: "Move the session" }).click();
  await expect(desk.getByText("The session has a new time.")).toBeVisible();

  await page.reload();
  await expect(page.getByText(`${coach.coach.display_name} moved the session`)).toBeVisible();
  const [payment] = await sql`
    select orders.status, count(refunds.id)::integer as refunds
    from public.bookings join public.orders on orders.id = bookings.order_id
    left join public.refunds on refunds.order_id = orders.id
    where bookings.id = ${bookingId} group by orders.status
  `;
  expect(payment).toEqual({ status: "paid", refunds: 0 });
  expect(await startOf(bookingId)).toBe(new Date(second).toISOString());

  await moveBooking(bookingId, 60);
  await page.goto(`/bookings/${bookingId}/cancel`);
  await expect(page.getByText("All of the $120.50 you paid comes back")).toBeVisible();
});

test("a time that went to somebody else meanwhile is refused, and nothing that was typed is lost", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await booked(client, coach);
  const before = await startOf(bookingId);
  await page.goto(`/bookings/${bookingId}/move`);
  const wanted = await chooseTime(page);
  await page.getByRole("button", { name: "See what changes" }).click();
  await page.getByLabel(/^A word to/).fill("Could we?");

  const otherId = await booked(await createPerson(), coach);
  await sql`
    update public.bookings
    set starts_at = ${wanted}, ends_at = ${wanted}::timestamptz + interval '45 minutes'
    where id = ${otherId}
  `;
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Move the session" }).click();
  expect((await answered).status()).toBeGreaterThanOrEqual(409);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose a new time");
  await expect(page.getByRole("alert")).toContainText(/taken this time|not open/);
  await expect(timeRadio(page, wanted)).toHaveCount(0);
  expect(await startOf(bookingId)).toBe(before);

  await chooseTime(page);
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByLabel(/^A word to/)).toHaveValue("Could we?");
});

test("a session is not moved too late, nor by a stranger", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const bookingId = await booked(client, coach);
  await page.goto(`/bookings/${bookingId}/move`);
  await chooseTime(page);
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByRole("button", { name: "Move the session" })).toBeVisible();
  await moveBooking(bookingId, 23 * 60);
  await page.getByRole("button", { name: "Move the session" }).click();
  await expect(page.getByRole("alert")).toContainText(/too close to the start/);

  await page.goto(`/bookings/${bookingId}`);
  await expect(page.getByRole("link", { name: "Change the time" })).toHaveCount(0);
  await page.goto(`/bookings/${bookingId}/move`);
  await expect(page).toHaveURL(`/bookings/${bookingId}`);

  const stranger = await openAs(await createPerson());
  expect(await statusOf(stranger, `/bookings/${bookingId}/move`)).toBe(404);
});

async function statusOf(page: Page, path: string): Promise<number | undefined> {
  return (await page.goto(path))?.status();
}

/** When a session starts, as an ISO instant in UTC. */
async function startOf(bookingId: string): Promise<string> {
  const [booking] = await sql<{ starts_at: Date }[]>`
    select starts_at from public.bookings where id = ${bookingId}
  `;
  return booking!.starts_at.toISOString();
}

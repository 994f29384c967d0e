import { meetingIsReady, moveBooking, sql } from "./support/database.ts";
import { createPerson } from "./support/people.ts";
import { bookSession } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("the meeting opens 15 minutes before, for the two parties only", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const coachPage = await openAs(coach);
  const stranger = await openAs(await createPerson());
  const bookingId = await bookSession(page, coach);
  const zoomId = await meetingIsReady(bookingId);

  await moveBooking(bookingId, 16);
  for (const party of [page, coachPage]) {
    await party.goto(`/bookings/${bookingId}`);
    await expect(party.getByText("You meet on Zoom")).toBeVisible();
    await expect(party.getByRole("link", { name: "Join on Zoom" })).toHaveCount(0);
    const early = await party.goto(`/bookings/${bookingId}/join`);
    expect(early?.status()).toBeGreaterThanOrEqual(400);
    await expect(party.getByRole("heading", { level: 1 })).toHaveText("Not quite yet");
  }

  await moveBooking(bookingId, 14);
  for (const party of [page, coachPage]) {
    await party.goto(`/bookings/${bookingId}`);
    await party.getByRole("link", { name: "Join on Zoom" }).click();
    await expect(party).toHaveURL(new RegExp(`/j/${zoomId}`));
    await expect(party.getByRole("button", { name: "Join" })).toBeVisible();
  }
  expect(page.url(), "each has a link of their own").not.toBe(coachPage.url());
  const own = page.url();
  await page.goto(`/bookings/${bookingId}/join`);
  expect(page.url(), "which stays").toBe(own);
  expect((await page.goto(`/bookings/${bookingId}/host`))?.status()).toBe(404);
  for (const path of ["", "/join", "/cancel", "/host", "/checkout", "/review", "/calendar.ics"]) {
    const refused = await stranger.goto(`/bookings/${bookingId}${path}`);
    expect(refused?.status(), `a stranger at ${path}`).toBe(404);
  }
});

test("the door is on the list of sessions, too, and is shut after the end", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);
  await meetingIsReady(bookingId);
  await moveBooking(bookingId, 5);
  await page.goto("/sessions");
  await page.getByRole("link", { name: "Join on Zoom" }).click();
  await expect(page).toHaveURL(/\/j\/\d+/);

  await moveBooking(bookingId, -46);
  await page.goto(`/bookings/${bookingId}/join`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This meeting is closed");
});

test("who comes is known by their link, and the coach may be the host", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const coachPage = await openAs(coach);
  const bookingId = await bookSession(page, coach);
  await meetingIsReady(bookingId);
  await moveBooking(bookingId, 1);

  await coachPage.goto(`/bookings/${bookingId}`);
  await coachPage.getByRole("link", { name: "open it as the host" }).click();
  await coachPage.getByRole("button", { name: "Start meeting" }).click();
  await page.goto(`/bookings/${bookingId}/join`);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("You are in the meeting.")).toBeVisible();
  await moveBooking(bookingId, -5);

  await expect(async () => {
    const [seen] = await sql`select client, coach from private.attendance(${bookingId})`;
    expect(seen).toEqual({ client: true, coach: true });
  }).toPass({ timeout: 20_000 });
  const kept = await sql`select from public.meetings where join_url like '%zak=%'`;
  expect(kept).toHaveLength(0);
});

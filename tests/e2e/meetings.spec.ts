import { meetingIsReady, moveBooking } from "./support/database.ts";
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
  for (const path of ["", "/join", "/cancel", "/checkout", "/review", "/calendar.ics"]) {
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

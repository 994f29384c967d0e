import { meetingIsReady, moveBooking, runJob } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { admin } from "./support/stack.ts";
import { bookSession } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

type AtZoom = { meetings: { id: number; settings: { auto_recording: string } }[] };

/** Waits until Zoom is set to record a meeting, or not to. */
async function isSetTo(zoomId: string, auto_recording: "cloud" | "none"): Promise<void> {
  await expect(async () => {
    await runJob("dispatch_outbox");
    const { meetings } = await admin<AtZoom>("ZOOM", "state");
    const meeting = meetings.find(({ id }) => String(id) === zoomId);
    expect(meeting?.settings.auto_recording).toBe(auto_recording);
  }).toPass({ timeout: 20_000, intervals: [200, 300, 500] });
}

test("a session is recorded when both agree, and the two can watch it", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const coachPage = await openAs(coach);
  const bookingId = await bookSession(page, coach);
  const zoomId = await meetingIsReady(bookingId);

  await page.goto(`/bookings/${bookingId}`);
  await page.getByRole("button", { name: "I agree to a recording" }).click();
  await expect(page.getByText("until then nothing is recorded")).toBeVisible();
  await coachPage.goto(`/bookings/${bookingId}`);
  await expect(coachPage.getByText(`${client.name} agreed to a recording`)).toBeVisible();
  await coachPage.getByRole("button", { name: "I agree to a recording" }).click();
  await expect(coachPage.getByText("This session will be recorded")).toBeVisible();
  await isSetTo(zoomId, "cloud");

  await page.reload();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText("Nothing is recorded.")).toBeVisible();
  await isSetTo(zoomId, "none");
  await page.getByRole("button", { name: "I agree to a recording" }).click();
  await expect(page.getByText("This session will be recorded")).toBeVisible();
  await isSetTo(zoomId, "cloud");

  await moveBooking(bookingId, 1);
  await coachPage.goto(`/bookings/${bookingId}/host`);
  await coachPage.getByRole("button", { name: "Start meeting" }).click();
  await page.goto(`/bookings/${bookingId}/join`);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("This meeting is being recorded.")).toBeVisible();
  await coachPage.getByRole("button", { name: "End meeting for all" }).click();

  for (const { email } of [client, coach]) await waitForMail(email, /^Your recording is ready: /);
  await moveBooking(bookingId, -50);
  let address = "";
  for (const reader of [page, coachPage]) {
    await reader.goto(`/bookings/${bookingId}`);
    const watch = reader.getByRole("link", { name: "Watch the recording" });
    address = (await watch.getAttribute("href")) ?? "";
    await watch.click();
    await expect(reader.getByText("The recording plays here.")).toBeVisible();
  }
  const stranger = await openAs(await createPerson());
  expect((await stranger.goto(address))?.status()).toBe(404);
});

test("that one agreed records nothing, and both read so", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const coachPage = await openAs(coach);
  const bookingId = await bookSession(page, coach);
  await page.goto(`/bookings/${bookingId}`);
  await page.getByRole("button", { name: "I agree to a recording" }).click();
  await expect(page.getByText("You agreed to a recording.").first()).toBeVisible();
  await coachPage.goto(`/bookings/${bookingId}`);

  await moveBooking(bookingId, -1);
  await coachPage.getByRole("button", { name: "I agree to a recording" }).click();
  await expect(coachPage.getByText("can be said until it starts")).toBeVisible();
  for (const reader of [page, coachPage]) {
    await reader.goto(`/bookings/${bookingId}`);
    await expect(reader.getByText("This session is not recorded")).toBeVisible();
    await expect(reader.getByRole("link", { name: "Watch the recording" })).toHaveCount(0);
  }
});

import { moveBooking, runJob } from "./support/database.ts";
import { mailTo, waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { bookSession } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const DAY = 24 * 60;

test("both are reminded a day and 15 minutes before, once, in their own zones", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);
  await waitForMail(client.email, "Confirmed: ");

  for (const [minutesBefore, subject] of [
    [DAY - 5, /^(Today|Tomorrow): /],
    [12, /^In 15 minutes: /],
  ] as const) {
    await moveBooking(bookingId, minutesBefore);
    await runJob("queue_due_notices");
    await runJob("queue_due_notices");
    for (const { email, zone } of [
      { email: client.email, zone: "Mountain Standard Time" },
      { email: coach.email, zone: /Central (Standard|Daylight) Time/ },
    ]) {
      const mail = await waitForMail(email, subject);
      expect(mail.text).toMatch(zone);
      expect((await mailTo(email)).filter((each) => subject.test(each.subject))).toHaveLength(1);
    }
  }
});

test("nobody is reminded of a session that was cancelled", async ({ coach, openAs }) => {
  const client = await createPerson();
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);
  await moveBooking(bookingId, DAY - 5);
  await runJob("queue_due_notices"); // on its way, but not sent yet
  await page.goto(`/bookings/${bookingId}/cancel`);
  await page.getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByText("The session is cancelled.")).toBeVisible();

  await waitForMail(client.email, "Cancelled: ");
  await runJob("queue_due_notices");
  await runJob("dispatch_outbox");
  const subjects = (await mailTo(client.email)).map(({ subject }) => subject);
  // Sent before the cancellation or never: not after it.
  expect(subjects.findIndex((subject) => /^(Today|Tomorrow): /.test(subject))).not.toBe(0);
  await expect(page.getByRole("link", { name: "Join on Zoom" })).toHaveCount(0);
});

import { endObjectionTime, endWithout, settle } from "./support/attendance.ts";
import { booked } from "./support/booked.ts";
import { meetingFollows, meetingIsReady, moveBooking, runJob, sql } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

test("the meeting opens 15 minutes before, for the two parties only", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const coachPage = await openAs(coach);
  const stranger = await openAs(await createPerson());
  const bookingId = await booked(client, coach);
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
  const signature = await page.request.get(`/resources/meeting-signature/${bookingId}`);
  expect(signature.status(), "joining inside the page is off").toBe(404);
  expect(await signature.json()).toMatchObject({ error: { code: "OBNFD" } });
  for (const path of [
    "",
    "/join",
    "/cancel",
    "/host",
    "/objection",
    "/checkout",
    "/review",
    "/calendar.ics",
  ]) {
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
  const bookingId = await booked(client, coach);
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
  const bookingId = await booked(client, coach);
  await meetingIsReady(bookingId);
  await moveBooking(bookingId, 1);

  await coachPage.goto(`/bookings/${bookingId}`);
  await coachPage.getByRole("link", { name: "open it as the host" }).click();
  await coachPage.getByRole("button", { name: "Start meeting" }).click();
  const end = coachPage.getByRole("button", { name: "End meeting for all" });
  await expect(end).toBeVisible();
  await page.goto(`/bookings/${bookingId}/join`);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("You are in the meeting.")).toBeVisible();
  await moveBooking(bookingId, -5);

  await expect(async () => {
    const [seen] = await sql`select client, coach from private.attendance(${bookingId})`;
    expect(seen).toEqual({ client: true, coach: true });
  }).toPass({ timeout: 20_000 });
  await end.click(); // a host can start no other meeting before this one has ended
  await expect(end).toHaveCount(0);
  const kept = await sql`select from public.meetings where join_url like '%zak=%'`;
  expect(kept).toHaveLength(0);
});

test("who waited in vain is told, and the other may object", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const coachPage = await openAs(coach);
  const bookingId = await booked(client, coach);
  await meetingIsReady(bookingId);

  // The client comes and waits; the coach does not.
  await moveBooking(bookingId, 5);
  await meetingFollows(bookingId);
  await page.goto(`/bookings/${bookingId}/join`);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("You are in the meeting.")).toBeVisible();
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(async () => {
    const left = await sql`
      select from private.meeting_participants join public.meetings on meetings.id = meeting_id
      where booking_id = ${bookingId} and left_at is not null
    `;
    expect(left).toHaveLength(1);
  }).toPass({ timeout: 20_000 });
  // The visit before the session: a job may come by as soon as that is over.
  await sql`
    update private.meeting_participants as visit
    set joined_at = now() - interval '119 minutes', left_at = now() - interval '94 minutes'
    from public.meetings
    where visit.meeting_id = meetings.id and meetings.booking_id = ${bookingId}
  `;
  await moveBooking(bookingId, -120);
  await runJob("complete_bookings");
  await expect(async () => {
    await runJob("dispatch_outbox");
    const decided = await sql`
      select outcome from public.attendance_decisions where booking_id = ${bookingId}
    `;
    expect(decided).toMatchObject([{ outcome: "coach_missing" }]);
  }).toPass({ timeout: 30_000, intervals: [500, 1000] });

  const sentence = `${client.name} was in the meeting for 25 minutes. ${coach.name} did not come.`;
  for (const reader of [page, coachPage]) {
    await reader.goto(`/bookings/${bookingId}`);
    await expect(reader.getByText("The session did not take place")).toBeVisible();
    await expect(reader.getByText(sentence)).toBeVisible();
  }
  await expect(page.getByRole("button", { name: "Send objection" })).toHaveCount(0);
  await waitForMail(coach.email, /^Who came: /);

  await coachPage.getByLabel("What happened?").fill("I dialled in from my car the whole time.");
  await coachPage.getByRole("button", { name: "Send objection" }).click();
  await expect(coachPage.getByText("Your objection is with us.")).toBeVisible();
  await expect(coachPage.getByRole("button", { name: "Send objection" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("I dialled in from my car the whole time.")).toBeVisible();
  await expect(page.getByText("We are looking at it.")).toBeVisible();
  await waitForMail(client.email, /^An objection: /);
  await endObjectionTime(bookingId);

  await settle(bookingId, "held", "Her dial-in was found.");
  await page.reload();
  await expect(page.getByText("We looked at it: the session took place.")).toBeVisible();
  await expect(page.getByText("Her dial-in was found.").first()).toBeVisible();
  await expect(page.getByText("on its way back")).toHaveCount(0);
  await waitForMail(client.email, /^Settled: /);
});

test("a coach who does not come and says nothing gives it all back", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await booked(client, coach);
  await endWithout(bookingId, "coach");
  await page.goto(`/bookings/${bookingId}`);
  await expect(page.getByText("Unless somebody objects, this stands")).toBeVisible();

  await endObjectionTime(bookingId);
  await page.reload();
  await expect(page.getByText("Nobody objected in time. All of the payment goes")).toBeVisible();
  await expect(page.getByText(/is on its way back|went back to your card/)).toBeVisible();
  await page.goto(`/bookings/${bookingId}/objection`);
  await expect(page).toHaveURL(`/bookings/${bookingId}`);
});

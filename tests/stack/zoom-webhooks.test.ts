import { afterEach, beforeAll, expect, it } from "vitest";

import { runJob, sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { bookPaid } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { deliver, replay, WAYS } from "./support/delivery.ts";
import { drain } from "./support/outbox.ts";
import { rowsOf } from "./support/rows.ts";
import { meetingsAtZoom } from "./support/vendors.ts";

let dana: Client;
let reference: unknown;

beforeAll(async () => {
  dana = await createSignedIn();
});

afterEach(() => zoom("clock", { reset: true }));

async function zoom<Answer>(path: string, body: object = {}): Promise<Answer> {
  return admin<Answer>("ZOOM", path, body);
}

/** Zoom tells times in seconds: the parts of a session are that far apart. */
async function halfAMinutePasses(): Promise<void> {
  await zoom("clock", { advanceSeconds: 30 });
}

/** A session with a guest who falls out and comes back, and with a second run of the meeting. */
async function meet(meetingId: number): Promise<void> {
  await zoom(`meetings/${meetingId}/start`);
  await halfAMinutePasses();
  const guest = await zoom<{ uuid: string }>(`meetings/${meetingId}/join`, { name: "Dana" });
  await halfAMinutePasses();
  await zoom(`meetings/${meetingId}/leave`, { uuid: guest.uuid });
  await zoom(`meetings/${meetingId}/join`, { name: "Dana, again" });
  await halfAMinutePasses();
  await zoom(`meetings/${meetingId}/end`);
  await halfAMinutePasses();
  await zoom(`meetings/${meetingId}/start`);
  await halfAMinutePasses();
  await zoom(`meetings/${meetingId}/end`);
}

/** When a meeting began and ended, and who was there from when to when, as webhooks told. */
async function attendance(bookingId: string) {
  const [meeting] = await sql<{ started_at: Date; ended_at: Date }[]>`
    select started_at, ended_at from public.meetings where booking_id = ${bookingId}
  `;
  const visits = await sql<{ name: string; seconds: number }[]>`
    select display_name as name, extract(epoch from left_at - joined_at)::integer as seconds
    from private.meeting_participants
    join public.meetings on meetings.id = meeting_id
    where booking_id = ${bookingId} and participant_uuid not like 'list:%'
    order by joined_at, display_name
  `;
  return { startedAt: meeting?.started_at, endedAt: meeting?.ended_at, visits };
}

it.each(WAYS)("the same attendance is known when Zoom's webhooks come %s", async (way) => {
  const coach = await createCoach();
  const { bookingId } = await bookPaid(dana, coach);
  await drain();
  const [meeting] = await meetingsAtZoom(bookingId);
  const about = [String(meeting!.id)];

  const delivery = await deliver("ZOOM", way);
  await delivery.step({
    work: () => meet(meeting!.id),
    about: () => about,
    last: "meeting.ended",
  });
  // The session is over, which does not wait for Zoom.
  await sql`
    update public.bookings
    set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'
    where id = ${bookingId}
  `;
  await runJob("complete_bookings");
  await drain();
  await delivery.end();

  const [{ instances } = { instances: [] }] = await meetingsAtZoom(bookingId);
  expect(instances).toHaveLength(2);
  const known = await attendance(bookingId);
  expect(known.startedAt).toEqual(new Date(instances[0]!.startedAt));
  expect(known.endedAt).toEqual(new Date(instances[1]!.endedAt!));
  expect(known.visits.map(({ name }) => name)).toEqual(["Host", "Dana", "Dana, again", "Host"]);
  // Each visit to the second it lasted, give or take the one that passed meanwhile.
  const lasted = [90, 30, 30, 30];
  known.visits.forEach(({ seconds }, visit) => {
    expect(Math.abs(seconds - lasted[visit]!)).toBeLessThanOrEqual(5);
  });

  const rows = await rowsOf(coach.coach.id);
  reference ??= rows;
  expect(rows).toEqual(reference);
  expect(rows).toMatchObject({ bookings: [{ status: "completed" }] });

  expect(await replay("ZOOM", about)).toBeGreaterThan(8);
  expect(await rowsOf(coach.coach.id)).toEqual(reference);
  expect(await attendance(bookingId)).toEqual(known);
});

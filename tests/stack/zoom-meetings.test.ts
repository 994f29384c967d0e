import { randomUUID } from "node:crypto";

import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { bookPaid, cancel } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { drain } from "./support/outbox.ts";
import { allMeetingsAtZoom, meetingsAtZoom, zoomCall } from "./support/vendors.ts";

let dana: Client;
beforeAll(async () => {
  dana = await createSignedIn();
});
afterEach(() => sql`update private.meeting_hosts set is_active = true`);

/** An hour after every meeting that is planned: other tests leave some on each host. */
async function quietHour(): Promise<Date> {
  const [row] = await sql<{ hour: Date }[]>`
    select greatest(date_trunc('hour', now()) + interval '100 hours', max(meetings.ends_at)) as hour
    from public.meetings
  `;
  return new Date(Math.ceil(row!.hour.getTime() / 3_600_000 + 1) * 3_600_000);
}

/** A paid session whose meeting Zoom has made; all of them on one host. */
async function sessionWithMeeting() {
  await sql`update private.meeting_hosts set is_active = zoom_user_id = 'local_host_1'`;
  const { bookingId } = await bookPaid(dana, await createCoach(), await quietHour());
  await drain();
  await sql`update private.meeting_hosts set is_active = true`;
  const [meeting] = await meetingsAtZoom(bookingId);
  return { bookingId, meeting: meeting! };
}

async function meetingRow(bookingId: string) {
  const [row] = await sql<{ zoom_meeting_id: string; join_url: string; host_id: string }[]>`
    select zoom_meeting_id, join_url, host_id from public.meetings
    where booking_id = ${bookingId} and status = 'ready'
  `;
  return row;
}

/**
 * Moves a session as rescheduling does, in one transaction.
 * @param hours from now, to the hour: within the 72 in which no other test books
 */
async function reschedule(bookingId: string, hours: number): Promise<Date> {
  const startsAt = new Date(Math.ceil(Date.now() / 3_600_000 + hours) * 3_600_000);
  // Statements that are sent together are one transaction.
  await sql.unsafe(`
    select private.lock_booking('${bookingId}');
    update public.bookings
    set starts_at = '${startsAt.toISOString()}',
        ends_at = '${startsAt.toISOString()}'::timestamptz + (ends_at - starts_at)
    where id = '${bookingId}';
    select private.move_meeting('${bookingId}');
  `);
  return startsAt;
}

async function sweep(): Promise<void> {
  await sql`delete from private.meeting_repairs`;
  await sql`select private.sweep_meetings()`;
  await drain();
}

async function repairs(): Promise<unknown[]> {
  return [...(await sql`select kind, zoom_meeting_id from private.meeting_repairs order by id`)];
}

describe("a session that moves", () => {
  it("keeps its meeting and link, and several moves in a row end in the last", async () => {
    const { bookingId, meeting } = await sessionWithMeeting();
    const before = await meetingRow(bookingId);

    await reschedule(bookingId, 20);
    await reschedule(bookingId, 22);
    await reschedule(bookingId, 20);
    const startsAt = await reschedule(bookingId, 24);
    await drain();

    expect(await meetingRow(bookingId)).toEqual(before);
    const atZoom = await meetingsAtZoom(bookingId);
    expect(atZoom).toMatchObject([{ id: meeting.id, hostId: before?.host_id }]);
    expect(new Date(atZoom[0]!.startTime)).toEqual(startsAt);

    await cancel(dana, bookingId);
    await drain();
    expect(await meetingsAtZoom(bookingId)).toEqual([]);
  });

  it("gets another meeting when its host is busy then, and the old one is deleted", async () => {
    const one = await sessionWithMeeting();
    const other = await sessionWithMeeting();
    const startsAt = await reschedule(one.bookingId, 28);
    await reschedule(other.bookingId, 28);
    await drain();

    const atZoom = await meetingsAtZoom(other.bookingId);
    expect(atZoom).toHaveLength(1);
    expect(atZoom[0]!.id).not.toBe(other.meeting.id);
    expect(atZoom[0]!.hostId).not.toBe("local_host_1");
    expect(new Date(atZoom[0]!.startTime)).toEqual(startsAt);
    expect((await meetingRow(other.bookingId))?.zoom_meeting_id).toBe(String(atZoom[0]!.id));
    expect(await meetingsAtZoom(one.bookingId)).toMatchObject([{ id: one.meeting.id }]);
  });
});

describe("the sweep", () => {
  // Other tests move sessions by their rows: what that left is mended before.
  beforeAll(sweep);

  it("makes another meeting when one is gone at Zoom", async () => {
    const { bookingId, meeting } = await sessionWithMeeting();
    await zoomCall("DELETE", `/meetings/${meeting.id}`);
    expect(await meetingsAtZoom(bookingId)).toEqual([]);

    await sweep();
    const [made] = await meetingsAtZoom(bookingId);
    expect(made?.startTime).toBe(meeting.startTime);
    expect((await meetingRow(bookingId))?.zoom_meeting_id).toBe(String(made?.id));
    expect(await repairs()).toEqual([
      { kind: "gone_at_zoom", zoom_meeting_id: String(meeting.id) },
    ]);
  });

  it("deletes what carries our mark and is of nothing that is on, and touches nothing else", async () => {
    const { bookingId, meeting } = await sessionWithMeeting();
    const plan = (agenda: string, hour: number) =>
      zoomCall<{ id: number }>("POST", "/users/local_host_3/meetings", {
        topic: "Planned by hand",
        type: 2,
        start_time: `2031-01-01T${hour}:00:00Z`,
        duration: 60,
        agenda,
      });
    const stray = await plan(`Walkthrough meeting ${randomUUID()}`, 10);
    const notOurs = await plan("Walkthrough meeting of the whole team", 12);

    await sweep();
    const ids = (await allMeetingsAtZoom()).map(({ id }) => id);
    expect(ids).not.toContain(stray.id);
    expect(ids).toContain(notOurs.id);
    expect(ids).toContain(meeting.id);
    expect((await meetingRow(bookingId))?.zoom_meeting_id).toBe(String(meeting.id));
    expect(await repairs()).toEqual([{ kind: "unknown_here", zoom_meeting_id: String(stray.id) }]);
    await zoomCall("DELETE", `/meetings/${notOurs.id}`);
  });

  it("tells Zoom our time when somebody moved a meeting there", async () => {
    const { bookingId, meeting } = await sessionWithMeeting();
    await zoomCall("PATCH", `/meetings/${meeting.id}`, { start_time: "2031-02-01T10:00:00Z" });

    await sweep();
    expect(await meetingsAtZoom(bookingId)).toMatchObject([
      { id: meeting.id, startTime: meeting.startTime },
    ]);
    expect(await repairs()).toEqual([{ kind: "other_time", zoom_meeting_id: String(meeting.id) }]);

    await sweep();
    expect(await repairs()).toEqual([]);
  });
});

describe("Zoom's limits", () => {
  it("put work off, and it is done when Zoom takes calls again", async () => {
    await admin("ZOOM", "faults", { kind: "status", status: 429, path: "/meetings$", times: 2 });
    const { bookingId } = await bookPaid(dana, await createCoach(), await quietHour());
    await drain();
    expect(await meetingsAtZoom(bookingId)).toHaveLength(1);
  });
});

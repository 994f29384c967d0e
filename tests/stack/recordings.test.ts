import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { toValue } from "~/lib/domain-error";

import { runJob, sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { bookPaid } from "./support/booking.ts";
import { createSignedIn, signIn, type Client } from "./support/client.ts";
import { deliver, replay } from "./support/delivery.ts";
import { drain } from "./support/outbox.ts";
import { meetingsAtZoom, settled, subjectsTo, zoomCall } from "./support/vendors.ts";

let dana: Client;
beforeAll(async () => {
  dana = await createSignedIn();
});
afterEach(() => admin("ZOOM", "clock", { reset: true }));

/** A paid session whose meeting Zoom has made. */
async function session() {
  const coach = await createCoach();
  const { bookingId } = await bookPaid(dana, coach);
  await drain();
  const [meeting] = await meetingsAtZoom(bookingId);
  return { bookingId, maria: await signIn(coach), meetingId: meeting!.id };
}

async function agree({ db }: Client, bookingId: string): Promise<void> {
  toValue(await db.rpc("agree_to_recording", { booking_id: bookingId, terms_version: 1 }));
}

async function revoke({ db }: Client, bookingId: string): Promise<void> {
  toValue(await db.rpc("revoke_recording", { booking_id: bookingId }));
}

/** How Zoom is set for the meeting of a booking. */
async function setting(bookingId: string): Promise<string | undefined> {
  return (await meetingsAtZoom(bookingId))[0]?.settings.auto_recording;
}

/** The meeting runs for almost two minutes, from a minute on: what Zoom signs is soon too old or too new. */
async function meet(meetingId: number): Promise<void> {
  await admin("ZOOM", "clock", { advanceSeconds: 60 });
  await admin("ZOOM", `meetings/${meetingId}/start`, {});
  await admin("ZOOM", "clock", { advanceSeconds: 110 });
  await admin("ZOOM", `meetings/${meetingId}/end`, {});
}

async function recordingsOf({ db }: Client, bookingId: string) {
  return toValue(await db.rpc("session_recordings", { booking_id: bookingId }));
}

/** What is recorded at Zoom of a meeting. */
async function recordingsAtZoom(meetingId: number): Promise<unknown[]> {
  const { recordings } = await admin<{ recordings: { meetingId: number }[] }>("ZOOM", "state");
  return recordings.filter((recording) => recording.meetingId === meetingId);
}

describe("a recording that both agreed to", () => {
  it("is there once, for the two, however often Zoom tells of it", async () => {
    const { bookingId, maria, meetingId } = await session();
    await agree(dana, bookingId);
    await drain();
    expect(await setting(bookingId)).toBe("none");
    await agree(maria, bookingId);
    await drain();
    expect(await setting(bookingId)).toBe("cloud");

    const delivery = await deliver("ZOOM", "twice");
    await delivery.step({
      work: () => meet(meetingId),
      about: () => [String(meetingId)],
      last: "recording.completed",
    });
    await delivery.end();
    await replay("ZOOM", [String(meetingId)]);
    await drain();

    for (const party of [dana, maria]) {
      const recordings = await recordingsOf(party, bookingId);
      expect(recordings).toMatchObject([{ duration_minutes: 2 }]);
      const [{ recording_id } = { recording_id: "" }] = recordings;
      const address = toValue(await party.db.rpc("watch_recording", { recording_id }));
      expect(await (await fetch(address)).text()).toContain("The recording plays here.");
      const mails = await subjectsTo(party.person.email);
      expect(mails.filter((subject) => subject.startsWith("Your recording"))).toHaveLength(1);
    }
    const zoe = await createSignedIn();
    expect(await recordingsOf(zoe, bookingId)).toEqual([]);
    const kept = await sql`
      select from private.webhook_events where payload::text like '%download_token%'
    `;
    expect(kept, "a key to its files").toHaveLength(0);

    await sql`
      update private.recordings set expires_at = now()
      where meeting_id in (select id from public.meetings where booking_id = ${bookingId})
    `;
    await runJob("expire_recordings");
    await drain();
    expect(await recordingsAtZoom(meetingId)).toEqual([]);
    expect(await recordingsOf(dana, bookingId)).toEqual([]);
  });

  it("is what Zoom is set to in the end, however often and at once both say something", async () => {
    const { bookingId, maria } = await session();
    const changes = [dana, maria].flatMap((party) =>
      [agree, revoke, agree].map((say) => ({ party, say })),
    );
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(changes.map(({ party, say }) => say(party, bookingId)));
      await drain();
      const [agreed] = await sql<{ is_recorded: boolean }[]>`
        select private.is_recorded(${bookingId}) as is_recorded
      `;
      expect(await setting(bookingId)).toBe(agreed?.is_recorded ? "cloud" : "none");
    }
  });
});

it("a recording that not both agreed to is shown to nobody, and deleted at Zoom", async () => {
  const { bookingId, maria, meetingId } = await session();
  await agree(dana, bookingId);
  // Somebody records all the same.
  await zoomCall("PATCH", `/meetings/${meetingId}`, { settings: { auto_recording: "cloud" } });
  await meet(meetingId);
  expect(await recordingsAtZoom(meetingId)).toHaveLength(1);
  await settled("ZOOM");
  await drain();

  expect(await recordingsAtZoom(meetingId)).toEqual([]);
  for (const party of [dana, maria]) {
    expect(await recordingsOf(party, bookingId)).toEqual([]);
  }
  const told = await sql`
    select from public.notifications where booking_id = ${bookingId} and kind = 'recording_ready'
  `;
  expect(told).toHaveLength(0);
  const noted = await sql`
    select from private.security_events
    where kind = 'recorded_without_consent' and detail ->> 'meeting_id' in (
      select id::text from public.meetings where booking_id = ${bookingId}
    )
  `;
  expect(noted).toHaveLength(1);
});

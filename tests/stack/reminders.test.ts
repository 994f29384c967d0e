import { beforeAll, describe, expect, it } from "vitest";

import { moveBooking, runJob, sql } from "../e2e/support/database.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { bookPaid, cancel, hold } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { drain } from "./support/outbox.ts";
import { subjectsTo } from "./support/vendors.ts";

let client: Client;

beforeAll(async () => {
  client = await createSignedIn();
});

/** Moves a session so that it starts in so many minutes and was booked long before. */
async function move(bookingId: string, minutes: number): Promise<void> {
  await moveBooking(bookingId, minutes);
  await sql`
    update public.bookings set confirmed_at = now() - interval '3 days'
    where id = ${bookingId} and confirmed_at is not null
  `;
}

/** The reminders that somebody got, by their first word. */
async function remindersTo(email: string): Promise<string[]> {
  return (await subjectsTo(email)).filter((subject) =>
    /^(Today|Tomorrow|In 15 minutes): /.test(subject),
  );
}

async function remindersOf(bookingId: string) {
  return sql`
    select kind, sent_at is not null as was_sent, skipped_at is not null as was_skipped
    from public.notifications
    where booking_id = ${bookingId} and kind in ('session_reminder', 'session_soon')
    order by kind, recipient_id
  `;
}

/** Twice at once, as when two runs of cron overlap, and once more. */
async function remindEverybody(): Promise<void> {
  await Promise.all([runJob("queue_due_notices"), runJob("queue_due_notices")]);
  await drain();
  await runJob("queue_due_notices");
  await drain();
}

describe("a confirmed session", () => {
  let coach: Coach;
  let bookingId: string;

  beforeAll(async () => {
    coach = await createCoach();
    ({ bookingId } = await bookPaid(client, coach));
    await drain();
  });

  it("reminds nobody while it is further off", async () => {
    await move(bookingId, 24 * 60 + 5);
    await remindEverybody();
    expect(await remindersOf(bookingId)).toEqual([]);
  });

  it.each([
    // The first minutes of a day have the end of the same one almost a day ahead.
    { minutes: 24 * 60 - 2, subject: /^(Today|Tomorrow): / },
    { minutes: 14, subject: /^In 15 minutes: / },
  ])("reminds both parties once, $minutes minutes before", async ({ minutes, subject }) => {
    await move(bookingId, minutes);
    await remindEverybody();

    for (const [email, other] of [
      [client.person.email, coach.name],
      [coach.email, client.person.name],
    ] as const) {
      const got = (await remindersTo(email)).filter((reminder) => subject.test(reminder));
      expect(got).toEqual([expect.stringContaining(`: ${coach.offer.title} with ${other}`)]);
    }
  });
});

describe("a session that is called off", () => {
  it("reminds nobody when that happens between the job and the mail", async () => {
    const coach = await createCoach();
    const { bookingId } = await bookPaid(client, coach);
    await drain();
    await move(bookingId, 23 * 60);

    // One text is one transaction: mails and notices in the app are due, and nobody has sent them yet.
    await sql.unsafe(`
      select private.queue_due_notices();
      update private.outbox set run_after = now() + interval '1 hour'
      where topic in ('mail', 'in_app') and status = 'pending';
    `);
    expect(await remindersOf(bookingId)).toHaveLength(4);
    await cancel(client, bookingId);
    await drain();

    const skipped = { kind: "session_reminder", was_sent: false, was_skipped: true };
    expect(await remindersOf(bookingId)).toEqual([skipped, skipped, skipped, skipped]);
    expect(await remindersTo(coach.email)).toEqual([]);
    expect(await subjectsTo(coach.email)).toContain(
      `Cancelled: ${coach.offer.title} with ${client.person.name}`,
    );
  });

  it("reminds nobody afterwards", async () => {
    const coach = await createCoach();
    const { bookingId } = await bookPaid(client, coach);
    await drain();
    await cancel(client, bookingId);
    await move(bookingId, 14);
    await remindEverybody();

    expect(await remindersOf(bookingId)).toEqual([]);
    expect(await remindersTo(coach.email)).toEqual([]);
  });
});

describe("a session that nobody has paid for", () => {
  it("reminds nobody, held or lapsed", async () => {
    const coach = await createCoach();
    const { bookingId } = await hold(client, coach);
    await move(bookingId, 14);
    await remindEverybody();
    await sql`
      update public.bookings set hold_expires_at = now() - interval '1 second'
      where id = ${bookingId}
    `;
    await runJob("expire_holds");
    await remindEverybody();

    expect(await remindersOf(bookingId)).toEqual([]);
    expect(await subjectsTo(coach.email)).toEqual([]);
  });
});

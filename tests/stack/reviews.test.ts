import postgres from "postgres";
import { afterAll, expect, it } from "vitest";

import { moveBooking, runJob, sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { stackValue } from "../e2e/support/stack.ts";
import { bookPaid } from "./support/booking.ts";
import { createSignedIn, signIn, type Client } from "./support/client.ts";
import { until } from "./support/until.ts";

const WORDS = "We priced it together until I could say the number without blinking.";

/** Of an admin who holds things up, and of those who wait meanwhile. */
const admins = postgres(stackValue("DATABASE_URL"), { max: 4, onnotice: () => {} });

afterAll(() => admins.end());

/** A client and a coach after so many sessions that were held. */
async function held(sessions = 1) {
  const [client, person] = await Promise.all([createSignedIn(), createCoach()]);
  const coach = await signIn(person);
  const bookingIds: string[] = [];
  for (let count = 0; count < sessions; count++) {
    const { bookingId } = await bookPaid(client, person);
    await moveBooking(bookingId, -120 - 120 * count);
    bookingIds.push(bookingId);
  }
  await runJob("complete_bookings");
  return { client, coach, bookingId: bookingIds[0]!, bookingIds };
}

/**
 * Has two do something at the same moment: each has begun, and waits for a lock, before either goes on.
 * @param table what both write to, at the point where they wait
 */
async function atOnce<Value>(
  table: "reviews" | "notifications",
  both: [() => PromiseLike<Value>, () => PromiseLike<Value>],
): Promise<Value[]> {
  const holder = await admins.reserve();
  try {
    await holder`begin`;
    // Reading goes on, and so does locking rows; writing waits.
    await holder`lock table public.${admins(table)} in share mode`;
    const answers = Promise.all(both.map((act) => act()));
    await until("both wait", async () => {
      const waiting = await holder`select from pg_locks where not granted`;
      return waiting.length >= 2;
    });
    await holder`commit`;
    return await answers;
  } finally {
    holder.release();
  }
}

const reviewCoach = ({ db }: Client, bookingId: string) =>
  db.rpc("review_coach", {
    booking_id: bookingId,
    market_rating: 5,
    advice_rating: 4,
    worth_rating: 5,
    body: WORDS,
  });

const reviewClient = ({ db }: Client, bookingId: string) =>
  db.rpc("review_client", {
    booking_id: bookingId,
    preparation_rating: 4,
    openness_rating: 5,
    follow_through_rating: 3,
    body: WORDS,
  });

/** Who was told by mail of a kind about a session, once for each time. */
async function told(kind: string, bookingId: string): Promise<string[]> {
  const rows = await sql<{ recipient_id: string }[]>`
    select recipient_id from public.notifications
    where kind = ${kind} and channel = 'mail' and booking_id = ${bookingId}
  `;
  return rows.map((row) => row.recipient_id).sort();
}

function codesOf(answers: { error: { code: string } | null }[]): string[] {
  return answers.map(({ error }) => error?.code ?? "done").sort();
}

it("two who review each other at once are published together, once, and each is told once", async () => {
  const { client, coach, bookingId } = await held();
  // As the first tells the other that one waits: it has found none besides its own.
  const answers = await atOnce("notifications", [
    () => reviewCoach(client, bookingId),
    () => reviewClient(coach, bookingId),
  ]);
  expect(codesOf(answers)).toEqual(["done", "done"]);
  const published = await sql`
    select distinct published_at from public.reviews where booking_id = ${bookingId}
  `;
  expect(published).toEqual([{ published_at: expect.any(Date) }]);

  await Promise.all([runJob("publish_due_reviews"), runJob("publish_due_reviews")]);
  const both = [client.person.profile.id, coach.person.profile.id].sort();
  expect(await told("review_published", bookingId)).toEqual(both);
});

it("one who reviews a session twice at once has reviewed it once", async () => {
  const { client, bookingId } = await held();
  const answers = await atOnce("reviews", [
    () => reviewCoach(client, bookingId),
    () => reviewCoach(client, bookingId),
  ]);
  expect(codesOf(answers)).toEqual(["RVTWO", "done"]);
});

it("of two reviews of the same person at once, of two sessions, one is refused", async () => {
  const { client, bookingIds } = await held(2);
  const answers = await atOnce("reviews", [
    () => reviewCoach(client, bookingIds[0]!),
    () => reviewCoach(client, bookingIds[1]!),
  ]);
  expect(codesOf(answers)).toEqual(["RVMON", "done"]);
});

/** A review that is shown, and reported by whom it is of. */
async function reported() {
  const { client, coach, bookingId } = await held();
  const { data: reviewId } = await reviewCoach(client, bookingId).throwOnError();
  await reviewClient(coach, bookingId).throwOnError();
  const { data: reportId } = await coach.db
    .rpc("report", { subject: "review", subject_id: reviewId, reason: "It names my seller." })
    .throwOnError();
  return { client, coach, bookingId, reviewId, reportId };
}

it("a reply that is sent twice at once is one, and is told of once", async () => {
  const { client, coach, bookingId, reviewId } = await reported();
  const reply = (words: string) => () =>
    coach.db.rpc("reply_to_review", { review_id: reviewId, reply: words });
  const answers = await atOnce("reviews", [reply("Thank you."), reply("Thanks a lot.")]);
  expect(codesOf(answers)).toEqual(["RVRPT", "done"]);
  expect(await told("review_replied", bookingId)).toEqual([client.person.profile.id]);
});

it("a report that two admins decide at once is decided once, and told of once", async () => {
  const { client, coach, bookingId, reviewId, reportId } = await reported();
  const decide = (decision: string) => () =>
    admins`select admin.decide_report(${reportId}, ${decision}, 'It names who is not part of it.')`.then(
      () => "done",
      (error: { code: string }) => error.code,
    );
  const answers = await atOnce("reviews", [decide("remove"), decide("keep")]);
  expect(answers.sort()).toEqual(["RPNOW", "done"]);

  const decided = await sql<{ decision: string }[]>`
    select decision from private.report_decisions where report_id = ${reportId}
  `;
  expect(decided).toHaveLength(1);
  const [review] = await sql<{ is_removed: boolean }[]>`
    select removed_at is not null as is_removed from public.reviews where id = ${reviewId}
  `;
  expect(review).toEqual({ is_removed: decided[0]!.decision === "remove" });
  const both = [client.person.profile.id, coach.person.profile.id].sort();
  expect(await told("review_decided", bookingId)).toEqual(both);
});

import { afterAll, beforeAll, expect, it } from "vitest";

import { runJob, sql } from "../e2e/support/database.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { bookPaid } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { compareBooks, type Books } from "./support/compare-books.ts";
import { drain } from "./support/outbox.ts";
import { openPayouts, releaseAndSend } from "./support/payouts.ts";
import { rowsOf } from "./support/rows.ts";
import {
  eventsAbout,
  redeliver,
  setModes,
  settled,
  stripeGet,
  subjectsTo,
} from "./support/vendors.ts";

let dana: Client;
let books: Books;

beforeAll(async () => {
  dana = await createSignedIn();
  books = await compareBooks();
});

afterAll(() => books.end());

type Dispute = {
  id: string;
  status: string;
  evidence: Record<string, string | null>;
  evidence_details: { submission_count: number };
};

/** A session that was paid and held two days ago, and whose share was sent to its coach. */
async function earned(coach: Coach): Promise<string> {
  const { bookingId } = await bookPaid(dana, coach);
  await settled("STRIPE");
  await drain();
  await releaseAndSend(bookingId);
  await drain();
  return bookingId;
}

/** Stripe is asked for what waits, and answers. */
async function sendTransfers(): Promise<void> {
  await settled("STRIPE");
  await runJob("send_transfers");
  await drain();
}

/** The charge that a session was paid with. */
async function chargeOf(bookingId: string): Promise<string> {
  const [row] = await sql<{ charge: string }[]>`
    select stripe_charge_id as charge from public.payments
    join public.bookings using (order_id) where bookings.id = ${bookingId}
  `;
  return row!.charge;
}

async function orderStatus(bookingId: string): Promise<string | undefined> {
  const [row] = await sql<{ status: string }[]>`
    select orders.status from public.orders
    join public.bookings on bookings.order_id = orders.id where bookings.id = ${bookingId}
  `;
  return row?.status;
}

/** What is in the coach's account at Stripe because of one session. */
async function sentFor(bookingId: string): Promise<number> {
  const rows = await sql<{ id: string }[]>`
    select stripe_transfer_id as id from public.earnings
    join public.transfers on transfers.earning_id = earnings.id
    where booking_id = ${bookingId} and stripe_transfer_id is not null
  `;
  let cents = 0;
  for (const { id } of rows) {
    const transfer = await stripeGet<{ amount: number; amount_reversed: number }>(
      `/v1/transfers/${id}`,
    );
    cents += transfer.amount - transfer.amount_reversed;
  }
  return cents;
}

async function open(charge: string, kind: object = {}): Promise<Dispute> {
  return admin<Dispute>("STRIPE", "dispute", { charge, reason: "product_not_received", ...kind });
}

async function close(dispute: Dispute, status: string): Promise<void> {
  await admin("STRIPE", "close-dispute", { dispute: dispute.id, status });
}

it.each([
  { status: "won", order: "paid", isKept: true },
  { status: "lost", order: "refunded", isKept: false },
])("a payment that was earned and sent is disputed and $status", async (end) => {
  const coach = await createCoach();
  await openPayouts(coach);
  const bookingId = await earned(coach);
  const share = await sentFor(bookingId);
  expect(share).toBeGreaterThan(0);
  await books.expectEqual();

  const dispute = await open(await chargeOf(bookingId));
  await settled("STRIPE");
  expect(await orderStatus(bookingId)).toBe("disputed");
  await drain();
  await settled("STRIPE");
  await sendTransfers();
  expect(await sentFor(bookingId)).toBe(0);
  const answered = await stripeGet<Dispute>(`/v1/disputes/${dispute.id}`);
  expect(answered).toMatchObject({
    status: "under_review",
    evidence: { customer_name: dana.person.name },
    evidence_details: { submission_count: 1 },
  });
  expect(answered.evidence["uncategorized_text"]).toContain("Both came.");
  await books.expectEqual();

  await close(dispute, end.status);
  await settled("STRIPE");
  expect(await orderStatus(bookingId)).toBe(end.order);
  await sendTransfers();
  expect(await sentFor(bookingId)).toBe(end.isKept ? share : 0);
  await books.expectEqual();
  const subjects = (await subjectsTo(coach.email)).join();
  expect(subjects).toContain(`A payment of ${dana.person.name} was taken back`);
  expect(subjects).toContain(end.isKept ? "Decided for you" : "Decided for the client");
});

it("an inquiry holds what is not sent, and takes nothing", async () => {
  const coach = await createCoach();
  await openPayouts(coach);
  const bookingId = await earned(coach);
  const share = await sentFor(bookingId);
  const dispute = await open(await chargeOf(bookingId), { isInquiry: true });
  await settled("STRIPE");
  await drain();
  expect(await orderStatus(bookingId)).toBe("disputed");
  expect(await sentFor(bookingId)).toBe(share);
  await books.expectEqual();

  await close(dispute, "warning_closed");
  await settled("STRIPE");
  expect(await orderStatus(bookingId)).toBe("paid");
  await books.expectEqual();
});

it("an inquiry that nobody told us of is found in Stripe's list", async () => {
  const coach = await createCoach();
  await openPayouts(coach);
  const bookingId = await earned(coach);
  await setModes("STRIPE", { drop: true });
  await open(await chargeOf(bookingId), { isInquiry: true });
  await settled("STRIPE");
  await setModes("STRIPE", { drop: false });
  expect(await orderStatus(bookingId)).toBe("released");

  await readLists();
  expect(await orderStatus(bookingId)).toBe("disputed");
  await readLists();
  const asked = (await subjectsTo(coach.email)).filter((subject) => /ask/i.test(subject));
  expect(asked).toHaveLength(1);
  await books.expectEqual();
});

/** What cron does every ten minutes. */
async function readLists(): Promise<void> {
  await sql`delete from private.outbox where topic = 'stripe.read_balance'`; // once a minute at most
  await runJob("read_balance");
  await drain();
}

const ENDINGS = [
  { status: "won", isInquiry: false },
  { status: "lost", isInquiry: false },
  { status: "warning_closed", isInquiry: true },
];

it.each(ENDINGS)("$status: its events end in the same rows in every order", async (end) => {
  let reference: unknown;
  for (let order = 0; ; order++) {
    const coach = await createCoach();
    const events = await unheard(coach, end);
    const orders = permutations(events);
    for (const event of orders[order]!) await redeliver("STRIPE", event);
    await drain();

    const rows = await rowsOf(coach.coach.id);
    reference ??= rows;
    expect(rows, `order ${order}`).toEqual(reference);
    expect(rows).toMatchObject({
      disputes: [{ status: end.status, is_closed: true }],
      orders: [{ status: end.status === "lost" ? "refunded" : "paid" }],
    });
    for (const event of events) await redeliver("STRIPE", event);
    expect(await rowsOf(coach.coach.id), "told again").toEqual(reference);
    if (order === orders.length - 1) break;
  }
  await books.expectEqual();
});

/** A dispute from its beginning to its end, of which we hear nothing. Its events' ids. */
async function unheard(
  coach: Coach,
  { status, isInquiry }: (typeof ENDINGS)[number],
): Promise<string[]> {
  const { bookingId } = await bookPaid(dana, coach);
  await drain();
  await settled("STRIPE");
  await setModes("STRIPE", { drop: true });
  const dispute = await open(await chargeOf(bookingId), { isInquiry });
  await close(dispute, status);
  await settled("STRIPE");
  await setModes("STRIPE", { drop: false });

  const events = (await eventsAbout("STRIPE", [dispute.id])).map(({ event }) => event);
  expect(new Set(events.map(({ type }) => type)).size).toBe(events.length);
  expect(events.length).toBeGreaterThanOrEqual(2);
  return events.map(({ id }) => id);
}

function permutations(items: string[]): string[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

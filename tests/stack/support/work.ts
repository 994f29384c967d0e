import { expect } from "vitest";

import { toValue } from "~/lib/domain-error";

import { moveBooking, runJob, sql } from "../../e2e/support/database.ts";
import { letDaysPass } from "../../e2e/support/packages.ts";
import { createCoach, type Coach } from "../../e2e/support/people.ts";
import { admin } from "../../e2e/support/stack.ts";
import { cancel, hold, holdSeries, openCheckout, pay, statusOf } from "./booking.ts";
import { createSignedIn, signIn, type Client } from "./client.ts";
import { earnedBy, feeCharges, feeOf, letItStand, miss, type Missed } from "./fees.ts";
import { drain } from "./outbox.ts";
import {
  giveBack,
  mismatchesOf,
  openPayouts,
  releaseAndSend,
  transferRows,
  transfersAtStripe,
} from "./payouts.ts";
import { buyInParts, chargesAtStripe, paymentsOf, planOf, type Bought } from "./plans.ts";
import { until } from "./until.ts";
import {
  eventsAbout,
  meetingsAtZoom,
  refundsAtStripe,
  release,
  setModes,
  settled,
  stripeGet,
  subjectsTo,
} from "./vendors.ts";

/** A session that somebody is about to pay for. */
export type Scene = { client: Client; coach: Coach; bookingId: string; page: string };

/** A kind of work for the outside world. */
export type Work = {
  topic: string;
  vendor: "ZOOM" | "STRIPE" | "MAIL";
  /** The call that has the effect; `after` says how many like it come before, and have none. */
  call: { method: string; path: string; after?: number };
  /** What comes before. */
  prepare(scene: Scene): Promise<void>;
  /** What makes the work necessary. */
  begin(scene: Scene): Promise<void>;
  /** What happens before dispatch comes back to it. */
  meanwhile?(scene: Scene): Promise<void>;
  /** Whether the vendor has done it. */
  isDone(scene: Scene): Promise<boolean>;
  /** That it was done once, and that we know. */
  check(scene: Scene): Promise<void>;
};

/** A new session, held by a new client. */
export async function newScene(): Promise<Scene> {
  const [client, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const { bookingId } = await hold(client, coach);
  return { client, coach, bookingId, page: await openCheckout(client, bookingId) };
}

/** Pays for the session; the rest follows from the webhook. */
export async function payFor({ client, page }: Scene): Promise<void> {
  expect(await pay(client, page)).toBe(303);
}

/** Pays, and waits until all that follows from it is done. */
export async function payAndDrain(scene: Scene): Promise<void> {
  await payFor(scene);
  await until("it is confirmed", async () => (await meetingRow(scene)) !== undefined);
  await drain();
}

/** What we know of the session's meeting; undefined before it is confirmed. */
export async function meetingRow({ bookingId }: Scene) {
  const [row] = await sql<{ status: string; zoom_meeting_id: string | null }[]>`
    select status, zoom_meeting_id from public.meetings where booking_id = ${bookingId}
  `;
  return row;
}

/** A paid session gets a Zoom meeting. */
export const createMeeting: Work = {
  topic: "zoom.create_meeting",
  vendor: "ZOOM",
  call: { method: "POST", path: "/meetings$" },
  prepare: async () => {},
  begin: payFor,
  isDone: async ({ bookingId }) => (await meetingsAtZoom(bookingId)).length > 0,
  async check(scene) {
    const meetings = await meetingsAtZoom(scene.bookingId);
    expect(meetings).toHaveLength(1);
    expect(await meetingRow(scene)).toEqual({
      status: "ready",
      zoom_meeting_id: String(meetings[0]?.id),
    });
  },
};

/** A cancelled session's Zoom meeting goes. */
export const deleteMeeting: Work = {
  topic: "zoom.delete_meeting",
  vendor: "ZOOM",
  call: { method: "DELETE", path: "/meetings/\\d+$" },
  prepare: payAndDrain,
  begin: async ({ client, bookingId }) => void (await cancel(client, bookingId)),
  isDone: async ({ bookingId }) => (await meetingsAtZoom(bookingId)).length === 0,
  async check(scene) {
    expect(await meetingsAtZoom(scene.bookingId)).toEqual([]);
    expect((await meetingRow(scene))?.status).toBe("cancelled");
  },
};

/** A cancelled session's money goes back, half of it. */
export const refund: Work = {
  topic: "stripe.refund",
  vendor: "STRIPE",
  call: { method: "POST", path: "/v1/refunds$" },
  async prepare(scene) {
    await payAndDrain(scene);
    // Half comes back, so that a second refund would be possible. And no webhook tells us of the
    // first: it is the key alone that stands against it.
    await moveBooking(scene.bookingId, 10 * 60);
    await setModes("STRIPE", { hold: true });
  },
  begin: async ({ client, bookingId }) => {
    expect(await cancel(client, bookingId)).toBe(6_025);
  },
  isDone: async ({ bookingId }) => (await refundsAtStripe(bookingId)).length > 0,
  async check({ bookingId }) {
    async function expectOne(): Promise<void> {
      const refunds = await refundsAtStripe(bookingId);
      expect(refunds).toMatchObject([{ amount: 6_025, status: "succeeded" }]);
      const rows = await sql`
          select refunds.status, refunds.amount_cents, refunds.stripe_refund_id
          from public.refunds join public.bookings using (order_id)
          where bookings.id = ${bookingId}
        `;
      expect(rows).toEqual([
        { status: "succeeded", amount_cents: 6_025, stripe_refund_id: refunds[0]?.id },
      ]);
    }
    await expectOne();
    await release("STRIPE", "in order");
    await expectOne();
  },
};

/** A client's bank takes the payment back, and is answered. */
export const evidence: Work = {
  topic: "stripe.submit_evidence",
  vendor: "STRIPE",
  call: { method: "POST", path: "/v1/disputes/[^/]+$" },
  prepare: payAndDrain,
  async begin(scene) {
    const charge = (await disputeOf(scene)).charge;
    await admin("STRIPE", "dispute", { charge });
    await until("we know", async () => (await disputeOf(scene)).id !== null);
    await settled("STRIPE");
    // From then on no webhook tells us that it was answered. And it is due at once.
    await setModes("STRIPE", { hold: true });
    await sql`update private.outbox set run_after = now() where topic = 'stripe.submit_evidence' and status = 'pending'`;
    await runJob("dispatch_outbox");
  },
  isDone: async (scene) => (await answersAtStripe(scene)) > 0,
  async check(scene) {
    expect(await answersAtStripe(scene)).toBe(1);
    expect(await disputeOf(scene)).toMatchObject({ status: "under_review", isAnswered: true });
    await release("STRIPE", "in order");
    expect(await answersAtStripe(scene)).toBe(1);
  },
};

/** What we know of the dispute of the session's payment. */
async function disputeOf({ bookingId }: Scene) {
  const [row] = await sql<
    { charge: string; id: string | null; status: string | null; isAnswered: boolean }[]
  >`
    select stripe_charge_id as charge, stripe_dispute_id as id, disputes.status,
      evidence_sent_at is not null as "isAnswered"
    from public.payments
    join public.bookings using (order_id)
    left join public.disputes on disputes.payment_id = payments.id
    where bookings.id = ${bookingId}
  `;
  return row!;
}

/** How often the bank was answered. */
async function answersAtStripe(scene: Scene): Promise<number> {
  const { id } = await disputeOf(scene);
  if (!id) return 0;
  type Dispute = { evidence_details: { submission_count: number } };
  const dispute = await stripeGet<Dispute>(`/v1/disputes/${id}`);
  return dispute.evidence_details.submission_count;
}

/** Both parties are told that a session is confirmed. */
export const mail: Work = {
  topic: "mail",
  vendor: "MAIL",
  call: { method: "POST", path: "/emails$" },
  prepare: async () => {},
  begin: payFor,
  isDone: async ({ client, coach }) =>
    (await subjectsTo(client.person.email)).length + (await subjectsTo(coach.email)).length > 0,
  check: async ({ client, coach, bookingId }) => {
    const { title } = coach.offer;
    expect(await subjectsTo(client.person.email)).toEqual([
      `Confirmed: ${title} with ${coach.name}`,
    ]);
    expect(await subjectsTo(coach.email)).toEqual([
      `Confirmed: ${title} with ${client.person.name}`,
    ]);
    const rows = await sql`
        select kind, channel, sent_at is not null as was_sent, skipped_at is not null as was_skipped
        from public.notifications where booking_id = ${bookingId}
        order by channel
      `;
    const sent = { kind: "booking_confirmed", was_sent: true, was_skipped: false };
    const byMail = { ...sent, channel: "mail" };
    const inApp = { ...sent, channel: "in_app" };
    expect(rows).toEqual([byMail, byMail, inApp, inApp]);
  },
};

/** A coach accepts: the money that the bank holds is taken. */
export const capture: Work = {
  topic: "stripe.capture",
  vendor: "STRIPE",
  call: { method: "POST", path: "/v1/payment_intents/[^/]+/capture$" },
  prepare: askAndDrain,
  begin: async ({ coach, bookingId }) => {
    const { db } = await signIn(coach);
    toValue(await db.rpc("accept_request", { booking_id: bookingId }));
  },
  isDone: async (scene) => (await intentAtStripe(scene)).status === "succeeded",
  check: (scene) => expectSettled(scene, "succeeded", "charge.captured", ["succeeded", "paid"]),
};

/** A coach takes one of two dates: half of the money that the bank holds is taken. */
export const captureOfPart: Work = {
  ...capture,
  async prepare(scene) {
    await sql`update public.offers set is_instant = false where id = ${scene.coach.offer.id}`;
    scene.bookingId = await holdSeries(scene.client, scene.coach, 2);
    await askFor(scene);
  },
  begin: async ({ coach, bookingId }) => {
    const { db } = await signIn(coach);
    toValue(await db.rpc("accept_request", { booking_id: bookingId, session_ids: [bookingId] }));
  },
  async check(scene) {
    await expectSettled(scene, "succeeded", "charge.captured", ["succeeded", "paid"]);
    expect((await intentAtStripe(scene)).amount_received).toBe(12_050);
    expect(await mismatchesOf(scene.coach)).toEqual([]);
  },
};

/** A coach declines: the money that the bank holds is let go. */
export const cancelPayment: Work = {
  topic: "stripe.cancel_payment",
  vendor: "STRIPE",
  call: { method: "POST", path: "/v1/payment_intents/[^/]+/cancel$" },
  prepare: askAndDrain,
  begin: async ({ coach, bookingId }) => {
    const { db } = await signIn(coach);
    toValue(await db.rpc("decline_request", { booking_id: bookingId, reason: "" }));
  },
  isDone: async (scene) => (await intentAtStripe(scene)).status === "canceled",
  check: (scene) =>
    expectSettled(scene, "canceled", "payment_intent.canceled", ["released", "expired"]),
};

/**
 * The same client asks the same coach, who wants to be asked, for another time. From then on no
 * webhook tells us anything: what we know is from our own calls.
 */
async function askAndDrain(scene: Scene): Promise<void> {
  await sql`update public.offers set is_instant = false where id = ${scene.coach.offer.id}`;
  scene.bookingId = (await hold(scene.client, scene.coach)).bookingId;
  await askFor(scene);
}

/** The bank holds the money of what is held, and the coach is asked. */
async function askFor(scene: Scene): Promise<void> {
  scene.page = await openCheckout(scene.client, scene.bookingId);
  await payFor(scene);
  await until("the coach is asked", async () => (await statusOf(scene.bookingId)) === "requested");
  await drain();
  await setModes("STRIPE", { hold: true });
}

type Intent = { id: string; status: string; amount_received: number };

async function intentAtStripe({ bookingId }: Scene): Promise<Intent> {
  const [row] = await sql<{ id: string }[]>`
    select stripe_payment_intent_id as id
    from public.payments join public.bookings using (order_id)
    where bookings.id = ${bookingId}
  `;
  return stripeGet<Intent>(`/v1/payment_intents/${row?.id}`);
}

async function expectSettled(
  scene: Scene,
  status: string,
  event: string,
  known: [payment: string, order: string],
): Promise<void> {
  async function expectOne(): Promise<void> {
    const intent = await intentAtStripe(scene);
    expect(intent.status).toBe(status);
    const events = await eventsAbout("STRIPE", [intent.id]);
    expect(events.filter((sent) => sent.event.type === event)).toHaveLength(1);
    const rows = await sql`
      select payments.status as payment, orders.status as order
      from public.bookings
      join public.orders on orders.id = bookings.order_id
      join public.payments on payments.order_id = orders.id
      where bookings.id = ${scene.bookingId}
    `;
    expect(rows).toEqual([{ payment: known[0], order: known[1] }]);
  }
  await expectOne();
  await release("STRIPE", "in order");
  await expectOne();
}

/** A session was held: its coach is sent their share. */
export const transfer: Work = {
  topic: "stripe.transfer",
  vendor: "STRIPE",
  call: { method: "POST", path: "/v1/transfers$" },
  async prepare(scene) {
    await openPayouts(scene.coach);
    await payAndDrain(scene);
    await setModes("STRIPE", { hold: true });
  },
  begin: ({ bookingId }) => releaseAndSend(bookingId),
  isDone: async ({ bookingId }) => (await transfersAtStripe(bookingId)).length > 0,
  check: (scene) =>
    twice(async () => {
      const made = await transfersAtStripe(scene.bookingId);
      expect(made).toMatchObject([{ amount: 10_242, amount_reversed: 0 }]);
      expect(await transferRows(scene.bookingId)).toMatchObject([
        { status: "succeeded", amount: 10_242, netted: 0, stripeId: made[0]?.id, asked: null },
      ]);
      expect(await mismatchesOf(scene.coach)).toEqual([]);
    }),
};

/** A client gets half back after their coach was paid: half of the share comes back, too. */
export const reversal: Work = {
  topic: "stripe.reverse_transfer",
  vendor: "STRIPE",
  call: { method: "POST", path: "/v1/transfers/[^/]+/reversals$" },
  async prepare(scene) {
    await transfer.prepare(scene);
    await transfer.begin(scene);
    await drain();
  },
  begin: ({ bookingId }) => giveBack(bookingId, 6_025),
  isDone: async ({ bookingId }) =>
    ((await transfersAtStripe(bookingId))[0]?.amount_reversed ?? 0) > 0,
  check: (scene) =>
    twice(async () => {
      const [made] = await transfersAtStripe(scene.bookingId);
      expect(made).toMatchObject({ amount: 10_242, amount_reversed: 5_121 });
      expect(made?.reversals.data).toHaveLength(1);
      expect(await transferRows(scene.bookingId)).toMatchObject([
        { status: "succeeded", asked: 5_121, reversed: 5_121, reversal: "succeeded" },
      ]);
      expect(await mismatchesOf(scene.coach)).toEqual([]);
    }),
};

/** A part of a package is due: the saved card is charged. */
export function chargeInstalment(): Work {
  // Of the scene's client and coach, by the scene's own session.
  const plans = new Map<string, Bought>();
  const planOfScene = ({ bookingId }: Scene) => plans.get(bookingId)!;
  return {
    topic: "stripe.charge_card",
    vendor: "STRIPE",
    call: { method: "POST", path: "/v1/payment_intents$" },
    async prepare(scene) {
      plans.set(scene.bookingId, await buyInParts(scene.client, scene.coach));
      // From then on no webhook tells us anything: it is the key, and looking, that stand against a second one.
      await setModes("STRIPE", { hold: true });
    },
    async begin(scene) {
      await letDaysPass(planOfScene(scene).first, 32);
      await runJob("charge_instalments");
    },
    async isDone(scene) {
      const bought = planOfScene(scene);
      return (await chargesAtStripe(bought, bought.second)).length > 0;
    },
    check: (scene) =>
      twice(async () => {
        const bought = planOfScene(scene);
        expect(await chargesAtStripe(bought, bought.second)).toHaveLength(1);
        expect(await paymentsOf(bought.second)).toEqual(["succeeded"]);
        expect(await planOf(bought.first)).toEqual({
          status: "active",
          reason: null,
          parts: ["paid", "paid", "pending"],
        });
        expect(await mismatchesOf(scene.coach)).toEqual([]);
      }),
  };
}

/** A client did not come to a session of a membership: its card is charged for that. */
export function chargeNoShowFee(): Work {
  const fees = new Map<string, Missed>();
  const missedIn = ({ bookingId }: Scene) => fees.get(bookingId)!;
  return {
    topic: "stripe.charge_card",
    vendor: "STRIPE",
    call: { method: "POST", path: "/v1/payment_intents$" },
    async prepare(scene) {
      fees.set(scene.bookingId, await miss(scene.client, scene.coach));
      await setModes("STRIPE", { hold: true });
    },
    begin: (scene) => letItStand(missedIn(scene)),
    isDone: async (scene) => (await feeCharges(missedIn(scene))).length > 0,
    check: (scene) =>
      twice(async () => {
        const missed = missedIn(scene);
        expect(await feeCharges(missed)).toHaveLength(1);
        expect(await feeOf(missed)).toMatchObject({ state: "paid", tries: ["succeeded"] });
        expect(await earnedBy(missed)).toMatchObject([{ share: 2125 }]);
        expect(await mismatchesOf(scene.coach)).toEqual([]);
      }),
  };
}

/** Before Stripe's webhooks come and after: what we know is from our own calls, and stays. */
export async function twice(expectOne: () => Promise<void>): Promise<void> {
  await expectOne();
  await release("STRIPE", "in order");
  await expectOne();
}

import { expect } from "vitest";

import { moveBooking, runJob, sql } from "../../e2e/support/database.ts";
import { letDaysPass } from "../../e2e/support/packages.ts";
import { admin } from "../../e2e/support/stack.ts";
import { CARDS, pay } from "./booking.ts";
import { drain } from "./outbox.ts";
import {
  mismatchesOf,
  openPayouts,
  releaseAndSend,
  transferRows,
  transfersAtStripe,
} from "./payouts.ts";
import {
  buyInParts,
  chargesAtStripe,
  chooseCard,
  openPage,
  paymentsOf,
  type Bought,
} from "./plans.ts";
import { until } from "./until.ts";
import { refundsAtStripe, release, setModes, stripeGet, stripePost } from "./vendors.ts";
import { meetingRow, payAndDrain, refund, reversal, twice, type Scene, type Work } from "./work.ts";

/*
 * Work whose effect comes after another call of the same run: what is asked for first is refused,
 * or has to be out of the way.
 */

/** Half should go back, but an admin gave most of it back in Stripe's dashboard: the rest goes back. */
export const refundOfTheRest: Work = {
  ...refund,
  call: { ...refund.call, after: 1 },
  async prepare(scene) {
    await payAndDrain(scene);
    await moveBooking(scene.bookingId, 10 * 60);
    await setModes("STRIPE", { hold: true });
    await stripePost("/v1/refunds", {
      payment_intent: await intentOf(scene),
      amount: "9000",
    });
  },
  isDone: async ({ bookingId }) => (await refundsAtStripe(bookingId)).length > 1,
  async check({ bookingId }) {
    const amounts = async () => (await refundsAtStripe(bookingId)).map(({ amount }) => amount);
    expect(await amounts()).toEqual([3_050, 9_000]);
    await release("STRIPE", "in order");
    await drain();
    expect(await amounts()).toEqual([3_050, 9_000]);
    const rows = await sql`
      select refunds.amount_cents as amount, refunds.status
      from public.refunds join public.bookings using (order_id)
      where bookings.id = ${bookingId}
      order by refunds.amount_cents
    `;
    expect(rows).toEqual([
      { amount: 3_050, status: "succeeded" },
      { amount: 9_000, status: "succeeded" },
    ]);
  },
};

async function intentOf({ bookingId }: Scene): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select stripe_payment_intent_id as id
    from public.payments join public.bookings using (order_id)
    where bookings.id = ${bookingId}
  `;
  return row!.id;
}

/**
 * A client gets half back after their coach was paid, and paid out most of it: what is there comes back. Meanwhile their
 * bank sends some of it back: had something been taken, as much could be taken again; had nothing, there is enough.
 */
export function reversalOfPart(): Work {
  const returned = new Map<string, { account: string; payout: string }>();
  return {
    ...reversal,
    call: { ...reversal.call, after: 1 },
    async prepare(scene) {
      const account = await openPayouts(scene.coach);
      expect(await pay(scene.client, scene.page, CARDS.availableAtOnce)).toBe(303);
      await until("it is confirmed", async () => (await meetingRow(scene)) !== undefined);
      await drain();
      await setModes("STRIPE", { hold: true });
      await releaseAndSend(scene.bookingId);
      await drain();
      await payOut(account, 5_000);
      returned.set(scene.bookingId, { account, payout: await payOut(account, 3_000) });
    },
    meanwhile: ({ bookingId }) => admin("STRIPE", "fail-payout", returned.get(bookingId)),
    check: (scene) =>
      twice(async () => {
        const [made] = await transfersAtStripe(scene.bookingId);
        const taken = made!.amount_reversed;
        expect([2_242, 5_121]).toContain(taken);
        expect(made?.reversals.data).toHaveLength(1);
        expect(await transferRows(scene.bookingId)).toMatchObject([
          { status: "succeeded", asked: 5_121, reversed: taken, reversal: "succeeded" },
        ]);
        expect(await mismatchesOf(scene.coach)).toEqual([]);
      }),
  };
}

/** A coach has their bank account sent some of what they have at Stripe. */
async function payOut(account: string, cents: number): Promise<string> {
  const form = { amount: String(cents), currency: "usd" };
  return (await stripePost<{ id: string }>("/v1/payouts", form, account)).id;
}

/**
 * A part of a package was declined, and is tried again while its client has its payment page open: that is closed,
 * then the card is charged.
 */
export function chargeBehindPage(): Work {
  const plans = new Map<string, Bought & { page: string; pageId: string }>();
  const planOfScene = ({ bookingId }: Scene) => plans.get(bookingId)!;
  return {
    topic: "stripe.charge_card",
    vendor: "STRIPE",
    call: { method: "POST", path: "/v1/checkout/sessions/[^/]+/expire$" },
    async prepare(scene) {
      const bought = await buyInParts(scene.client, scene.coach);
      await chooseCard(scene.client, CARDS.declinedLater);
      await letDaysPass(bought.first, 32);
      await runJob("charge_instalments");
      await drain();
      const page = await openPage(scene.client, bought.second);
      plans.set(scene.bookingId, { ...bought, page, pageId: await pageOf(bought.second) });
      await chooseCard(scene.client, CARDS.good);
      await setModes("STRIPE", { hold: true });
    },
    async begin(scene) {
      await letDaysPass(planOfScene(scene).first, 3);
      await runJob("charge_instalments");
    },
    isDone: async (scene) => (await pageStatus(planOfScene(scene).pageId)) === "expired",
    check: (scene) =>
      twice(async () => {
        const bought = planOfScene(scene);
        expect(await pageStatus(bought.pageId)).toBe("expired");
        expect(await pay(scene.client, bought.page)).not.toBe(303);
        expect(await chargesAtStripe(bought, bought.second)).toHaveLength(1);
        expect(await paymentsOf(bought.second)).toEqual(["succeeded"]);
        expect(await mismatchesOf(scene.coach)).toEqual([]);
      }),
  };
}

/** The number at Stripe of the payment page of an order. */
async function pageOf(orderId: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select stripe_checkout_session_id as id from public.orders where id = ${orderId}
  `;
  return row!.id;
}

async function pageStatus(id: string): Promise<string> {
  return (await stripeGet<{ status: string }>(`/v1/checkout/sessions/${id}`)).status;
}

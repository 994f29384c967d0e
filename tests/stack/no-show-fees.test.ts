import { afterEach, expect, it } from "vitest";

import { runJob, sql } from "../e2e/support/database.ts";
import { letFeeWait } from "../e2e/support/no-show-fees.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { CARDS, pay } from "./support/booking.ts";
import { createSignedIn } from "./support/client.ts";
import { compareBooks } from "./support/compare-books.ts";
import {
  earnedBy,
  feeCharges,
  feeOf,
  letItStand,
  miss,
  openFeePage,
  untilSent,
  type Missed,
} from "./support/fees.ts";
import { useCard } from "./support/memberships.ts";
import { drain } from "./support/outbox.ts";
import { openPayouts } from "./support/payouts.ts";
import { paymentsOf } from "./support/plans.ts";
import { moneyMismatch } from "./support/storm-checks.ts";
import { eventsAbout, redeliver, setModes, settled, subjectsTo } from "./support/vendors.ts";

/** A card that can be kept, and is declined whenever it is charged; one whose bank asks every time. */
const ASKED = "4000002760003184";

afterEach(async () => {
  await setModes("STRIPE", { drop: false, hold: false });
  await settled("STRIPE");
  await drain();
  expect(await moneyMismatch()).toEqual([]);
});

async function missed(card?: string): Promise<Missed & { coach: Coach }> {
  const [client, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const one = await miss(client, coach);
  if (card) await useCard(one.customer, one.subscription, card);
  return { ...one, coach };
}

/** All that follows has happened. */
async function settle(): Promise<void> {
  await drain();
  await settled("STRIPE");
  await drain();
}

it("charges the card of the membership once nobody objected, sends the share, and gives all of it back", async () => {
  const one = await missed();
  await openPayouts(one.coach);
  await settle();
  expect(await feeOf(one)).toBeUndefined();
  const books = await compareBooks();
  try {
    await letItStand(one);
    await letItStand(one);
    await settle();
    expect(await feeOf(one)).toMatchObject({ state: "paid", tries: ["succeeded"] });
    expect(await feeCharges(one)).toHaveLength(1);
    await untilSent(one, () => runJob("send_transfers").then(settle));
    expect(await earnedBy(one)).toEqual([{ share: 2125, sent: 2125, reversed: 0 }]);
    await books.expectEqual();
    expect(await subjectsTo(one.client.person.email)).toContain(
      "Paid: $25.00 for a session that you missed",
    );
    expect(await subjectsTo(one.coach.email)).toContain(
      `${one.client.person.name} paid for a session that they missed`,
    );

    await sql`select admin.waive_no_show_fee(${one.bookingId}, 'Her train stood still.')`;
    await untilSent(one, settle);
    expect(await feeOf(one)).toMatchObject({ state: "returned" });
    expect(await earnedBy(one)).toEqual([{ share: 0, sent: 2125, reversed: 2125 }]);
    await books.expectEqual();
    expect((await subjectsTo(one.client.person.email)).at(-1)).toBe(
      "Called off: $25.00 for a missed session",
    );
  } finally {
    await books.end();
  }
});

it.each([
  ["declined", CARDS.declinedLater],
  ["requires_action", ASKED],
])("tells a client whose card %s, who pays by hand with another one", async (outcome, card) => {
  const one = await missed(card);
  await letItStand(one);
  await settle();
  expect(await feeOf(one)).toMatchObject({ state: "overdue", tries: [outcome] });
  expect((await subjectsTo(one.client.person.email)).at(-1)).toBe(
    "Your payment for a session that you missed didn’t go through",
  );

  expect(await pay(one.client, (await openFeePage(one))!)).toBe(303);
  await settle();
  await letFeeWait(one.bookingId, 3);
  await runJob("charge_no_show_fees");
  await settle();
  expect(await feeOf(one)).toMatchObject({ state: "paid", tries: [outcome] });
  expect(await feeCharges(one)).toHaveLength(1);
  expect(await openFeePage(one)).toBeUndefined();
});

/** Declined, paid by hand on its page, and nobody tells us of it. */
async function paidUnheard(): Promise<Missed> {
  const one = await missed(CARDS.declinedLater);
  await letItStand(one);
  await settle();
  const page = (await openFeePage(one))!;
  await useCard(one.customer, one.subscription, "4242424242424242");
  await setModes("STRIPE", { drop: true });
  expect(await pay(one.client, page)).toBe(303);
  await settled("STRIPE");
  expect(await feeOf(one)).toMatchObject({ state: "overdue" });
  return one;
}

it("charges no card for what was paid by hand while both webhooks were lost", async () => {
  const one = await paidUnheard();
  await letFeeWait(one.bookingId, 3);
  await runJob("charge_no_show_fees");
  await settle();
  expect(await feeOf(one)).toMatchObject({ state: "paid" });
  expect(await feeCharges(one)).toHaveLength(1);
  expect(await paymentsOf((await feeOf(one))!.orderId)).toEqual(["succeeded"]);
});

it("asks what became of a page that has ended", async () => {
  const one = await paidUnheard();
  await sql`
    update public.orders set checkout_expires_at = now() where id = ${(await feeOf(one))!.orderId}
  `;
  expect(await openFeePage(one)).toBeUndefined(); // Nobody pays twice.
  await runJob("reconcile_money");
  await settle();
  expect(await feeOf(one)).toMatchObject({ state: "paid" });
  expect(await feeCharges(one)).toHaveLength(1);
});

it("makes another page when the one before was closed for a charge that was declined", async () => {
  const one = await missed(CARDS.declinedLater);
  await letItStand(one);
  await settle();
  const first = await openFeePage(one);
  await letFeeWait(one.bookingId, 3);
  await runJob("charge_no_show_fees");
  await settle();
  expect(await feeOf(one)).toMatchObject({ state: "overdue", tries: ["declined", "declined"] });
  expect(await pay(one.client, first!)).toBe(410);
  expect(await pay(one.client, (await openFeePage(one))!)).toBe(303);
  await settle();
  expect(await feeOf(one)).toMatchObject({ state: "paid" });
});

it("tries a declined card three times, and then asks for nothing more", async () => {
  const one = await missed(CARDS.declinedLater);
  await letItStand(one);
  await settle();
  const page = (await openFeePage(one))!;
  for (const days of [2, 1, 4, 30]) {
    await letFeeWait(one.bookingId, days);
    await runJob("charge_no_show_fees");
    await settle();
  }
  expect(await feeOf(one)).toMatchObject({
    state: "unpaid",
    tries: ["declined", "declined", "declined"],
  });
  expect(await pay(one.client, page)).not.toBe(303);
  expect(await feeCharges(one)).toEqual([]);
  for (const { email } of [one.client.person, one.coach]) {
    expect((await subjectsTo(email)).at(-1)).toBe("Not paid: $25.00 for a missed session");
  }
});

it.each(["the webhooks are lost", "each webhook comes twice"])(
  "knows once what became of the charge when %s",
  async (what) => {
    const one = await missed();
    await setModes("STRIPE", { drop: what === "the webhooks are lost" });
    await letItStand(one);
    await settle();
    if (what !== "the webhooks are lost") {
      for (const { id } of await feeCharges(one)) {
        for (const sent of await eventsAbout("STRIPE", [id]))
          await redeliver("STRIPE", sent.event.id);
      }
    }
    expect(await feeOf(one)).toMatchObject({ state: "paid", tries: ["succeeded"] });
    expect(await paymentsOf((await feeOf(one))!.orderId)).toEqual(["succeeded"]);
    expect(await feeCharges(one)).toHaveLength(1);
  },
);

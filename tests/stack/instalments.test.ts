import { afterEach, beforeAll, expect, it } from "vitest";

import { stopPlan } from "~/features/instalments/instalments.server";

import { runJob, sql } from "../e2e/support/database.ts";
import { letDaysPass } from "../e2e/support/packages.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { CARDS, pay } from "./support/booking.ts";
import { createSignedIn } from "./support/client.ts";
import { drain } from "./support/outbox.ts";
import {
  buyInParts,
  chargeLate,
  chargesAtStripe,
  chooseCard,
  openPage,
  paymentsOf,
  planOf,
  triesOf,
} from "./support/plans.ts";
import { moneyMismatch } from "./support/storm-checks.ts";
import { eventsAbout, redeliver, setModes, settled, subjectsTo } from "./support/vendors.ts";

/** A card that can be kept, and is declined whenever it is charged; one whose bank asks every time. */
const ASKED = "4000002760003184";

let coach: Coach;

beforeAll(async () => {
  coach = await createCoach();
});

afterEach(async () => {
  await setModes("STRIPE", { drop: false, hold: false });
  await settled("STRIPE");
  await drain();
  expect(await moneyMismatch()).toEqual([]);
});

/** The days until something is due have passed: the job runs, and all that follows has happened. */
async function charge(firstId: string, days: number): Promise<void> {
  await letDaysPass(firstId, days);
  await runJob("charge_instalments");
  await drain();
  await settled("STRIPE");
  await drain();
}

it("charges the card that was kept, month by month, until all is paid", async () => {
  const client = await createSignedIn();
  const bought = await buyInParts(client, coach);
  await runJob("charge_instalments");
  expect(await triesOf(bought.second)).toEqual([]);

  await charge(bought.first, 32);
  expect(await planOf(bought.first)).toMatchObject({ parts: ["paid", "paid", "pending"] });
  await charge(bought.first, 31);
  expect(await planOf(bought.first)).toEqual({
    status: "completed",
    reason: null,
    parts: ["paid", "paid", "paid"],
  });
  for (const order of [bought.second, bought.third]) {
    expect(await chargesAtStripe(bought, order)).toHaveLength(1);
    expect(await paymentsOf(order)).toEqual(["succeeded"]);
    expect(await triesOf(order)).toEqual(["succeeded"]);
  }
  expect((await subjectsTo(client.person.email)).filter((one) => one.startsWith("Paid:"))).toEqual([
    "Paid: part 2 of 3 of Six rehearsals",
    "Paid: part 3 of 3 of Six rehearsals",
  ]);
});

it("tries a card that is declined three times, tells the client each time, and then ends", async () => {
  const client = await createSignedIn();
  const bought = await buyInParts(client, coach);
  await chooseCard(client, CARDS.declinedLater);

  await charge(bought.first, 32);
  expect(await triesOf(bought.second)).toEqual(["declined"]);
  expect(await planOf(bought.first)).toMatchObject({ status: "overdue" });
  await charge(bought.first, 2);
  expect(await triesOf(bought.second)).toEqual(["declined"]);
  await charge(bought.first, 1);
  await charge(bought.first, 4);
  expect(await triesOf(bought.second)).toEqual(["declined", "declined", "declined"]);
  expect(await planOf(bought.first)).toEqual({
    status: "ended",
    reason: "declined",
    parts: ["paid", "expired", "expired"],
  });
  await charge(bought.first, 60);
  expect(await chargesAtStripe(bought, bought.third)).toEqual([]);
  const subjects = await subjectsTo(client.person.email);
  expect(subjects.filter((one) => one.includes("didn’t go through"))).toHaveLength(2);
  expect(subjects.at(-1)).toBe("No more payments for Six rehearsals");
  expect(await subjectsTo(coach.email)).toContain(
    `${client.person.name} pays no more parts of Six rehearsals`,
  );
});

it("asks a client whose bank wants to hear from them, who pays by hand with another card", async () => {
  const client = await createSignedIn();
  const bought = await buyInParts(client, coach);
  await chooseCard(client, ASKED);
  await charge(bought.first, 32);
  expect(await triesOf(bought.second)).toEqual(["requires_action"]);

  expect(await pay(client, await openPage(client, bought.second))).toBe(303);
  await settled("STRIPE");
  expect(await planOf(bought.first)).toMatchObject({
    status: "active",
    parts: ["paid", "paid", "pending"],
  });
  await charge(bought.first, 3);
  expect(await triesOf(bought.second)).toEqual(["requires_action"]);
});

it.each(["the webhooks are lost", "our own answer is lost", "each webhook comes twice"])(
  "knows once what became of a charge when %s",
  async (what) => {
    const client = await createSignedIn();
    const bought = await buyInParts(client, coach);
    await setModes("STRIPE", { drop: what === "the webhooks are lost" });
    await letDaysPass(bought.first, 32);
    await runJob("charge_instalments");
    await drain();
    await settled("STRIPE");
    if (what !== "the webhooks are lost") {
      for (const { id } of await chargesAtStripe(bought, bought.second)) {
        for (const sent of await eventsAbout("STRIPE", [id]))
          await redeliver("STRIPE", sent.event.id);
      }
    }
    expect(await paymentsOf(bought.second)).toEqual(["succeeded"]);
    expect(await triesOf(bought.second)).toEqual(["succeeded"]);
    expect(await chargesAtStripe(bought, bought.second)).toHaveLength(1);
  },
);

it("takes one payment, when a client pays by hand while the card is charged", async () => {
  for (let round = 0; round < 3; round++) {
    const client = await createSignedIn();
    const bought = await buyInParts(client, coach);
    await chooseCard(client, CARDS.declinedLater);
    await charge(bought.first, 32);
    const page = await openPage(client, bought.second);
    await chooseCard(client, "4242424242424242");
    await letDaysPass(bought.first, 3);
    await Promise.all([pay(client, page), runJob("charge_instalments")]);
    await drain();
    await settled("STRIPE");
    await drain();

    const payments = await paymentsOf(bought.second);
    expect(payments.filter((status) => status === "succeeded")).toHaveLength(1);
    const returned = await sql`
      select reason, status from public.refunds where order_id = ${bought.second}
    `;
    expect(returned).toHaveLength(payments.length - 1);
    expect(await planOf(bought.first)).toMatchObject({ parts: ["paid", "paid", "pending"] });
  }
});

it("gives back what was taken at the moment at which a client stopped", async () => {
  const client = await createSignedIn();
  const bought = await buyInParts(client, coach);
  await letDaysPass(bought.first, 32);
  const [plan] = await sql<{ id: string }[]>`
    select plan_id as id from public.orders where id = ${bought.first}
  `;
  await Promise.all([runJob("charge_instalments"), stopPlan(client.db, plan!.id)]);
  await drain();
  await settled("STRIPE");
  await drain();
  const charged = await chargesAtStripe(bought, bought.second);
  const { parts, status } = await planOf(bought.first);
  expect(status).toBe("ended");
  // Whoever was first: nothing that was taken after it was stopped is kept.
  expect(["paid", charged.length > 0 ? "refunded" : "expired"]).toContain(parts[1]);
  expect(parts[2]).toBe("expired");
});

it("takes a charge that outlasted its try for the payment, and makes no other", async () => {
  const client = await createSignedIn();
  const own = await createCoach();
  const bought = await buyInParts(client, own);
  await letDaysPass(bought.first, 32);

  // A call to Stripe is under way when its lease ends. Nothing is to be charged at that moment, and nothing is found.
  await sql.begin(async (transaction) => {
    await transaction.unsafe("select private.charge_instalments()");
    await transaction.unsafe(
      `update public.coaches set status = 'suspended' where id = '${own.coach.id}'`,
    );
  });
  await drain();
  expect(await triesOf(bought.second)).toEqual(["not_made"]);

  // Then it is made after all, and no webhook tells of it.
  await setModes("STRIPE", { drop: true });
  await chargeLate(bought, 1);
  await settled("STRIPE");
  await setModes("STRIPE", { drop: false });

  await sql`update public.coaches set status = 'approved' where id = ${own.coach.id}`;
  await charge(bought.first, 0);
  expect(await chargesAtStripe(bought, bought.second)).toHaveLength(1);
  expect(await paymentsOf(bought.second)).toEqual(["succeeded"]);
  expect(await planOf(bought.first)).toMatchObject({ parts: ["paid", "paid", "pending"] });
});

/*
 * Stripe may tell of a payment in any order, and more than once. A session, a package and a
 * membership are paid for and given back while we hear nothing; then what Stripe told of it arrives in
 * every order there is, and has to end in the same rows as when it arrives in order.
 */
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startCheckout } from "../../../app/features/orders/start-checkout.server.ts";
import type { Checkout } from "../../../app/features/orders/orders.server.ts";
import { Refusal } from "./database.ts";
import { profileOf } from "./people.ts";
import { payWith, PAYS } from "./steps/buying.ts";
import { subscribe } from "./steps/memberships.ts";
import { openPackage } from "./steps/packages.ts";
import type { Run } from "./steps/run.ts";
import { startWorld, type News, type World } from "./world.ts";

/** Of a membership, too, all 5,040: `EVENT_ORDERS=all npm run test:unit -- event-orders`, for some minutes. */
const IS_LONG_LOOK = process.env["EVENT_ORDERS"] === "all";

/** What Stripe tells of a payment. Of the last one nothing follows here: a membership goes without, in short. */
const TYPES = [
  "checkout.session.completed",
  "payment_intent.succeeded",
  "invoice.paid",
  "customer.subscription.created",
  "customer.subscription.updated",
  "refund.created",
  "charge.refunded",
];

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

const SCENE = `
  select tests.create_profile('dana'), tests.create_coach('maria'), tests.create_host('host'),
    tests.create_package('four sessions', coach => 'maria', sessions => 4, session_cents => 8000),
    tests.create_membership_offer('months', coach => 'maria')
`;

test.each([
  ["session", paySession, 120],
  ["package", payPackage, 120],
  ["membership", payMembership, IS_LONG_LOOK ? 5_040 : 720],
])(
  "every order of what is told of a %s ends in the same rows",
  async (_kind, pay, orders) => {
    await world.alone(async () => {
      const run = { ...world, waiting: [] };
      await run.database.run(SCENE);
      await pay(run);
      const [charge] = (await run.stripe.charges.list({ limit: 1 })).data;
      await run.stripe.refunds.create({ charge: charge!.id, amount: charge!.amount });
      const all = await eventsAsTheyAre(run);
      const events = all.length === TYPES.length && !IS_LONG_LOOK ? all.slice(0, -1) : all;

      let expected: object[] = [];
      await run.database.undone(async () => {
        await tell(run, events);
        expected = await rowsOfMoney(run);
        expect(await run.database.run("select * from admin.money_mismatch")).toEqual([]);
      });
      expect(expected).toContainEqual(
        expect.objectContaining({ what: "refund", is: expect.stringContaining("succeeded") }),
      );
      expect(await inEveryOrder(run, events, expected)).toBe(orders);
    });
  },
  600_000,
);

/* -- somebody pays, and we hear nothing ------------------------------------------------------------ */

async function paySession(run: Run): Promise<void> {
  const [wish] = await run.database.run<{ offer_id: string; starts_at: string }>(
    "select tests.id('maria''s hour') as offer_id, tests.on_day(3)::text as starts_at",
  );
  const booking_id = await run.database.rpc(
    "request_booking",
    { ...wish, time_zone: "America/Chicago" },
    "dana",
  );
  const [checkout] = (await run.database.rpc(
    "checkout_details",
    { booking_id },
    "dana",
  )) as Checkout[];
  const started = await startCheckout(
    checkout as Parameters<typeof startCheckout>[0],
    await profileOf(run, "dana"),
  );
  if (!started.ok) throw new Error("The checkout did not start.");
  await payWith(started.url, PAYS);
}

async function payPackage(run: Run): Promise<void> {
  const { url } = await openPackage(run, "dana", "four sessions");
  await payWith(url, PAYS);
}

async function payMembership(run: Run): Promise<void> {
  await subscribe(run, "dana", "months");

  // Changed right away, so that there is a customer.subscription.updated among what is told.
  const [subscription] = (await run.stripe.subscriptions.list()).data;
  await run.stripe.subscriptions.update(subscription!.id, { description: "Changed" });
}

/* -- and hears it ------------------------------------------------------------------------------------ */

type Told = Stripe.Event & { refused?: boolean };

/** One event of each type, as the webhook hands it over: with its object as Stripe has it now. */
async function eventsAsTheyAre(run: Run): Promise<Told[]> {
  const taken: Told[] = [];
  const { rpc } = run.database;
  run.database.rpc = (name, args, as) => {
    if (name !== "apply_stripe_event") return rpc(name, args, as);
    taken.push(args["event"] as Told);
    return Promise.resolve(true);
  };
  const { events } = await run.control<{ events: { event: News }[] }>("events");
  for (const type of TYPES) {
    const found = events.map(({ event }) => event).find((event) => event.type === type);
    if (found) expect(await run.functions.receive(found.body)).toBe(200);
  }
  run.database.rpc = rpc;
  return taken;
}

/** Tells events one after the other; what is refused for now is sent again at the end, until all of it is taken. */
async function tell(run: Run, events: Told[]): Promise<void> {
  let left = events;
  while (left.length > 0) {
    const refused: Told[] = [];
    for (const event of left) if (!(await apply(run, event))) refused.push(event);
    if (refused.length === left.length) throw new Error(`Nobody takes ${typesOf(refused)}.`);
    left = refused;
  }
}

/** Whether an event was taken. */
async function apply(run: Run, event: Told): Promise<boolean> {
  try {
    await run.database.rpc("apply_stripe_event", { event });
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === "ORLTR") return false;
    throw error;
  }
}

/**
 * Tells events in every order, going back one step at a time, and looks at the end of each. Somewhere on
 * the way of each one of them comes a second time, as itself and as another event with the same object.
 *
 * @returns how many orders there are
 */
async function inEveryOrder(
  run: Run,
  events: Told[],
  expected: object[],
  told: Told[] = [],
  refused: Told[] = [],
): Promise<number> {
  if (told.length === events.length) {
    await tell(run, refused);
    expect(await rowsOfMoney(run), typesOf(told)).toEqual(expected);
    return 1;
  }
  let orders = 0;
  for (const event of events) {
    if (told.includes(event)) continue;
    await run.database.undone(async () => {
      const isTaken = await apply(run, event);
      const way = [...told, event];
      if ((dice += 7_919) % way.length === 0) {
        const again = way[(dice % 13) % way.length]!;
        await apply(run, again);
        await apply(run, { ...again, id: `${again.id}_again` });
      }
      orders += await inEveryOrder(
        run,
        events,
        expected,
        way,
        isTaken ? refused : [...refused, event],
      );
    });
  }
  return orders;
}

let dice = 1;

function typesOf(events: Told[]): string {
  return events.map(({ type }) => type).join(", ");
}

/** Every row that money leaves behind, without ids of ours, once charges were read: that tells of invoices, too. */
async function rowsOfMoney(run: Run): Promise<object[]> {
  const { database } = run;
  await run.dispatch();
  return database.run(`
    select 'order' as what, concat_ws(' ', status, amount_cents, fee_cents, stripe_invoice_id, paid_at is not null,
      credits_end_at is not null, credits_end_at < now(), credits_end_reason, period_ends_at - period_starts_at) as is
    from public.orders
    union all
    select 'payment', concat_ws(' ', status, amount_cents, stripe_payment_intent_id, invoice_number is not null) from public.payments
    union all
    select 'refund', concat_ws(' ', status, reason, amount_cents, stripe_refund_id, settled_at is not null) from public.refunds
    union all
    select 'credit', concat_ws(' ', kind, sessions) from public.credit_entries
    union all
    select 'entry', concat_ws(' ', kind, account, amount_cents)
    from private.ledger_journals join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
    union all
    select 'membership', concat_ws(' ', status, stripe_subscription_id, is_ending, intent, ended_at is not null) from public.memberships
    union all
    select 'booking', status::text from public.bookings
    union all
    select 'work', concat_ws(' ', topic, status) from private.outbox where topic like 'stripe.%'
    order by 1, 2
  `);
}

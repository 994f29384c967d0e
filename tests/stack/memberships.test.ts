import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { askStripe } from "~/features/memberships/decide.server";
import {
  beginMembership,
  decide,
  findMembershipTerms,
} from "~/features/memberships/memberships.server";
import { startMembership } from "~/features/memberships/start-membership.server";

import { sql } from "../e2e/support/database.ts";
import { createMembershipOffer } from "../e2e/support/memberships.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { CARDS, pay } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { agreeToMembership, useCard } from "./support/memberships.ts";
import { drain } from "./support/outbox.ts";
import { moneyMismatch } from "./support/storm-checks.ts";
import { until } from "./support/until.ts";
import {
  endSubscription,
  eventsAbout,
  redeliver,
  setModes,
  settled,
  stripeGet,
  stripePost,
} from "./support/vendors.ts";

const DAY = 24 * 60 * 60;

/** What Stripe sends when somebody subscribes, of which each may come first. */
const TYPES = [
  "checkout.session.completed",
  "customer.subscription.created",
  "customer.subscription.updated",
  "invoice.paid",
  "payment_intent.succeeded",
];

let coach: Coach;

beforeAll(async () => {
  coach = await createCoach();
});

afterEach(async () => {
  await setModes("STRIPE", { drop: false, hold: false });
  await admin("STRIPE", "clock", { reset: true });
});

type Begun = { dana: Client; membershipId: string; page: string };

/** Somebody agrees and comes to the payment page. */
async function begin(overrides: Parameters<typeof createMembershipOffer>[1] = {}): Promise<Begun> {
  const dana = await createSignedIn();
  return { dana, ...(await agreeToMembership(dana, coach, overrides)) };
}

/** The same, paid for and told. */
async function subscribed(
  overrides: Parameters<typeof createMembershipOffer>[1] = {},
): Promise<Begun> {
  const begun = await begin(overrides);
  expect(await pay(begun.dana, begun.page)).toBe(303);
  await settled("STRIPE");
  return begun;
}

/** All that a membership has left behind, without ids. */
async function rowsOf(membershipId: string): Promise<object> {
  const [membership] = await sql`
    select status, period_ends_at - period_starts_at as period, is_ending, intent, trial_ends_at is not null as was_tried,
      stripe_subscription_id is not null as is_at_stripe
    from public.memberships where id = ${membershipId}
  `;
  const orders = await sql`
    select orders.status, orders.amount_cents, orders.fee_cents, orders.period_ends_at - orders.period_starts_at as period,
      orders.credits_end_at = orders.period_ends_at as credits_end_with_it,
      (select json_agg(json_build_array(kind, sessions)) from public.credit_entries where order_id = orders.id) as credits,
      (select json_agg(json_build_array(payments.status, payments.amount_cents, payments.invoice_number is not null))
       from public.payments where order_id = orders.id) as payments,
      (select json_agg(json_build_array(account, amount_cents) order by account)
       from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id
       where order_id = orders.id and kind = 'payment') as ledger
    from public.orders where membership_id = ${membershipId} order by orders.period_starts_at
  `;
  return { membership, orders: [...orders] };
}

async function facts(membershipId: string) {
  const [row] = await sql<{ status: string; subscription: string; customer: string }[]>`
    select memberships.status, stripe_subscription_id as subscription, stripe_customer_id as customer
    from public.memberships
    join private.stripe_customers on profile_id = client_id
    where memberships.id = ${membershipId}
  `;
  return row!;
}

async function statusOf(membershipId: string): Promise<string> {
  return (await facts(membershipId)).status;
}

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

describe("as time passes", () => {
  it("a membership renews, with its sessions", async () => {
    const { membershipId } = await subscribed();
    await admin("STRIPE", "clock", { advanceSeconds: 32 * DAY });
    await until("it is renewed", async () => (await ordersOf(membershipId)) === 2);
    await settled("STRIPE");
    expect(await rowsOf(membershipId)).toMatchObject({
      membership: { status: "active" },
      orders: [
        { amount_cents: 28_000, credits: [["granted", 2]] },
        { amount_cents: 28_000, credits: [["granted", 2]] },
      ],
    });
    await drain();
    expect(await moneyMismatch()).toEqual([]);
  });

  it("a renewal that fails gives nothing, and is made good by another card", async () => {
    const { membershipId } = await subscribed();
    const { subscription, customer } = await facts(membershipId);
    await useCard(customer, subscription, CARDS.declinedLater);
    await admin("STRIPE", "clock", { advanceSeconds: 32 * DAY });
    await until("it is past due", async () => (await statusOf(membershipId)) === "past_due");
    await settled("STRIPE");
    expect(await ordersOf(membershipId)).toBe(1);

    await useCard(customer, subscription, "4242424242424242");
    await admin("STRIPE", "clock", { advanceSeconds: 4 * DAY });
    await until("it is paid", async () => (await statusOf(membershipId)) === "active");
    await settled("STRIPE");
    expect(await ordersOf(membershipId)).toBe(2);
  });

  it("a trial gives its sessions for nothing, and then costs", async () => {
    const { membershipId } = await subscribed({ trial_days: 14 });
    expect(await rowsOf(membershipId)).toMatchObject({
      membership: { status: "trialing", was_tried: true },
      orders: [{ amount_cents: 0, credits: [["granted", 2]], payments: null }],
    });
    await admin("STRIPE", "clock", { advanceSeconds: 15 * DAY });
    await until("it is paid", async () => (await ordersOf(membershipId)) === 2);
    await settled("STRIPE");
    expect(await rowsOf(membershipId)).toMatchObject({
      membership: { status: "active" },
      orders: [{ amount_cents: 0 }, { amount_cents: 28_000, credits: [["granted", 2]] }],
    });
  });

  it("a paused one costs and gives nothing, and keeps its days", async () => {
    const { dana, membershipId } = await subscribed();
    expect((await decide(dana.db, membershipId, "pause")).ok).toBe(true);
    expect(await askStripe(dana.db, membershipId)).toBe(true);
    await until("it is paused", async () => (await statusOf(membershipId)) === "paused");
    await admin("STRIPE", "clock", { advanceSeconds: 32 * DAY });
    await settled("STRIPE");
    expect(await ordersOf(membershipId)).toBe(1);

    expect((await decide(dana.db, membershipId, "resume")).ok).toBe(true);
    expect(await askStripe(dana.db, membershipId)).toBe(true);
    await until("it goes on", async () => (await statusOf(membershipId)) === "active");
    await admin("STRIPE", "clock", { advanceSeconds: 31 * DAY });
    await until("it is renewed", async () => (await ordersOf(membershipId)) === 2);
  });

  it("a cancelled one ends with its period, even if Stripe did not answer when it was", async () => {
    const { dana, membershipId } = await subscribed();
    await admin("STRIPE", "faults", {
      kind: "status",
      status: 503,
      path: "/v1/subscriptions/",
      times: 3,
    });
    expect((await decide(dana.db, membershipId, "cancel")).ok).toBe(true);
    expect(await askStripe(dana.db, membershipId)).toBe(false);
    await sql`update private.outbox set run_after = now() where topic = 'stripe.read_subscription' and status = 'pending'`;
    await drain();
    const { subscription } = await facts(membershipId);
    expect(await stripeGet(`/v1/subscriptions/${subscription}`)).toMatchObject({
      cancel_at_period_end: true,
    });
    await admin("STRIPE", "clock", { advanceSeconds: 32 * DAY });
    await until("it has ended", async () => (await statusOf(membershipId)) === "ended");
    await settled("STRIPE");
    expect(await ordersOf(membershipId)).toBe(1);
  });

  it("of two that were paid for with one consent, the second ends and is paid back", async () => {
    const { dana, membershipId, page } = await begin();
    const offer = await createMembershipOffer(coach, { title: "Another", price_cents: 5_000 });
    const terms = await findMembershipTerms(dana.db, offer.id);
    await beginMembership(dana.db, offer.id, terms!.words_sha256);
    const other = await startMembership(dana.db, membershipId, dana.person.profile.id);
    expect(await pay(dana, other!)).toBe(303);
    await until("one has begun", async () => (await statusOf(membershipId)) === "active");
    expect(await pay(dana, page)).toBe(303);
    await settled("STRIPE");
    await drain();
    await settled("STRIPE");

    const { subscription } = await facts(membershipId);
    const { customer } = await facts(membershipId);
    const { data } = await stripeGet<{ data: { id: string; status: string }[] }>(
      `/v1/subscriptions?customer=${customer}&status=all`,
    );
    expect(data.filter(({ status }) => status === "active").map(({ id }) => id)).toEqual([
      subscription,
    ]);
    const refunds = await sql`
      select refunds.reason, refunds.status, refunds.amount_cents from public.refunds
      join public.orders on orders.id = order_id where membership_id = ${membershipId}
    `;
    expect([...refunds]).toEqual([
      { reason: "paid_twice", status: "succeeded", amount_cents: 28_000 },
    ]);
    expect(await moneyMismatch()).toEqual([]);
  });
});

describe("what Stripe tells of a new membership", () => {
  it("ends in the same rows in every order, each told twice", async () => {
    // Changed right away, so that there is a customer.subscription.updated among them.
    const told = await subscribed();
    const { subscription } = await facts(told.membershipId);
    await stripePost(`/v1/subscriptions/${subscription}`, { description: "Changed" });
    await settled("STRIPE");
    const expected = await rowsOf(told.membershipId);
    expect(expected).toMatchObject({
      membership: { status: "active" },
      orders: [{ status: "paid", amount_cents: 28_000, credits: [["granted", 2]] }],
    });

    for (const order of permutations(TYPES)) {
      await setModes("STRIPE", { drop: true });
      const { dana, membershipId, page } = await begin();
      expect(await pay(dana, page)).toBe(303);
      const unheard = await eventsAbout("STRIPE", [membershipId]);
      const created = unheard.find(({ event }) => event.type === "customer.subscription.created");
      const { id, customer } = (
        JSON.parse(created!.event.body) as { data: { object: { id: string; customer: string } } }
      ).data.object;
      await stripePost(`/v1/subscriptions/${id}`, { description: "Changed" });
      const events = await eventsAbout("STRIPE", [membershipId, customer]);
      await setModes("STRIPE", { drop: false });

      for (const type of order) {
        const found = events.find(({ event }) => event.type === type);
        if (!found) throw new Error(`There is no ${type}.`);
        await redeliver("STRIPE", found.event.id);
        await redeliver("STRIPE", found.event.id);
      }
      expect(await rowsOf(membershipId), order.join(", ")).toEqual(expected);
      await endSubscription(id); // or whoever moves Stripe's clock has all of them renewed
    }
    await drain();
    expect(await moneyMismatch()).toEqual([]);
  }, 600_000);

  it("is found out by asking when all of it was lost", async () => {
    await setModes("STRIPE", { drop: true });
    const { dana, membershipId, page } = await begin();
    expect(await pay(dana, page)).toBe(303);
    await settled("STRIPE");
    await setModes("STRIPE", { drop: false });
    expect(await statusOf(membershipId)).toBe("incomplete");

    await sql`update public.memberships set checkout_expires_at = now() - interval '1 minute' where id = ${membershipId}`;
    await sql`select private.reconcile_memberships()`;
    await drain();
    expect(await rowsOf(membershipId)).toMatchObject({
      membership: { status: "active" },
      orders: [{ amount_cents: 28_000, credits: [["granted", 2]] }],
    });
  });
});

async function ordersOf(membershipId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::integer from public.orders where membership_id = ${membershipId}
  `;
  return row!.count;
}

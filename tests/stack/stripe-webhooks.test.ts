import { beforeAll, describe, expect, it } from "vitest";

import { sql } from "../e2e/support/database.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { CARDS, cancel, freeHour, hold, openCheckout, pay, statusOf } from "./support/booking.ts";
import { createSignedIn, type Client } from "./support/client.ts";
import { deliver, replay, WAYS, type Delivery } from "./support/delivery.ts";
import { endHold, expireHold } from "./support/lapse.ts";
import { drain } from "./support/outbox.ts";
import { until } from "./support/until.ts";
import { rowsOf } from "./support/rows.ts";
import { moneyMismatch } from "./support/storm-checks.ts";
import { refundsAtStripe, setModes, stripePost } from "./support/vendors.ts";

/** A story: what happens, told with webhooks that come in one way or another. */
type Story = {
  name: string;
  tell(scene: Scene): Promise<void>;
  /** What the rows say in the end, whatever the way. */
  outcome: { booking: string; order: string };
};

type Scene = {
  delivery: Delivery;
  coach: Coach;
  client: Client;
  bookingId: string;
  startsAt: Date;
  page: string;
  /** Ids that tell this story's events from others. */
  about: () => string[];
};

let dana: Client;

beforeAll(async () => {
  dana = await createSignedIn();
});

/** Pays the page; every event of a payment carries the order's id or the page's. */
async function payTheHold({ delivery, client, page, about }: Scene): Promise<void> {
  await delivery.step({
    work: async () => expect(await pay(client, page)).toBe(303),
    about,
    last: "checkout.session.completed",
    needs: "checkout.session.completed",
  });
}

/** Pays while webhooks do not come through, and only then goes on. */
async function payUnheard({ client, page }: Scene): Promise<void> {
  await setModes("STRIPE", { hold: true });
  expect(await pay(client, page)).toBe(303);
}

/** The webhooks of what was paid unheard arrive. */
async function hear({ delivery, about }: Scene): Promise<void> {
  await delivery.step({
    work: async () => {},
    about,
    last: "checkout.session.completed",
    needs: "checkout.session.completed",
  });
}

const STORIES: Story[] = [
  {
    name: "a session is paid",
    async tell(scene) {
      await payTheHold(scene);
    },
    outcome: { booking: "confirmed", order: "paid" },
  },
  {
    name: "a card is declined, then another is charged",
    async tell(scene) {
      await scene.delivery.step({
        work: async () => expect(await pay(scene.client, scene.page, CARDS.declined)).toBe(402),
        about: scene.about,
        last: "payment_intent.payment_failed",
      });
      await payTheHold(scene);
    },
    outcome: { booking: "confirmed", order: "paid" },
  },
  {
    name: "a session is paid, then cancelled with all of it back",
    async tell(scene) {
      await payTheHold(scene);
      await drain();
      await scene.delivery.step({
        work: async () => {
          expect(await cancel(scene.client, scene.bookingId)).toBe(12_050);
          await drain();
        },
        about: scene.about,
        last: "charge.refunded",
      });
    },
    outcome: { booking: "cancelled", order: "refunded" },
  },
  {
    name: "the news of a payment comes after the hold is over, and the time is still free",
    async tell(scene) {
      await payUnheard(scene);
      await expireHold(scene.bookingId);
      expect(await statusOf(scene.bookingId)).toBe("expired");
      await hear(scene);
    },
    outcome: { booking: "confirmed", order: "paid" },
  },
  {
    name: "the news of a payment comes after the hold is over, before anybody noticed",
    async tell(scene) {
      await payUnheard(scene);
      await endHold(scene.bookingId);
      await hear(scene);
    },
    outcome: { booking: "confirmed", order: "paid" },
  },
  {
    name: "the news of a payment comes after the time went to somebody else",
    async tell(scene) {
      await payUnheard(scene);
      await expireHold(scene.bookingId);
      const other = await hold(await createSignedIn(), scene.coach, scene.startsAt);
      expect(await statusOf(other.bookingId)).toBe("held");
      // So that the refund has webhooks of its own, after those of the payment.
      const fault = { kind: "status", status: 503, path: "/v1/refunds$", times: 2 };
      await admin("STRIPE", "faults", fault);
      await hear(scene);
      await until("the refund was tried", async () => {
        return (await admin<{ faults: unknown[] }>("STRIPE", "faults")).faults.length === 0;
      });
      await scene.delivery.step({ work: drain, about: scene.about, last: "charge.refunded" });
      expect(await refundsAtStripe(scene.bookingId)).toMatchObject([{ amount: 12_050 }]);
    },
    outcome: { booking: "expired", order: "refunded" },
  },
  {
    name: "the lapsed hold's page is closed first, and found paid",
    async tell(scene) {
      await payUnheard(scene);
      await expireHold(scene.bookingId);
      await drain();
      expect(await statusOf(scene.bookingId)).toBe("confirmed");
      await hear(scene);
    },
    outcome: { booking: "confirmed", order: "paid" },
  },
  {
    name: "an admin gives the money back in Stripe's dashboard",
    async tell(scene) {
      await payTheHold(scene);
      await scene.delivery.step({
        work: async () => {
          const [row] = await sql<{ intent: string }[]>`
            select stripe_payment_intent_id as intent from public.payments
            join public.bookings using (order_id) where bookings.id = ${scene.bookingId}
          `;
          await stripePost("/v1/refunds", { payment_intent: row?.intent ?? "", amount: "50" });
        },
        about: scene.about,
        last: "charge.refunded",
        needs: "refund.created",
      });
    },
    outcome: { booking: "confirmed", order: "paid" },
  },
];

/** Tells a story from a fresh hold to its end, and says what the rows are then. */
async function told(story: Story, way: string) {
  const coach = await createCoach();
  const { bookingId, startsAt } = await hold(dana, coach, await freeHour());
  const page = await openCheckout(dana, bookingId);
  const [order] = await sql<{ id: string; page: string }[]>`
    select orders.id, stripe_checkout_session_id as page from public.orders
    join public.bookings on bookings.order_id = orders.id where bookings.id = ${bookingId}
  `;
  const about = () => [order!.id, order!.page];
  const delivery = await deliver("STRIPE", way);

  const scene = { delivery, coach, client: dana, bookingId, startsAt, page, about };
  await story.tell(scene);
  await drain();
  await delivery.end();
  await drain();
  return { rows: await rowsOf(coach.coach.id), about, coachId: coach.coach.id };
}

// Not describe.each, which cuts long names short.
for (const story of STORIES) {
  describe(story.name, () => tellEveryWay(story));
}

function tellEveryWay(story: Story): void {
  let reference: unknown;

  it.each(WAYS)("webhooks come %s", async (way) => {
    const { rows, about, coachId } = await told(story, way);
    reference ??= rows;

    expect(rows).toEqual(reference);
    expect(rows).toMatchObject({
      bookings: expect.arrayContaining([
        expect.objectContaining({ status: story.outcome.booking }),
      ]),
      orders: expect.arrayContaining([expect.objectContaining({ status: story.outcome.order })]),
    });

    expect(await replay("STRIPE", about())).toBeGreaterThan(2);
    await drain();
    expect(await rowsOf(coachId), "after a replay of everything").toEqual(reference);
    expect(await moneyMismatch(), "money that does not add up").toEqual([]);
  });
}

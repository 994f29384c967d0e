import { expect, it } from "vitest";

import { sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { hold, openCheckout, pay, statusOf } from "./support/booking.ts";
import { createSignedIn } from "./support/client.ts";
import { replay } from "./support/delivery.ts";
import { until } from "./support/until.ts";
import { settled } from "./support/vendors.ts";

it("money of another amount confirms nothing, and is written down once for each event", async () => {
  const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const { bookingId } = await hold(dana, coach);
  const page = await openCheckout(dana, bookingId);
  const [order] = await sql<{ id: string }[]>`
    update public.orders set amount_cents = amount_cents + 1
    from public.bookings where bookings.order_id = orders.id and bookings.id = ${bookingId}
    returning orders.id
  `;

  async function mismatches(): Promise<number> {
    const rows = await sql`
      select from private.security_events
      where kind = 'payment_amount_mismatch' and detail ->> 'order_id' = ${order!.id}
    `;
    return rows.length;
  }

  expect(await pay(dana, page)).toBe(303);
  // payment_intent.succeeded and checkout.session.completed
  await until("both events of the payment are here", async () => (await mismatches()) === 2);
  await settled("STRIPE");
  expect(await replay("STRIPE", [order!.id])).toBeGreaterThanOrEqual(2);

  expect(await mismatches()).toBe(2);
  expect(await statusOf(bookingId)).toBe("held");
  const money = await sql`
    select orders.status, payments.id as payment_id from public.orders
    left join public.payments on payments.order_id = orders.id where orders.id = ${order!.id}
  `;
  expect(money).toEqual([{ status: "pending", payment_id: null }]);
});

import { expect, it } from "vitest";

import { runJob, sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { hold, openCheckout, pay, statusOf } from "./support/booking.ts";
import { createSignedIn } from "./support/client.ts";
import { endHold } from "./support/lapse.ts";
import { drain } from "./support/outbox.ts";
import { until } from "./support/until.ts";
import { stripeGet } from "./support/vendors.ts";

/** The id of a booking's payment page, until that is over. */
async function pageOf(bookingId: string): Promise<string | null> {
  const [row] = await sql<{ id: string | null }[]>`
    select stripe_checkout_session_id as id from public.orders
    join public.bookings on bookings.order_id = orders.id where bookings.id = ${bookingId}
  `;
  return row!.id;
}

it("a hold that lapses frees its time at once, and its payment page is closed", async () => {
  const [dana, ben, coach] = await Promise.all([createSignedIn(), createSignedIn(), createCoach()]);
  const { bookingId, startsAt } = await hold(dana, coach);
  const page = await openCheckout(dana, bookingId);
  const pageId = await pageOf(bookingId);
  await expect(hold(ben, coach, startsAt)).rejects.toThrow("OBTKN");
  const day = { from_at: startsAt.toISOString(), to_at: startsAt.toISOString() };
  const offer_id = coach.offer.id;
  const around = { ...day, to_at: new Date(startsAt.getTime() + 1_000).toISOString(), offer_id };
  expect((await ben.db.rpc("available_slots", around)).data).toEqual([]);

  // No job runs in these tests: whatever happens now happens because somebody asks.
  await endHold(bookingId);
  expect((await ben.db.rpc("available_slots", around)).data).toHaveLength(1);
  expect(await statusOf(bookingId)).toBe("held");
  const second = await hold(ben, coach, startsAt);
  expect(await statusOf(second.bookingId)).toBe("held");
  expect(await statusOf(bookingId)).toBe("expired");

  await drain();
  expect(await stripeGet(`/v1/checkout/sessions/${pageId}`)).toMatchObject({ status: "expired" });
  expect(await pageOf(bookingId)).toBeNull();
  expect(await pay(dana, page)).toBe(410);
  expect(await pay(ben, await openCheckout(ben, second.bookingId))).toBe(303);
});

it("a hold that nobody else wants is ended by cron, and its payment page is closed", async () => {
  const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const { bookingId } = await hold(dana, coach);
  const page = await openCheckout(dana, bookingId);

  await runJob("expire_holds");
  expect(await statusOf(bookingId)).toBe("held");

  await endHold(bookingId);
  await Promise.all([runJob("expire_holds"), runJob("expire_holds")]);
  await drain();
  expect(await statusOf(bookingId)).toBe("expired");
  expect(await pay(dana, page)).toBe(410);
});

it("a client who lets a time go frees it for the next, and cannot pay for it any more", async () => {
  const [dana, ben, coach] = await Promise.all([createSignedIn(), createSignedIn(), createCoach()]);
  const { bookingId, startsAt } = await hold(dana, coach);
  const page = await openCheckout(dana, bookingId);
  expect((await ben.db.rpc("release_hold", { booking_id: bookingId })).error?.code).toBe("OBNFD");
  expect((await dana.db.rpc("release_hold", { booking_id: bookingId })).error).toBeNull();

  await hold(ben, coach, startsAt);
  await drain();
  expect(await pay(dana, page)).toBe(410);
});

it("of two late payments at once for times too close together, one goes back", async () => {
  const [dana, ben, coach] = await Promise.all([createSignedIn(), createSignedIn(), createCoach()]);
  const one = await hold(dana, coach);
  const other = await hold(ben, coach, new Date(one.startsAt.getTime() + 2 * 3_600_000));
  // From now on the coach wants two hours between two sessions.
  await sql`
    update public.availability_settings set buffer_before_minutes = 120
    where coach_id = ${coach.coach.id}
  `;
  await Promise.all([endHold(one.bookingId), endHold(other.bookingId)]);

  const first = await sql.reserve();
  await first`begin`;
  const taken =
    await first`select private.take_paid_time(${one.bookingId}, 'confirmed') as is_taken`;
  const second = sql`
    select private.take_paid_time(${other.bookingId}, 'confirmed') as is_taken
  `.execute();
  await until("the second waits for the first", async () => {
    return (await first`select from pg_locks where not granted`).length > 0;
  });
  await first`commit`;
  first.release();

  expect([...taken, ...(await second)]).toEqual([{ is_taken: true }, { is_taken: false }]);
});

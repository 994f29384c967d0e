import { startCheckout } from "~/features/orders/start-checkout.server";
import { findCheckout, isHeld } from "~/features/orders/orders.server";
import { toValue } from "~/lib/domain-error";

import { sql } from "../../e2e/support/database.ts";
import type { Coach } from "../../e2e/support/people.ts";
import type { Client } from "./client.ts";
import { until } from "./until.ts";

/** Cards that Stripe documents for tests. */
export const CARDS = {
  good: "4242424242424242",
  declined: "4000000000000002",
  /** It is saved, and each payment with it later is declined. */
  declinedLater: "4000000000000341",
  /** Stripe has its money at once, not two days later. */
  availableAtOnce: "4000000000000077",
};

/** A session at a time, whoever pays for it in the end. */
export type Hold = { bookingId: string; startsAt: Date };

let lastHour = 0;

/**
 * A whole hour, days from now, at which nobody has a session yet: our Zoom account has a few hosts,
 * and each holds one meeting at a time.
 */
export async function freeHour(): Promise<Date> {
  const [row] = await sql<{ hour: Date }[]>`
    select min(hour) as hour
    from generate_series(
      greatest(date_trunc('hour', now()) + interval '72 hours', to_timestamp(${lastHour / 1000}) + interval '1 hour'),
      now() + interval '50 days', interval '1 hour'
    ) as hour
    where not exists (
      select from public.bookings where bookings.during && tstzrange(hour, hour + interval '1 hour')
    ) and not exists (
      select from public.group_dates where group_dates.during && tstzrange(hour, hour + interval '1 hour')
    )
  `;
  if (!row?.hour) throw new Error("There is no hour left at which nobody has a session.");
  lastHour = row.hour.getTime();
  return row.hour;
}

/** Takes a time, which is held while the client pays. */
export async function hold(client: Client, coach: Coach, startsAt?: Date): Promise<Hold> {
  const at = startsAt ?? (await freeHour());
  const bookingId = toValue(
    await client.db.rpc("request_booking", {
      offer_id: coach.offer.id,
      starts_at: at.toISOString(),
      time_zone: client.person.profile.time_zone ?? "America/New_York",
    }),
  );
  return { bookingId, startsAt: at };
}

/**
 * Takes a time every week, for so many weeks.
 * @returns the first booking's id
 */
export async function holdSeries(client: Client, coach: Coach, weeks: number): Promise<string> {
  const first = (await freeHour()).getTime();
  return toValue(
    await client.db.rpc("request_series", {
      offer_id: coach.offer.id,
      starts: Array.from({ length: weeks }, (_, week) =>
        new Date(first + week * 7 * 24 * 3_600_000).toISOString(),
      ),
      time_zone: client.person.profile.time_zone ?? "America/New_York",
    }),
  );
}

/** The payment page of a held booking, opened the way the site does. */
export async function openCheckout(client: Client, bookingId: string): Promise<string> {
  const checkout = await findCheckout(client.db, bookingId);
  if (!checkout || !isHeld(checkout, new Date())) throw new Error(`${bookingId} is not held.`);

  const page = await startCheckout(checkout, client.person.profile.id);
  if (!page.ok) throw new Error(`Stripe made no page for ${bookingId}.`);
  return page.url;
}

/**
 * Fills in and sends a payment page: for somebody in Texas, where it takes tax.
 * @returns the status it answers with: 303 when paid, 402 when the card is declined, 410 when the
 *   page is closed
 */
export async function pay(client: Client, page: string, card = CARDS.good): Promise<number> {
  const response = await fetch(page, {
    method: "POST",
    redirect: "manual",
    headers: { origin: new URL(page).origin },
    body: new URLSearchParams({
      email: client.person.email,
      name: client.person.name,
      number: card,
      expiry: "12/34",
      cvc: "123",
      state: "TX",
    }),
  });
  await response.text();
  return response.status;
}

/** A session that is paid and confirmed. */
export async function bookPaid(client: Client, coach: Coach, startsAt?: Date): Promise<Hold> {
  const held = await hold(client, coach, startsAt);
  const status = await pay(client, await openCheckout(client, held.bookingId));
  if (status !== 303) throw new Error(`The payment page answered ${status}.`);
  await until("the session is confirmed", async () => {
    return (await statusOf(held.bookingId)) === "confirmed";
  });
  return held;
}

/** Cancels a session as one of its parties, for what the page quoted. */
export async function cancel(party: Client, bookingId: string): Promise<number> {
  const quote = toValue(
    await party.db.rpc("refund_quote", { booking_id: bookingId }).maybeSingle(),
  );
  return toValue(
    await party.db.rpc("cancel_booking", {
      booking_id: bookingId,
      expected_refund_cents: quote?.refund_cents ?? -1,
      reason: "Something came up.",
    }),
  );
}

/** A booking's status as the row says it. */
export async function statusOf(bookingId: string): Promise<string | undefined> {
  const [row] = await sql<{ status: string }[]>`
    select status from public.bookings where id = ${bookingId}
  `;
  return row?.status;
}

import { startFeeCheckout } from "~/features/orders/start-checkout.server";
import { findNoShowFeeCheckout } from "~/features/no-show-fees/no-show-fees.server";
import { bookWithCredit, creditSlots } from "~/features/packages/packages.server";

import { endObjectionTime, endWithout } from "../../e2e/support/attendance.ts";
import { sql } from "../../e2e/support/database.ts";
import { askForNoShows } from "../../e2e/support/no-show-fees.ts";
import type { Coach } from "../../e2e/support/people.ts";
import { pay } from "./booking.ts";
import type { Client } from "./client.ts";
import { agreeToMembership } from "./memberships.ts";
import { drain } from "./outbox.ts";
import { until } from "./until.ts";
import { settled, stripeGet } from "./vendors.ts";

/** A session of a membership to which its client did not come: what is said of them can be objected to. */
export type Missed = {
  client: Client;
  bookingId: string;
  customer: string;
  subscription: string;
};

/** Somebody becomes a member of a coach who asks $25 for not coming, books a session and does not come. */
export async function miss(client: Client, coach: Coach): Promise<Missed> {
  await askForNoShows(coach);
  const { membershipId, page } = await agreeToMembership(client, coach);
  if ((await pay(client, page)) !== 303) throw new Error("The membership could not be paid.");
  await settled("STRIPE");
  await drain();

  const [period] = await sql<{ id: string; subscription: string; customer: string }[]>`
    select orders.id, stripe_subscription_id as subscription, stripe_customer_id as customer
    from public.orders
    join public.memberships on memberships.id = orders.membership_id
    join private.stripe_customers on profile_id = orders.client_id
    where membership_id = ${membershipId}
  `;
  const bookingId = await bookFirst(client, period!.id);
  await drain();
  await endWithout(bookingId, "client");
  const { subscription, customer } = period!;
  return { client, bookingId, subscription, customer };
}

/** Nobody objects: what is said stands, and its fee is to be charged. */
export async function letItStand({ bookingId }: Missed): Promise<void> {
  await endObjectionTime(bookingId);
}

async function bookFirst({ db }: Client, orderId: string): Promise<string> {
  const from = new Date(Date.now() + 2 * 24 * 60 * 60 * 1000);
  const span = { from, to: new Date(from.getTime() + 20 * 24 * 60 * 60 * 1000) };
  const [slot] = await creditSlots(db, orderId, span, 1);
  const booked = await bookWithCredit(db, {
    orderId,
    startsAt: slot!.startsAt,
    timeZone: "America/Phoenix",
    note: "",
  });
  if (!booked.ok) throw new Error(booked.error.message);
  return booked.value;
}

/** The fee's order, how it stands on the pages, and how the card was tried. */
export async function feeOf({ bookingId }: Missed) {
  const [fee] = await sql<{ orderId: string; state: string; tries: string[] }[]>`
    select order_id as "orderId", private.no_show_fee_state(no_show_fees)::text as state,
      array(
        select coalesce(outcome::text, 'open') from private.card_charges
        where card_charges.order_id = no_show_fees.order_id order by attempt
      ) as tries
    from private.no_show_fees where booking_id = ${bookingId}
  `;
  return fee;
}

/** Its payment page, opened the way the site does; undefined when there is nothing to pay by hand. */
export async function openFeePage({ client, bookingId }: Missed): Promise<string | undefined> {
  const fee = await findNoShowFeeCheckout(client.db, bookingId);
  if (!fee) return undefined;
  const page = await startFeeCheckout(bookingId, fee, client.person.profile.id);
  if (!page.ok) throw new Error(`Stripe made no page for the fee of ${bookingId}.`);
  return page.url;
}

type Intent = { id: string; status: string; metadata: Record<string, string> };

/** Stripe's payments of a fee that took money. */
export async function feeCharges(missed: Missed): Promise<Intent[]> {
  const fee = await feeOf(missed);
  const { data } = await stripeGet<{ data: Intent[] }>(
    `/v1/payment_intents?limit=100&customer=${missed.customer}`,
  );
  return data.filter(
    ({ status, metadata }) => status === "succeeded" && metadata["order_id"] === fee?.orderId,
  );
}

/** What its coach earned by it, in cents, and what of it was sent and taken back. */
export async function earnedBy(missed: Missed) {
  const fee = await feeOf(missed);
  return sql<{ share: number; sent: number; reversed: number }[]>`
    select earnings.share_cents as share,
      coalesce(sum(transfers.amount_cents) filter (where transfers.status = 'succeeded'), 0)::integer as sent,
      coalesce(sum(transfer_reversals.reversed_cents), 0)::integer as reversed
    from public.earnings
    left join public.transfers on transfers.earning_id = earnings.id
    left join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
    where earnings.order_id = ${fee!.orderId}
    group by earnings.id
  `;
}

/** Waits until what was earned by it is sent, or taken back, as far as it can be. */
export async function untilSent(missed: Missed, run: () => Promise<void>): Promise<void> {
  await until("its share is where it belongs", async () => {
    await run();
    const [row] = await earnedBy(missed);
    return row ? row.sent - row.reversed === row.share : false;
  });
}

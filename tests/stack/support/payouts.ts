import { onboardingUrl } from "~/features/payouts/payouts.server";

import { runJob, sql } from "../../e2e/support/database.ts";
import { earn } from "../../e2e/support/earned.ts";
import type { Coach } from "../../e2e/support/people.ts";
import { signIn } from "./client.ts";
import { until } from "./until.ts";
import { stripeGet } from "./vendors.ts";

/**
 * Sets up payouts the way a coach does, on Stripe's own pages, and waits until we know.
 * @returns the account's id at Stripe
 */
export async function openPayouts(coach: Coach): Promise<string> {
  const { db } = await signIn(coach);
  const link = await onboardingUrl(db, coach.coach.id);
  if (!link) throw new Error("Stripe made no link for the coach.");

  const opened = await fetch(link, { redirect: "manual" });
  const page = new URL(opened.headers.get("location") ?? "", link);
  const sent = await fetch(page, {
    method: "POST",
    redirect: "manual",
    headers: { origin: page.origin },
    body: new URLSearchParams({
      firstName: "Jenny",
      lastName: "Rosen",
      birthday: "1985-01-01",
      ssn: "0000",
      routingNumber: "110000000",
      accountNumber: "000123456789",
      verification: "at_once",
      step: "submit",
    }),
  });
  await sent.text();

  let account = "";
  await until("the coach can be paid", async () => {
    const [row] = await sql<{ id: string; status: string }[]>`
      select stripe_account_id as id, status from public.payout_accounts
      where coach_id = ${coach.coach.id}
    `;
    account = row?.id ?? "";
    return row?.status === "active";
  });
  return account;
}

/**
 * Releases what a session brought, which was held days ago, and has it sent, if nothing stands in the
 * way. Cron does the same at the same time, and what it works on is left out here.
 */
export async function releaseAndSend(bookingId: string, hoursAgo?: number): Promise<void> {
  await earn(bookingId, hoursAgo);
  await until("the share is sent, or waits for something", async () => {
    await runJob("release_earnings");
    await runJob("send_transfers");
    const [row] = await sql<{ isDone: boolean }[]>`
      select bool_and(transfers.status <> 'waiting' or private.unsent_because(transfers) is not null) as "isDone"
      from public.earnings join public.transfers on transfers.earning_id = earnings.id
      where earnings.booking_id = ${bookingId}
    `;
    return row?.isDone === true;
  });
}

/** Gives back a part of what a session cost, as an admin. */
export async function giveBack(bookingId: string, cents: number): Promise<void> {
  await sql`
    select private.request_refund(bookings, ${cents}, 'admin_cancelled')
    from public.bookings where id = ${bookingId}
  `;
}

export type StripeTransfer = {
  id: string;
  amount: number;
  amount_reversed: number;
  source_transaction: string | null;
  reversals: { data: { id: string; amount: number }[] };
};

/** The transfers at Stripe that a session's order has. */
export async function transfersAtStripe(bookingId: string): Promise<StripeTransfer[]> {
  const [row] = await sql<{ orderId: string }[]>`
    select order_id as "orderId" from public.bookings where id = ${bookingId}
  `;
  const { data } = await stripeGet<{ data: StripeTransfer[] }>(
    `/v1/transfers?transfer_group=order_${row?.orderId}`,
  );
  return data;
}

/** What we know of them, and of what was taken back. */
export async function transferRows(bookingId: string) {
  return sql<
    {
      status: string;
      amount: number;
      netted: number;
      stripeId: string | null;
      asked: number | null;
      reversed: number | null;
      reversal: string | null;
    }[]
  >`
    select transfers.status, transfers.amount_cents as amount, transfers.netted_cents as netted,
      transfers.stripe_transfer_id as "stripeId", transfer_reversals.amount_cents as asked,
      transfer_reversals.reversed_cents as reversed, transfer_reversals.status as reversal
    from public.earnings
    join public.transfers on transfers.earning_id = earnings.id
    left join public.transfer_reversals on transfer_reversals.transfer_id = transfers.id
    where earnings.booking_id = ${bookingId}
  `;
}

/** What the ledger says is owed to a coach; negative when they owe. */
export async function payableTo(coach: Coach): Promise<number> {
  const [row] = await sql<{ cents: number }[]>`
    select coalesce(-sum(ledger_entries.amount_cents), 0)::integer as cents
    from public.orders
    join private.ledger_journals on ledger_journals.order_id = orders.id
    join private.ledger_entries on ledger_entries.journal_id = ledger_journals.id
    where orders.coach_id = ${coach.coach.id} and ledger_entries.account = 'coach_payable'
  `;
  return row?.cents ?? 0;
}

/** What does not add up of a coach's money. */
export async function mismatchesOf(coach: Coach) {
  return sql`
    select money_mismatch.what, money_mismatch.order_id from admin.money_mismatch
    where coach_id = ${coach.coach.id}
      or order_id in (select id from public.orders where orders.coach_id = ${coach.coach.id})
  `;
}

import { setTimeout as delay } from "node:timers/promises";

import { createClient, type PostgrestSingleResponse } from "@supabase/supabase-js";

import type { Database } from "../../../app/lib/database.types.ts";
import type { Db } from "../../../app/lib/db.server.ts";
import { runJob, sql } from "../../e2e/support/database.ts";
import type { Coach } from "../../e2e/support/people.ts";
import { stackValue } from "../../e2e/support/stack.ts";
import type { Client } from "./client.ts";

export type StormCoach = { coach: Coach; db: Db };

type Storm = {
  clients: Client[];
  coaches: StormCoach[];
  /** The first of the hours that everybody wants. */
  firstHour: Date;
  milliseconds: number;
};

export type StormReport = {
  /** What was tried, and how often it was done. */
  calls: Record<string, { tried: number; done: number }>;
  /** Codes of what was refused, and how often. */
  refusals: Record<string, number>;
  /** Milliseconds of the slowest call. */
  slowest: number;
};

/** So few that people meet: at most every other attempt finds a free one. */
const HOURS = 8;

/** How many weeks a series is long, and everybody's hours go on. */
const WEEKS = 3;

const WEEK = 7 * 24 * 3_600_000;

/**
 * Lets everybody act at once, each one thing after the other, until the time is over.
 * @returns what was done and refused; nothing throws but what is not an answer of the database
 */
export async function runStorm(storm: Storm): Promise<StormReport> {
  const report: StormReport = { calls: {}, refusals: {}, slowest: 0 };
  const endsAt = Date.now() + storm.milliseconds;
  const isOver = () => Date.now() >= endsAt;
  const stripe = createClient<Database>(
    stackValue("SUPABASE_URL"),
    stackValue("SUPABASE_SECRET_KEY"),
    { auth: { persistSession: false } },
  );

  async function note<Value>(
    action: string,
    call: PromiseLike<PostgrestSingleResponse<Value>>,
  ): Promise<Value | null> {
    const begin = performance.now();
    const { data, error } = await call;
    report.slowest = Math.max(report.slowest, Math.round(performance.now() - begin));
    const count = (report.calls[action] ??= { tried: 0, done: 0 });
    count.tried += 1;
    if (error) report.refusals[error.code] = (report.refusals[error.code] ?? 0) + 1;
    else count.done += 1;
    return error ? null : data;
  }

  async function act(client: Client, own: OwnSession[]): Promise<void> {
    const session = own[random(own.length)];
    const dice = Math.random();
    if (!session || dice < 0.4)
      return Math.random() < 0.3 ? bookSeries(client, own) : book(client, own);
    if (dice < 0.65) return move("move", client.db, session);
    if (dice < 0.8) return move("coach moves", session.coach.db, session);
    own.splice(own.indexOf(session), 1);
    return cancel(client.db, session);
  }

  async function book({ db }: Client, own: OwnSession[]): Promise<void> {
    const coach = storm.coaches[random(storm.coaches.length)]!;
    const bookingId = await note(
      "book",
      db.rpc("request_booking", {
        offer_id: coach.coach.offer.id,
        starts_at: someHour(),
        time_zone: "America/New_York",
      }),
    );
    if (bookingId) await settle(db, own, { bookingId, coach, isSeries: false });
  }

  async function bookSeries({ db }: Client, own: OwnSession[]): Promise<void> {
    const coach = storm.coaches[random(storm.coaches.length)]!;
    const first = storm.firstHour.getTime() + random(HOURS) * 3_600_000;
    const bookingId = await note(
      "book series",
      db.rpc("request_series", {
        offer_id: coach.coach.offer.id,
        starts: Array.from({ length: WEEKS }, (_, week) =>
          new Date(first + week * WEEK).toISOString(),
        ),
        time_zone: "America/New_York",
      }),
    );
    if (bookingId) await settle(db, own, { bookingId, coach, isSeries: true });
  }

  /** Pays for what is held, or lets it go. */
  async function settle(db: Db, own: OwnSession[], session: OwnSession): Promise<void> {
    const { bookingId } = session;
    if (Math.random() < 0.15) {
      await note("let go", db.rpc("release_hold", { booking_id: bookingId }));
      return;
    }
    const checkout = await note("look", db.rpc("checkout_details", { booking_id: bookingId }));
    const order = checkout?.[0];
    if (!order) throw new Error(`${bookingId} has no checkout.`);
    const paid = await note("pay", stripe.rpc("apply_stripe_event", { event: paidEvent(order) }));
    if (paid) own.push(session);
  }

  async function move(action: string, db: Db, { bookingId, isSeries }: OwnSession): Promise<void> {
    await note(
      isSeries ? "move series" : action,
      db.rpc("reschedule_booking", {
        booking_id: bookingId,
        starts_at: isSeries ? someHour(1) : someHour(),
        and_following: isSeries,
      }),
    );
  }

  async function cancel(db: Db, { bookingId, isSeries }: OwnSession): Promise<void> {
    const asked = { booking_id: bookingId };
    const quotes = isSeries
      ? await note("look", db.rpc("following_refund_quotes", asked))
      : await note("look", db.rpc("refund_quote", asked));
    await note(
      isSeries ? "cancel series" : "cancel",
      db.rpc("cancel_booking", {
        booking_id: bookingId,
        expected_refund_cents: quotes?.reduce((sum, quote) => sum + quote.refund_cents, 0) ?? -1,
        and_following: isSeries,
      }),
    );
  }

  function someHour(weeks = WEEKS): string {
    const hour = random(HOURS) * 3_600_000 + random(weeks) * WEEK;
    return new Date(storm.firstHour.getTime() + hour).toISOString();
  }

  async function live(client: Client): Promise<void> {
    const own: OwnSession[] = [];
    while (!isOver()) await act(client, own);
  }

  /** What cron does meanwhile, and an impatient admin who ends holds. */
  async function runJobs(): Promise<void> {
    while (!isOver()) {
      await sql`
        update public.bookings set hold_expires_at = now()
        where id in (select id from public.bookings where status = 'held' limit 3 for update skip locked)
      `;
      await runJob("expire_holds");
      await runJob("queue_due_notices");
      await runJob("complete_bookings");
      await delay(200);
    }
  }

  await Promise.all([...storm.clients.map(live), runJobs()]);
  return report;
}

type OwnSession = { bookingId: string; coach: StormCoach; isSeries: boolean };

type PaidOrder = { order_id: string; amount_cents: number; currency: string };

/** What stripe-webhook hands on when an order's checkout is paid. */
function paidEvent({ order_id, amount_cents, currency }: PaidOrder) {
  return {
    id: `evt_storm_${order_id}`,
    type: "checkout.session.completed",
    data: {
      object: {
        payment_status: "paid",
        payment_intent: `pi_storm_${order_id}`,
        amount_total: amount_cents,
        currency,
        metadata: { order_id },
      },
    },
  };
}

function random(below: number): number {
  return Math.floor(Math.random() * below);
}

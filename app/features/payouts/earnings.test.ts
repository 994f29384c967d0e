import { expect, it } from "vitest";

import { earningsCsv } from "./earnings-csv.ts";
import { earningTitle, holdWords, stateWords } from "./earnings.ts";

const sent = {
  state: "paid",
  hold: null,
  paid_cents: 10000,
  refunded_cents: 0,
  share_cents: 8500,
  netted_cents: 0,
  missed_booking_id: null,
} as const;

it("says where the money of a session is", () => {
  expect(stateWords(sent)).toBe("Paid");
  expect(stateWords({ ...sent, state: "available" })).toBe("On its way");
  expect(stateWords({ ...sent, state: "nothing", refunded_cents: 10000 })).toBe("Refunded");
  expect(stateWords({ ...sent, state: "nothing" })).toBe("No earnings");
});

it("says that a fee for a missed session is one, and that it was not paid", () => {
  const fee = { ...sent, missed_booking_id: "b", paid_cents: 0, offer_title: "Steady" };
  expect(earningTitle(fee)).toBe("No-show fee: Steady");
  expect(earningTitle({ ...fee, missed_booking_id: null })).toBe("Steady");
  expect(stateWords({ ...fee, state: "nothing" })).toBe("Not paid");
  expect(stateWords({ ...fee, state: "nothing", paid_cents: 2500, refunded_cents: 2500 })).toBe(
    "Refunded",
  );
  expect(holdWords({ ...fee, state: "pending", hold: "payment" })).toMatch(/not through yet/);
});

it("says what it waits for, and what was kept back", () => {
  expect(holdWords(sent)).toBe("");
  expect(holdWords({ ...sent, state: "on_hold", hold: "no_account" })).toMatch(/Set up payouts/);
  expect(holdWords({ ...sent, netted_cents: 100 })).toBe("Less what you owed");
  expect(holdWords({ ...sent, netted_cents: 8500 })).toBe("Kept back for what you owed");
});

it("writes a file with amounts as decimals and the day in the coach's zone", () => {
  const file = earningsCsv(
    [
      {
        ...sent,
        order_id: "o",
        booking_id: "b",
        status: "completed",
        starts_at: "2026-11-26T03:30:00+00:00",
        client_name: "=Dana",
        offer_title: 'An hour, "long"',
        fee_cents: 1505,
        subsidy_cents: 0,
        sent_cents: 8500,
        released_at: "2026-11-28T04:30:00+00:00",
      },
    ],
    "America/Chicago",
  );
  expect(file).toBe(
    "Date (America/Chicago),Client,Offer,Client paid (USD),Returned (USD),Fee (USD),Added by Walkthrough (USD),Your share (USD),Sent (USD),Kept back (USD),State,Reason,Session\r\n" +
      `2026-11-25,'=Dana,"An hour, ""long""",100.00,0.00,15.05,0.00,85.00,85.00,0.00,Paid,,b\r\n`,
  );
});

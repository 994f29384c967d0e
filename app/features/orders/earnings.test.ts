import { expect, it } from "vitest";

import { earningState, totalEarnings } from "./earnings.ts";

const held = {
  paid_cents: 20000,
  refunded_cents: 0,
  fee_cents: 3000,
  share_cents: 17000,
  is_released: true,
};
const half = {
  paid_cents: 10000,
  refunded_cents: 5000,
  fee_cents: 750,
  share_cents: 4250,
  is_released: false,
};
const cancelled = {
  paid_cents: 5000,
  refunded_cents: 5000,
  fee_cents: 0,
  share_cents: 0,
  is_released: false,
};

it("adds up so that nothing is lost: paid is refunded, fee and share; share is available or pending", () => {
  const totals = totalEarnings([held, half, cancelled]);
  expect(totals).toEqual({
    paid: 35000,
    refunded: 10000,
    fee: 3750,
    share: 21250,
    available: 17000,
    pending: 4250,
  });
  expect(totals.refunded + totals.fee + totals.share).toBe(totals.paid);
  expect(totals.available + totals.pending).toBe(totals.share);
});

it("says where the money of a session is", () => {
  expect([held, half, cancelled].map(earningState)).toEqual(["Available", "Pending", "Refunded"]);
});

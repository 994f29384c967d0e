import { expect, it } from "vitest";

import { coachShare, feePercent } from "./fee.ts";

it("states a fee in percent, and what it leaves", () => {
  expect([1500, 1250, 0].map(feePercent)).toEqual(["15%", "12.5%", "0%"]);
  expect(coachShare(15_000, 1500)).toBe(12_750);
  expect(coachShare(999, 1500)).toBe(849); // the fee is rounded, half a cent up, as in SQL
});

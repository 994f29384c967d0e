import { expect, it } from "vitest";

import { everyWords, givesWords, priceWords, statusWords, trialWords } from "./membership-words.ts";

const plan = {
  duration_minutes: 60,
  price_cents: 28_000,
  billing_interval: "month" as const,
  sessions_a_month: 2,
};

it("says what a membership gives and costs", () => {
  expect(givesWords(plan)).toBe("2 sessions of 1 hour every month");
  expect(givesWords({ ...plan, sessions_a_month: 1 })).toBe("1 session of 1 hour every month");
  expect(priceWords(plan)).toBe("$280 a month");
  expect(priceWords({ ...plan, billing_interval: "year", price_cents: 199_950 })).toBe(
    "$1,999.50 a year",
  );
  expect(everyWords({ billing_interval: "year" })).toBe("every year");
});

it("says what is free at first, if anything", () => {
  expect(trialWords(plan, 0)).toBe("$280 a month");
  expect(trialWords(plan, 1)).toBe("1 day free, then $280 a month");
  expect(trialWords(plan, 14)).toBe("14 days free, then $280 a month");
});

it("says how a membership stands", () => {
  expect(statusWords({ status: "active", is_ending: false })).toBe("Active");
  expect(statusWords({ status: "active", is_ending: true })).toBe("Cancelled");
  expect(statusWords({ status: "ended", is_ending: true })).toBe("Ended");
  expect(statusWords({ status: "past_due", is_ending: false })).toBe("Payment failed");
});

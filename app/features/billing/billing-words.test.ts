import { expect, it } from "vitest";

import { paymentStateWords, returnedWords } from "./billing-words.ts";

const paid = {
  status: "succeeded",
  gross_cents: 9000,
  returned_cents: 0,
  returning_cents: 0,
  refused_cents: 0,
} as const;

it("says how a payment stands", () => {
  expect(paymentStateWords(paid)).toBe("Paid");
  expect(paymentStateWords({ ...paid, returned_cents: 4500 })).toBe("Partly refunded");
  expect(paymentStateWords({ ...paid, returned_cents: 9000 })).toBe("Refunded");
  expect(paymentStateWords({ ...paid, returning_cents: 4500 })).toBe("Refund on its way");
  expect(paymentStateWords({ ...paid, returning_cents: 1, refused_cents: 4500 })).toBe(
    "Refund refused",
  );
  expect(paymentStateWords({ ...paid, status: "failed" })).toBe("Declined");
  expect(paymentStateWords({ ...paid, status: "authorized" })).toBe("On hold at your bank");
  expect(paymentStateWords({ ...paid, status: "released" })).toBe("Not charged");
});

it("says to the cent what comes back", () => {
  expect(returnedWords(paid)).toBeNull();
  expect(returnedWords({ ...paid, returned_cents: 4500, returning_cents: 1 })).toBe(
    "$45.00 came back, $0.01 is on its way back.",
  );
  expect(returnedWords({ ...paid, returned_cents: 1000, refused_cents: 8000 })).toBe(
    "$10.00 came back. Your bank refused a refund of $80.00. We have seen it and will be in touch.",
  );
});

import { expect, it } from "vitest";

import { agreedWords, feeWords } from "./fee-words.ts";

it("says before what it costs not to come, to whom it costs and to whom it goes", () => {
  const terms = { amount_cents: 2500, objection_minutes: 2880 };
  expect(agreedWords(terms, "client")).toBe(
    "If you don’t come, $25.00 is charged to the card you pay your membership with, unless you object within 48 hours.",
  );
  expect(agreedWords(terms, "coach")).toMatch(
    /^If your client doesn’t come, \$25\.00 is charged to the card of their membership, unless they object within 48/,
  );
});

it("says how it stands, with the amount, to each in their own words", () => {
  const STATES = ["due", "overdue", "paid", "returned", "unpaid", "waived"] as const;
  const said = STATES.flatMap((state) => {
    const fee = { state, amount_cents: 2550 };
    return [feeWords(fee, "client"), feeWords(fee, "coach")];
  });
  expect(new Set(said).size).toBe(12);
  for (const words of said) {
    expect(words).toContain("$25.50");
    expect(words).not.toMatch(/\b(go|were|are) (back|called|due)/); // an amount is one thing
  }
  expect(feeWords({ state: "unpaid", amount_cents: 2500 }, "coach")).toMatch(/^Not paid/);
});

import { describe, expect, it } from "vitest";

import { lengthChoices, offerFormValues, OfferSchema } from "./offer-schema.ts";

function priceOf(typed: string) {
  const parsed = OfferSchema.safeParse({ title: "Rehearsal", durationMinutes: 60, price: typed });
  return parsed.success ? parsed.data.price : null;
}

describe("an offer's price", () => {
  it("is read as people write dollars, to the cent", () => {
    expect(["150", " $150 ", "149.50", "149.5", "1,250.00", "0.29", "19.99"].map(priceOf)).toEqual([
      15000, 15000, 14950, 14950, 125000, 29, 1999,
    ]);
  });

  it("is nothing else", () => {
    const wrong = ["", "free", "-5", "1e3", "15.005", "12,50", "1,2,3", "99999999999", "NaN"];
    expect(wrong.filter((typed) => priceOf(typed) !== null)).toEqual([]);
  });
});

it("offers the length that is set already, in its place", () => {
  expect(lengthChoices(35).slice(2, 4)).toEqual([30, 35]);
  expect(new Set(lengthChoices(30)).size).toBe(lengthChoices(30).length);
});

it("shows a price so that saving it again changes nothing", () => {
  for (const cents of [500, 15000, 14950, 1999, 500000]) {
    const offer = {
      title: "Rehearsal",
      description: "",
      duration_minutes: 60,
      price_cents: cents,
      is_instant: true,
      seats: null,
      session_count: null,
      valid_months: null,
      instalments: null,
      deposit_sessions: null,
    };
    expect(priceOf(offerFormValues(offer).price)).toBe(cents);
  }
});

import { describe, expect, it } from "vitest";

import { quoteWords, refundWords, type Quote } from "./refund-words";

const client = { isClient: true, timeZone: "America/Phoenix" };
const coach = { isClient: false, timeZone: "America/New_York" };

const quote: Quote = {
  paid_cents: 15_000,
  refund_tax_cents: 0,
  refund_cents: 15_000,
  full_until: "2026-11-24T16:00:00+00:00",
  partial_until: "2026-11-25T12:00:00+00:00",
  partial_refund_percent: 50,
  uses_credit: false,
  returns_credit: false,
};

describe("what comes back on cancelling", () => {
  it("names the amount, until when, and what comes after", () => {
    expect(quoteWords(quote, client, new Date("2026-11-23T12:00:00Z"))).toEqual([
      "All of the $150.00 you paid comes back to your card.",
      "That is so until Tuesday, November 24, 2026, 9:00 AM Mountain Standard Time. After that, 50% comes back.",
    ]);
  });

  it("in the middle tier names its own end", () => {
    const half = { ...quote, refund_cents: 7_500 };
    const [amount, end] = quoteWords(half, client, new Date("2026-11-24T17:00:00Z"));
    expect(amount).toBe("$75.00 of the $150.00 you paid comes back to your card.");
    expect(end).toContain("Wednesday, November 25, 2026, 5:00 AM");
    expect(end).toContain("nothing comes back");
  });

  it("at last says plainly that nothing does", () => {
    const none = { ...quote, refund_cents: 0 };
    expect(quoteWords(none, client, new Date("2026-11-25T15:00:00Z"))).toEqual([
      "Nothing of the $150.00 you paid comes back.",
    ]);
  });

  it("of a session from a package says that it goes back there, until when, and what comes after", () => {
    const prepaid = { ...quote, refund_cents: 0, uses_credit: true, returns_credit: true };
    expect(quoteWords(prepaid, client, new Date("2026-11-23T12:00:00Z"))).toEqual([
      "The session goes back to your package.",
      "That is so until Tuesday, November 24, 2026, 9:00 AM Mountain Standard Time. After that it is used up, and 50% comes back.",
    ]);
    expect(quoteWords(prepaid, coach, new Date("2026-11-23T12:00:00Z"))).toEqual([
      "The session goes back to your client’s package, and you earn nothing for it.",
    ]);
  });

  it("of a session of a membership says so", () => {
    const own = {
      ...quote,
      paid_cents: 0,
      refund_cents: 0,
      uses_credit: true,
      returns_credit: true,
    };
    expect(quoteWords(own, client, new Date("2026-11-23T12:00:00Z"))).toEqual([
      "The session goes back to your membership.",
      "That is so until Tuesday, November 24, 2026, 9:00 AM Mountain Standard Time. After that it is used up.",
    ]);
  });

  it("once its membership's period is over says what comes back of the price", () => {
    const ended = {
      ...quote,
      paid_cents: 0,
      refund_cents: 6667,
      refund_tax_cents: 550,
      uses_credit: true,
    };
    expect(quoteWords(ended, client, new Date("2026-11-23T12:00:00Z"))).toEqual([
      "Its period is over, so its part of that period’s price, $66.67, comes back to your card.",
      "With it, $5.50 of tax comes back.",
    ]);
    expect(quoteWords(ended, coach, new Date("2026-11-23T12:00:00Z"))).toEqual([
      "Its period is over, so your client gets back its part of that period’s price, $66.67, and you earn nothing for it.",
    ]);
  });

  it("later says that it is used up, and what part of its price comes back", () => {
    const half = { ...quote, refund_cents: 7_500, uses_credit: true };
    expect(quoteWords(half, client, new Date("2026-11-24T17:00:00Z"))[0]).toBe(
      "The session is used up. $75.00 of the $150.00 it cost comes back to your card.",
    );
    const none = { ...quote, refund_cents: 0, uses_credit: true };
    expect(quoteWords(none, client, new Date("2026-11-25T15:00:00Z"))).toEqual([
      "The session is used up, and nothing comes back.",
    ]);
  });

  it("once its package has ended says that its price comes back as money", () => {
    const ended = { ...quote, uses_credit: true };
    expect(quoteWords(ended, client, new Date("2026-11-23T12:00:00Z"))[0]).toBe(
      "Its package has ended, so all of the $150.00 it cost comes back to your card.",
    );
  });

  it("of a free session says that there is nothing to come back, to both", () => {
    const free = { ...quote, paid_cents: 0, refund_cents: 0 };
    for (const reader of [client, coach]) {
      expect(quoteWords(free, reader, new Date("2026-11-23T12:00:00Z"))).toEqual([
        "Nothing was paid for it, so nothing has to come back.",
      ]);
    }
  });

  it("speaks of no middle tier where a policy has none", () => {
    const plain = { ...quote, partial_until: quote.full_until };
    expect(quoteWords(plain, client, new Date("2026-11-23T12:00:00Z"))[1]).toContain(
      "After that, nothing comes back.",
    );
  });

  it("tells a coach what it costs them", () => {
    expect(quoteWords(quote, coach, new Date("2026-11-23T12:00:00Z"))).toEqual([
      "Your client gets back all of the $150.00 they paid, and you earn nothing for it.",
    ]);
  });
});

describe("a refund in words", () => {
  it("does not claim that money has arrived before it has", () => {
    const refund = {
      amount_cents: 7_500,
      tax_cents: 0,
      status: "requested",
      settled_at: null,
      is_elsewhere: false,
    } as const;
    expect(refundWords(refund, client)).toBe("$75.00 is on its way back to your card.");
    expect(refundWords({ ...refund, status: "failed" }, client)).toContain("refused");
    const taxed = { ...refund, tax_cents: 619 };
    expect(refundWords(taxed, client)).toBe(
      "$81.19 (including $6.19 tax) is on its way back to your card.",
    );
    expect(refundWords(taxed, { ...client, isClient: false })).toBe(
      "$75.00 is on its way back to the client.",
    );
    expect(
      refundWords({ ...refund, status: "succeeded", settled_at: "2026-11-24T03:00:00Z" }, client),
    ).toContain("went back to your card on Monday, November 23, 2026.");
    const elsewhere = { ...refund, status: "succeeded", is_elsewhere: true } as const;
    expect(refundWords(elsewhere, client)).toBe(
      "We gave you $75.00 back, in another way than to your card.",
    );
  });
});

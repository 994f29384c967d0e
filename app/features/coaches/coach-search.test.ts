import { describe, expect, it } from "vitest";

import { coachSearchPath, filterChips, readCoachSearch, type SearchChoices } from "./coach-search";

const choices: SearchChoices = {
  states: [{ value: "AZ", label: "Arizona" }],
  specialties: [{ value: "negotiation", label: "Offer negotiation", audience: "realtor" }],
  languages: [{ value: "es", label: "Spanish" }],
};

function read(query: string) {
  return readCoachSearch(new URLSearchParams(query));
}

describe("a search in the address", () => {
  it("survives being read and written", () => {
    const path = "/coaches?q=rates&state=AZ&max_price=150&sort=price&page=2";
    expect(coachSearchPath(read(path.split("?")[1]!).search)).toBe(path);
  });

  it("leaves out what makes no sense", () => {
    expect(read("sort=shoe-size&page=-3&state=%20").search).toMatchObject({
      sort: "rating",
      page: 1,
      state: null,
    });
    expect(read("page=1e9").search.page).toBe(100);
  });

  it("never passes on characters that Postgres refuses", () => {
    expect(read("q=list%00ing").search.q).toBe("list ing");
  });

  it("takes a price as people type it, and says when it is none", () => {
    expect(read("max_price=%24150").search.maxPriceCents).toBe(15_000);
    expect(read("max_price=0").search.maxPriceCents).toBe(0);
    expect(read("max_price=cheap")).toMatchObject({
      search: { maxPriceCents: null },
      priceError: "Enter whole dollars, such as 150.",
    });
  });
});

describe("filters that are on", () => {
  it("are named, and each can be taken off alone", () => {
    const { search } = read("q=rates&state=AZ&max_price=150&page=3");
    expect(filterChips(search, choices)).toEqual([
      { name: "q", label: "“rates”", href: "/coaches?state=AZ&max_price=150" },
      { name: "state", label: "Arizona", href: "/coaches?q=rates&max_price=150" },
      { name: "maxPriceCents", label: "Up to $150", href: "/coaches?q=rates&state=AZ" },
    ]);
  });

  it("show what was asked for even when it is not on the list", () => {
    expect(filterChips(read("state=ZZ").search, choices)[0]?.label).toBe("ZZ");
  });
});

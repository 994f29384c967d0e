import { describe, expect, it } from "vitest";

import { bookOfferPath, coachesPath, coachPath, signInPath } from "./paths.ts";

describe("paths", () => {
  it("leaves out filters that are not set", () => {
    expect(coachesPath({ q: "", state: null, specialty: "negotiation" })).toBe(
      "/coaches?specialty=negotiation",
    );
    expect(coachesPath()).toBe("/coaches");
  });

  it("gives the first page of results one address only", () => {
    expect(coachesPath({ q: "rates", page: 1 })).toBe("/coaches?q=rates");
    expect(coachesPath({ q: "rates", page: 2 })).toBe("/coaches?q=rates&page=2");
  });

  it("encodes what it is given, so that a value cannot become part of the address", () => {
    expect(coachPath("../sign-out?x")).toBe("/coaches/..%2Fsign-out%3Fx");
    expect(bookOfferPath("ana", "1/2", { week: "2026-03-08" })).toBe(
      "/coaches/ana/book/1%2F2?week=2026-03-08",
    );
    expect(signInPath("/coaches?q=a&b=c")).toBe("/sign-in?redirect_to=%2Fcoaches%3Fq%3Da%26b%3Dc");
  });
});

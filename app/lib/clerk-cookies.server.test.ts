import { describe, expect, it } from "vitest";

import { parseSetCookie, readCookies, relaySetCookie } from "./clerk-cookies.server.ts";

describe("a cookie of Clerk's", () => {
  it("becomes one of this host that no script can read", () => {
    const theirs =
      "__client_uat=1; Domain=.walkthrough.example; Path=/v1; Max-Age=60; SameSite=None; Secure";
    expect(relaySetCookie(theirs, true)).toBe(
      "__client_uat=1; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure",
    );
    expect(relaySetCookie(theirs, false)).not.toContain("Secure");
  });

  it("keeps the whole of a value with equals signs", () => {
    expect(parseSetCookie("__client=a=b==; Path=/")).toEqual({ name: "__client", value: "a=b==" });
  });

  it.each([
    "__client=; Path=/",
    "__client=x; Max-Age=0",
    "__client=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
  ])("is deleted by %s", (header) => {
    expect(parseSetCookie(header)).toEqual({ name: "__client", value: null });
  });
});

describe("a Cookie header", () => {
  it("is read as browsers write it; the first of two wins", () => {
    expect(readCookies("a=1; b=x=y ;a=2; broken; =nameless")).toEqual(
      new Map([
        ["a", "1"],
        ["b", "x=y"],
      ]),
    );
    expect(readCookies(null).size).toBe(0);
  });
});

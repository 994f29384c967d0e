import { describe, expect, it } from "vitest";

import type { Viewer } from "./auth.server.ts";
import { readTimeZone, serializeTimeZone } from "./time-zone.server.ts";

const visitor = { signedIn: false } as Viewer;

function member(onboardedAt: string | null): Viewer {
  const profile = { time_zone: "America/Chicago", onboarded_at: onboardedAt };
  return { signedIn: true, profile } as Viewer;
}

function request(cookie = ""): Request {
  return new Request("http://site.invalid/", { headers: { Cookie: cookie } });
}

describe("the zone a page shows its times in", () => {
  it("is the member's own, whatever the browser says", () => {
    const page = request("time_zone=Pacific/Honolulu");
    expect(readTimeZone(page, member("2026-11-23"))).toEqual({
      timeZone: "America/Chicago",
      source: "profile",
    });
  });

  it("is the browser's until a person has said who they are", () => {
    const page = request("theme=x; time_zone=Pacific/Honolulu; other_time_zone=UTC");
    for (const viewer of [visitor, member(null)]) {
      expect(readTimeZone(page, viewer)).toEqual({
        timeZone: "Pacific/Honolulu",
        source: "cookie",
      });
    }
  });

  it("is a guess, and said to be one, when nothing or nonsense is kept", () => {
    for (const cookie of ["", "time_zone=", "time_zone=Mars/Olympus", "my_time_zone=UTC"]) {
      expect(readTimeZone(request(cookie), visitor), cookie).toEqual({
        timeZone: "America/New_York",
        source: "guess",
      });
    }
  });

  it("puts nothing into a cookie but the name of a zone", () => {
    expect(serializeTimeZone("America/Denver")).toContain("time_zone=America/Denver;");
    expect(serializeTimeZone("UTC; Domain=evil.example")).toBe(
      "time_zone=; Path=/; SameSite=Lax; Max-Age=0",
    );
  });
});

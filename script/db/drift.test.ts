import { describe, expect, it } from "vitest";

import { keepManaged } from "./drift.ts";

describe("keepManaged", () => {
  it("drops what is not the schema's to say and keeps the rest in order", () => {
    const sql = [
      "SET local check_function_bodies = off;",
      "CREATE TABLE a (b text DEFAULT 'COMMENT ON EXTENSION x;');",
      `COMMENT ON EXTENSION "pg_net" IS 'Async; HTTP';`,
      "SELECT cron.unschedule('tidy');",
      "COMMENT ON TABLE a IS 'it''s a table';",
    ];
    expect(keepManaged(sql.join("\n\n"))).toBe([sql[0], sql[1], sql[4]].join("\n\n"));
  });

  it("says nothing if only settings remain", () => {
    expect(
      keepManaged("SET local check_function_bodies = off;\n\nSELECT cron.unschedule('tidy');"),
    ).toBe("");
    expect(keepManaged("")).toBe("");
  });
});

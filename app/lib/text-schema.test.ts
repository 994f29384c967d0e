import { describe, expect, it } from "vitest";

import { textSchema } from "./text-schema.ts";

describe("text from a form", () => {
  it("keeps lines and loses what Postgres refuses", () => {
    expect(textSchema().parse(" Thursday\r\nat\tfour\0\u0007 ")).toBe("Thursday\nat\tfour");
  });

  it("may be left out where it is optional", () => {
    expect(textSchema().parse(undefined)).toBe("");
  });

  it("must be more than spaces where it is not", () => {
    for (const empty of [undefined, "", "  \r\n"]) {
      const parsed = textSchema("Write a few lines.").safeParse(empty);
      expect(parsed.error?.issues[0]?.message).toBe("Write a few lines.");
    }
  });
});

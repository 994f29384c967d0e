import { expect, it } from "vitest";

import { nextVersion } from "./next-version.ts";

it("is the time, and always later than the last", () => {
  const now = new Date("2027-03-01T10:20:30.999Z");
  expect(nextVersion(undefined, now)).toBe("20270301102030");
  expect(nextVersion("20270228000000", now)).toBe("20270301102030");
  expect(nextVersion("20270301102030", now)).toBe("20270301102031");
  expect(nextVersion("20280101000000", now)).toBe("20280101000001");
});

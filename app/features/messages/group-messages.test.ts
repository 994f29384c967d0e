import { expect, it } from "vitest";

import { groupMessages } from "./group-messages.ts";

it("puts messages under the reader's days, not UTC's", () => {
  const messages = ["2026-06-02T03:00:00Z", "2026-06-02T06:59:00Z", "2026-06-02T07:00:00Z"].map(
    (createdAt) => ({ createdAt }),
  );
  const days = groupMessages(messages, "America/Los_Angeles");
  expect(days.map(({ day, messages: found }) => [day, found.length])).toEqual([
    ["2026-06-01", 2],
    ["2026-06-02", 1],
  ]);
});

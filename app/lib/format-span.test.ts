import { expect, it } from "vitest";

import { formatSpanSince } from "./format-span.ts";

const NOW = new Date("2026-06-10T12:00:00Z");

it.each([
  ["2026-06-10T12:00:01Z", "1 minute"],
  ["2026-06-10T11:59:30Z", "1 minute"],
  ["2026-06-10T11:00:01Z", "59 minutes"],
  ["2026-06-10T11:00:00Z", "1 hour"],
  ["2026-06-08T12:00:01Z", "47 hours"],
  ["2026-06-08T12:00:00+00:00", "2 days"],
])("since %s it is %s", (since, words) => {
  expect(formatSpanSince(since, NOW)).toBe(words);
});

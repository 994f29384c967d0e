import { expect, it } from "vitest";

import { formatAnswersIn } from "./answers-in.ts";

it.each([
  [1, "1 minute"],
  [11, "20 minutes"],
  [51, "1 hour"],
  [61, "2 hours"],
  [23 * 60, "23 hours"],
  [23 * 60 + 1, "24 hours"],
  [24 * 60 + 1, "2 days"],
])("%i minutes are %s", (minutes, words) => {
  expect(formatAnswersIn(minutes)).toBe(words);
});

import { expect, test } from "vitest";

import { searchScore } from "./search-score.ts";

// As in supabase/tests/reviews/rating.test.sql: two reviews with 22 of 30 stars, and none.
test("says what the database reckons", () => {
  const market = { prior: 4.3, weight: 5 };
  expect(searchScore({ average: 22 / 6, count: 2, ...market }).toFixed(4)).toBe("4.1190");
  expect(searchScore({ average: 0, count: 0, ...market })).toBe(4.3);
});

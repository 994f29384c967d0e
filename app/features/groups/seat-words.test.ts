import { expect, it } from "vitest";

import { seatsTakenWords } from "./seat-words.ts";

it("says how full it is to its coach", () => {
  expect(seatsTakenWords(8, 12)).toBe("8 of 12 seats");
});

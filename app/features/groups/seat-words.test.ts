import { expect, it } from "vitest";

import { seatsLeftWords, seatsTakenWords } from "./seat-words.ts";

it("says what is left of a date", () => {
  expect([-1, 0, 1, 2, 12].map(seatsLeftWords)).toEqual([
    "Full",
    "Full",
    "1 seat left",
    "2 seats left",
    "12 seats left",
  ]);
});

it("says how full it is to its coach", () => {
  expect(seatsTakenWords(8, 12)).toBe("8 of 12 seats");
});

import { expect, test } from "vitest";

import { joinWords } from "./join-words";

test("an answer comes behind what is written, if anything is", () => {
  expect(joinWords("Hello Dana,\n", "Bring the letter.")).toBe("Hello Dana,\n\nBring the letter.");
  expect(joinWords("  ", "Bring the letter.")).toBe("Bring the letter.");
});

import { expect, it } from "vitest";

import { dueWords } from "./due-words";

it("names each thing once", () => {
  const due = ["individual.dob.day", "individual.dob.month", "external_account", "settings.x"];
  expect(dueWords(due)).toEqual(["your date of birth", "your bank account", "a few more details"]);
  expect(dueWords([])).toEqual([]);
});

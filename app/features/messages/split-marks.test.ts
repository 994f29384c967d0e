import { expect, it } from "vitest";

import { splitMarks } from "./split-marks.ts";

it.each([
  ["plain", ["plain"]],
  ["a \u0002listing\u0003 of \u0002prices\u0003", ["a ", "listing", " of ", "prices", ""]],
  ["\u0002listing\u0003", ["", "listing", ""]],
])("marks every second part of %j", (excerpt, parts) => {
  expect(splitMarks(excerpt)).toEqual(parts);
});

import { expect, it } from "vitest";

import { practiceSteps } from "./practice-steps.ts";

function states(missing: Parameters<typeof practiceSteps>[0]) {
  return practiceSteps(missing).map((step) => step.state);
}

it("leads from one gap of a practice to the next", () => {
  expect(states("profile")).toEqual(["now", "later", "later"]);
  expect(states("hours")).toEqual(["done", "now", "later"]);
  expect(states("offers")).toEqual(["done", "done", "now"]);
  expect(states(null)).toEqual(["done", "done", "done"]);
});

import { expect, it } from "vitest";

import { bookingStates } from "./booking-states.ts";

it("draws each way from state to state, and where it begins and ends", () => {
  const page = bookingStates([
    { before: null, after: "held", verb: "hold", actors: ["client"] },
    { before: "held", after: "expired", verb: "lapse", actors: ["client", "system"] },
  ]);
  expect(page).toContain("  [*] --> held: hold\n  held --> expired: lapse\n  expired --> [*]\n");
  expect(page).toContain("| held | lapse | expired | client, system |");
});

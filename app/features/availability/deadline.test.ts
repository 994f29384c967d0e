import { describe, expect, it } from "vitest";

import { readDeadline } from "./deadline.server";

const now = new Date("2026-11-25T18:00:00Z");

function read(query: string) {
  return readDeadline(new URLSearchParams(query), "America/Chicago", now);
}

describe("a deadline in an address", () => {
  it("is an instant of the zone that was chosen, or of the reader's", () => {
    expect(read("date=2026-12-03&time=16:00").deadline?.toISOString()).toBe(
      "2026-12-03T22:00:00.000Z",
    );
    expect(
      read("date=2026-12-03&time=16:00&time_zone=America/New_York").deadline?.toISOString(),
    ).toBe("2026-12-03T21:00:00.000Z");
    expect(read("date=2026-12-03&time=16:00&time_zone=Mars/Base").search.timeZone).toBe(
      "America/Chicago",
    );
  });

  it("is the first of a time that clocks show twice", () => {
    expect(read("date=2027-11-07&time=01:30").deadline?.toISOString()).toBe(
      "2027-11-07T06:30:00.000Z",
    );
  });

  it("is none before anybody named one", () => {
    expect(read("")).toMatchObject({ deadline: null, errors: {}, search: { time: "16:00" } });
  });

  it("is refused beside its field, and kept", () => {
    expect(read("date=&time=09:00")).toMatchObject({ errors: { date: "Choose a date." } });
    expect(read("date=2026-11-25&time=11:30")).toMatchObject({
      deadline: null,
      errors: { date: "Choose a moment that is still ahead." },
      search: { date: "2026-11-25", time: "11:30" },
    });
    expect(read("date=2026-12-03&time=late").errors).toEqual({
      time: "Choose a time from the list.",
    });
  });

  it("takes odd pages for the first", () => {
    expect(read("page=-2").search.page).toBe(1);
    expect(read("page=3").search.page).toBe(3);
  });
});

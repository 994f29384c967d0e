import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startCalendarDatabase, type CalendarDatabase } from "./calendar-database.ts";
import { anyCase, scenesOf, type Case } from "./calendar.ts";
import { expectedTimes } from "./expected-times.ts";

/** No change of clocks, one at midnight, one of half an hour, offsets of half and quarter hours. */
const ZONES = [
  "America/New_York",
  "America/Phoenix",
  "Pacific/Honolulu",
  "America/St_Johns",
  "Europe/London",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "Asia/Beirut",
  "Asia/Kathmandu",
];

/** Cases that Postgres answers in one call. */
const BATCH = 60;
const BATCHES = 19;

let database: CalendarDatabase;
const seen = { cases: 0, offered: 0, results: new Map<string, number>() };

beforeAll(async () => {
  database = await startCalendarDatabase();
});

afterAll(async () => {
  await database.stop();
});

describe.concurrent.each(ZONES)("a coach in %s", (zone) => {
  const scenes = scenesOf(zone, Date.now());
  const batches = fc.array(fc.oneof(...scenes.map((scene) => anyCase(scene, ZONES))), {
    minLength: BATCH,
    maxLength: BATCH,
  });

  test("is offered when a second reckoning says so, and booked when offered", async () => {
    await fc.assert(
      fc.asyncProperty(batches, (cases) => tryCases(cases)),
      { numRuns: BATCHES, endOnFailure: true },
    );
  }, 180_000);
});

test("ten thousand cases were tried, and they were not all of one kind", () => {
  expect(seen.cases).toBeGreaterThanOrEqual(10_000);
  expect(seen.offered).toBeGreaterThan(seen.cases);
  expect([...seen.results.keys()].sort()).toEqual(["OBTIM", "OBTKN", "accepted"]);
  expect(seen.results.get("accepted")).toBeGreaterThan(seen.cases / 10);
});

async function tryCases(cases: Case[]): Promise<void> {
  await database.atOneMoment(async (now, answer) => {
    const questions = cases.map(({ calendar, from, to, pick, other }) => {
      const expected = expectedTimes(calendar, { from, to, now });
      const offered = expected.length > 0 ? [expected[pick % expected.length]!] : [];
      return { calendar, from, to, asks: [...offered, other], expected };
    });
    const answers = await answer(questions.map(({ expected: _expected, ...rest }) => rest));

    for (const [index, { calendar, from, to, asks, expected }] of questions.entries()) {
      const { offered, results } = answers[index]!;
      const context = () => JSON.stringify({ calendar, from: iso(from), to: iso(to) });
      expect(offered.map(iso), context()).toEqual(expected.map(iso));

      for (const [position, ask] of asks.entries()) {
        const result = results[position]!;
        const isFree =
          from <= ask && ask < to
            ? expected.includes(ask)
            : expectedTimes(calendar, { from: ask, to: ask + 1000, now }).length > 0;
        expect(result === "accepted", `${iso(ask)} ${result} ${context()}`).toBe(isFree);
        seen.results.set(result, (seen.results.get(result) ?? 0) + 1);
      }
      seen.cases += 1;
      seen.offered += offered.length;
    }
  });
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { formatDate, formatTime, localDay } from "../../app/lib/format-date.ts";
import { COACH_ZONE, startPracticeDatabase, type PracticeDatabase } from "./practice-database.ts";
import { anyCut, anyWeek, expectedSlots, zonedOf, type Week } from "./week.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RUNS = 25;

/** Where clients are, and by how many hours their clocks differ from UTC at a moment. */
const CLIENT_ZONES: Record<string, (at: number) => number> = {
  "America/Phoenix": () => -7,
  "Pacific/Honolulu": () => -10,
  "Europe/London": (at) => (isBritishSummer(at) ? 1 : 0),
};

let database: PracticeDatabase;

beforeAll(async () => {
  database = await startPracticeDatabase();
}, 60_000);

afterAll(async () => {
  await database.stop();
});

/** The next time that clocks change one way, in a zone: always ahead, whenever this runs. */
describe.each([
  ["America/New_York", "forward"],
  ["America/New_York", "back"],
  ["Europe/London", "forward"],
  ["Europe/London", "back"],
] as const)("around the night when %s goes %s", (timeZone, direction) => {
  const change = nextChange(timeZone, direction);
  const windows = fc
    .tuple(fc.integer({ min: -30, max: 0 }), fc.integer({ min: 6, max: 36 }))
    .map(([start, length]) => ({
      from: change + start * HOUR,
      to: change + (start + length) * HOUR,
    }));

  test("offers exactly what the coach's clock allows, and accepts all of it", async () => {
    let offered = 0;
    await fc.assert(
      fc.asyncProperty(anyWeek(), anyCut(), windows, async (week, cut, { from, to }) => {
        await database.open(week, cut);
        const slots = await database.availableSlots(from, to);

        expect(slots).toEqual(expectedSlots(week, cut, COACH_ZONE, from, to));
        for (const slot of slots) expect(isWithinHours(week, slot)).toBe(true);
        const refusals = await database.requestEach(slots.map((slot) => slot.startsAt));
        expect(refusals.filter((refusal) => refusal !== null)).toEqual([]);
        offered += slots.length;
      }),
      { numRuns: RUNS },
    );
    // A generator that makes empty weeks would prove nothing.
    expect(offered).toBeGreaterThan(0);
  }, 60_000);

  test("accepts nothing that is an hour off", async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anyWeek(), anyCut(), windows, async (week, cut, { from, to }) => {
        await database.open(week, cut);
        const slots = await database.availableSlots(from, to);
        const all = expectedSlots(week, cut, COACH_ZONE, from - DAY, to + DAY);
        const open = new Set(all.map((slot) => slot.startsAt));
        const wrong = slots
          .flatMap((slot) => [slot.startsAt - HOUR, slot.startsAt + HOUR])
          .filter((start) => !open.has(start));

        const refusals = await database.requestEach(wrong);
        expect(refusals.filter((refusal) => refusal !== "OBTIM")).toEqual([]);
        refused += wrong.length;
      }),
      { numRuns: RUNS },
    );
    expect(refused).toBeGreaterThan(0);
  }, 60_000);

  test.each(Object.keys(CLIENT_ZONES))("shows a client in %s their own clock", async (zone) => {
    const offset = CLIENT_ZONES[zone]!;
    await database.open(EVERY_HOUR, { minutes: 60, step: 30, notice: 0 });
    const slots = await database.availableSlots(change - 36 * HOUR, change + 36 * HOUR);
    expect(slots.length).toBeGreaterThan(100);

    for (const { startsAt } of slots) {
      // As if their clock were UTC's, moved: nothing here knows about zones.
      const clock = new Date(startsAt + offset(startsAt) * HOUR);
      const at = new Date(startsAt).toISOString();
      expect(formatTime(at, zone)).toBe(twelveHours(clock));
      expect(localDay(at, zone)).toBe(clock.toISOString().slice(0, 10));
      expect(formatDate(at, zone)).toContain(` ${clock.getUTCDate()}, ${clock.getUTCFullYear()}`);
    }
  });
});

/** A coach who never sleeps. */
const EVERY_HOUR: Week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  starts_at: "00:00",
  ends_at: "24:00",
}));

/** Whether the coach's clock shows working hours from the slot's first to its last minute. */
function isWithinHours(week: Week, { startsAt, endsAt }: { startsAt: number; endsAt: number }) {
  for (let at = startsAt; at < endsAt; at += 5 * 60_000) {
    const local = zonedOf(at, COACH_ZONE);
    const time = local.toPlainTime().toString({ smallestUnit: "minute" });
    const isOpen = week.some(
      (block) =>
        block.weekday === local.dayOfWeek && block.starts_at <= time && time < block.ends_at,
    );
    if (!isOpen) return false;
  }
  return true;
}

function nextChange(timeZone: string, direction: "forward" | "back"): number {
  let at = zonedOf(Date.now() + 2 * DAY, timeZone);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (!next) throw new Error(`${timeZone} does not change its clocks.`);
    const before = next.subtract({ seconds: 1 }).offsetNanoseconds;
    if (next.offsetNanoseconds > before === (direction === "forward"))
      return next.epochMilliseconds;
    at = next;
  }
}

/** From the last Sunday of March, 1:00 UTC, to the last Sunday of October, 1:00 UTC. */
function isBritishSummer(at: number): boolean {
  const year = new Date(at).getUTCFullYear();
  return at >= lastSunday(year, 2) && at < lastSunday(year, 9);
}

/** One o'clock UTC on the last Sunday of a month of 31 days; 0 is January. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31, 1));
  return last.getTime() - last.getUTCDay() * DAY;
}

function twelveHours(clock: Date): string {
  const hours = clock.getUTCHours();
  const minutes = String(clock.getUTCMinutes()).padStart(2, "0");
  return `${hours % 12 || 12}:${minutes} ${hours < 12 ? "AM" : "PM"}`;
}

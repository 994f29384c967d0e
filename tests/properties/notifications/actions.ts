import { wallTime, type Booking } from "./model.ts";
import type { Run } from "./run.ts";
import { LAST_EVENINGS, type Delivery, type Person } from "./world.ts";

/** Everything that people, coaches and admins do; the likelier ones stand here more often. */
export const ACTIONS = [
  "book",
  "book soon",
  "book before clocks change",
  "move",
  "cancel",
  "review",
  "write",
  "write",
  "choose",
  "choose",
  "choose",
  "be quiet",
  "edit a rule",
  "add a rule",
] as const;

const HOUR = 3_600_000;
const CLIENTS: Person[] = ["dana", "ben"];
const COACHES: Person[] = ["maria", "lena"];
const GROUPS = ["sessions", "reviews", "suggestions", "messages"];

/** Does one of them; @returns whether there was anything to do. */
export async function act(run: Run, action: (typeof ACTIONS)[number], dice: number) {
  const next = thrower(dice);
  const client = next.of(CLIENTS);
  const coach = next.of(COACHES);
  switch (action) {
    case "book":
      return run.book(client, coach, onTheHour(run.model.now + (24 + next.below(24 * 12)) * HOUR));
    case "book soon":
      return run.book(client, coach, onTheHour(run.model.now + (1 + next.below(30)) * HOUR));
    case "book before clocks change": {
      const evening = LAST_EVENINGS.find(({ at }) => at > run.model.now);
      if (!evening || next.below(3) > 0) return false;
      await run.passUntil(evening.at);
      await run.beQuiet(evening.person, { from: "21:00", until: timeOfDay(next.below(20) + 1) });
      const isClient = CLIENTS.includes(evening.person);
      const startsAt = onTheHour(run.model.now + (24 + next.below(100)) * HOUR);
      const isBooked = await run.book(
        isClient ? evening.person : client,
        isClient ? coach : evening.person,
        startsAt,
      );
      await run.passUntil(run.model.now + next.below(60) * 60_000);
      return isBooked;
    }
    case "move": {
      const booking = next.of(ahead(run));
      return (
        booking !== undefined &&
        run.move(booking, onTheHour(run.model.now + (1 + next.below(120)) * HOUR))
      );
    }
    case "cancel": {
      const booking = next.of(ahead(run));
      return booking !== undefined && run.cancel(booking);
    }
    case "review": {
      const held = [...run.model.bookings.values()].filter(
        ({ status, reviewedAt }) => status === "completed" && reviewedAt === null,
      );
      const booking = next.of(held);
      return booking !== undefined && run.review(booking);
    }
    case "write":
      return run.write(client, coach, next.of([client, coach]));
    case "choose": {
      // Best of what a worker was given and has said nothing of.
      const waiting = next.of(run.waitingForWord().filter(({ group }) => isSuggestion(group)));
      const person = waiting?.person ?? next.of([...CLIENTS, ...COACHES]);
      const group = waiting?.group ?? next.of(GROUPS);
      if (waiting) run.count("chosen while a worker has it");
      const all: Delivery[] = ["at_once", "daily", "daily", "weekly", "never"];
      return run.choose(person, group, next.of(group === "sessions" ? ["at_once", "never"] : all));
    }
    case "be quiet": {
      const waiting = next.of(run.waitingForWord());
      if (waiting && next.below(2) === 0) {
        run.count("quiet while a worker has it");
        const from = halfHoursOf(wallTime(run.model.now, waiting.person));
        return run.beQuiet(waiting.person, { from: timeOfDay(from), until: timeOfDay(from + 16) });
      }
      const person = next.of([...CLIENTS, ...COACHES]);
      if (next.below(5) === 0) return run.beQuiet(person, null);
      const from = timeOfDay(20 * 2 + next.below(8));
      return run.beQuiet(person, { from, until: timeOfDay(next.below(20) + 1) });
    }
    case "edit a rule": {
      const rule = next.of(run.model.rules.filter(({ event }) => event === "session_starts"));
      if (!rule) return false;
      const offset = rule.kind === "session_soon" ? -5 - next.below(56) : -(61 + next.below(2_000));
      return run.editRule(rule, offset, next.below(4) > 0);
    }
    case "add a rule":
      return run.addRule(next.of(["client", "coach"] as const), next.of([-120, -30, -360, -2_880]));
  }
}

function ahead({ model }: Run): Booking[] {
  return [...model.bookings.values()].filter(
    ({ status, startsAt }) => status === "confirmed" && startsAt > model.now,
  );
}

function onTheHour(at: number): number {
  return Math.ceil(at / HOUR) * HOUR;
}

/** Whether what a group tells of can wait for a digest. */
function isSuggestion(group: string | null): boolean {
  return group !== null && group !== "sessions";
}

/** How many half hours of a day are over at a time of it. */
function halfHoursOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 2 + Math.floor(minute / 30);
}

/** The so-manieth half hour of a day. */
function timeOfDay(halfHours: number): string {
  const [hour, half] = [Math.floor(halfHours / 2) % 24, halfHours % 2];
  return `${String(hour).padStart(2, "0")}:${half ? "30" : "00"}`;
}

/** Numbers that one throw of the dice leads to. */
export function thrower(dice: number) {
  let state = dice + 1;
  function below(size: number): number {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * size);
  }
  return { below, of: <Value>(values: readonly Value[]) => values[below(values.length)] as Value };
}

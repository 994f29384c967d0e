/*
 * A month of sessions, messages and choices at random, with rules edited, jobs that come late and workers
 * that die, over the nights on which clocks change. Whatever happened: what was due was told once, nothing
 * that was not true, nothing at night, and nothing was lost.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { act, ACTIONS } from "./actions.ts";
import { startRun, type Run } from "./run.ts";
import { startWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

/** For a longer look than everybody's: `NOTIFICATION_RUNS=5000`. */
const RUNS = Number(process.env["NOTIFICATION_RUNS"] ?? 100);

/** What must have come to pass now and then, or nothing was proved. */
const OUTCOMES = [
  "told by session_reminder",
  "told by session_soon",
  "told by review_reminder",
  "told by next_session",
  "told by message_unanswered",
  "told by booking_moved",
  "told in a digest",
  "told in the app",
  "told at night, being urgent",
  "left out, being untrue",
  "left out, being unwanted",
  "held for a digest",
  "waited for the end of quiet hours",
  "waited over a change of clocks",
  "sent again by another worker",
  "chosen while a worker has it",
  "quiet while a worker has it",
];

const Act = fc.record({
  action: fc.constantFrom(...ACTIONS),
  dice: fc.nat(1_000_000),
  /** How the time until the next act is chosen. */
  pause: fc.nat(1_000_000),
});

test("everything that is due is told once, and nothing else", async () => {
  const counts = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(Act, { minLength: 12, maxLength: 28, size: "max" }), (acts) =>
      world.alone(async () => {
        const run = await startRun(world, counts);
        for (const { action, dice, pause } of acts) {
          await run.pass(pause);
          await tell(run, action, dice);
        }
        await run.settle();
      }),
    ),
    { numRuns: RUNS, interruptAfterTimeLimit: 540_000, markInterruptAsFailure: true },
  );

  console.log(JSON.stringify(Object.fromEntries([...counts].sort())));
  for (const name of [...ACTIONS, ...OUTCOMES])
    expect(counts.get(name) ?? 0, name).toBeGreaterThan(0);

  async function tell(run: Run, action: (typeof ACTIONS)[number], dice: number): Promise<void> {
    if (await act(run, action, dice)) run.count(action);
  }
}, 600_000);

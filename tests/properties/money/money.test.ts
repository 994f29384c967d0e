/*
 * People buy, cancel, meet and are paid at random, while news from Stripe comes twice, late, in any
 * order or never, and Stripe fails now and then. Whatever happened: once all has settled, the books
 * sum to zero, are Stripe's to the cent, and nobody has what is not theirs.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { countOutcomes, expectBooksToBalance } from "./checks.ts";
import { setScene } from "./people.ts";
import { STEPS } from "./steps/all.ts";
import type { Run, Step } from "./steps/run.ts";
import { settle } from "./steps/stripe.ts";
import { startWorld, type World } from "./world.ts";

/** For a longer look than everybody's: `MONEY_RUNS=20000 npm run test:unit -- money`. */
const RUNS = Number(process.env["MONEY_RUNS"] ?? 2_000);

/** What must have come to pass in so many runs, or they have proved nothing. */
const OUTCOMES = [
  "refunds succeeded",
  "refunds failed",
  "transfers succeeded",
  "reversals succeeded",
  "earnings changed later",
  "discounts of platform",
  "discounts of coach",
  "disputes won",
  "disputes lost",
  "credits used",
  "credits returned",
  "credits ended",
];

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

class Command implements fc.AsyncCommand<object, Run> {
  private readonly name: string;
  private readonly step: Step;
  private readonly dice: number;
  private readonly counts: Map<string, number>;

  constructor(name: string, step: Step, dice: number, counts: Map<string, number>) {
    this.name = name;
    this.step = step;
    this.dice = dice;
    this.counts = counts;
  }

  /** Whether there is something to do is the database's to say: each step looks. */
  check(): boolean {
    return true;
  }

  async run(_model: object, run: Run): Promise<void> {
    if (await this.step(run, this.dice)) add(this.counts, this.name, 1);
  }

  toString(): string {
    return `${this.name}(${this.dice})`;
  }
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

test(
  "the books balance, whatever happens",
  async () => {
    const counts = new Map<string, number>();
    const commands = STEPS.flatMap(([name, weight, step]) =>
      Array.from({ length: weight }, () =>
        fc.nat(1_000_000).map((dice) => new Command(name, step, dice, counts)),
      ),
    );

    await fc.assert(
      fc.asyncProperty(
        fc.commands(commands, { size: "+1", maxCommands: 40 }),
        fc.nat(1_000_000),
        (script, dice) =>
          world.alone(async () => {
            const run: Run = { ...world, waiting: [] };
            await setScene(run);
            await fc.asyncModelRun(() => ({ model: {}, real: run }), script);
            await settle(run, dice);
            await expectBooksToBalance(run);
            for (const [name, count] of await countOutcomes(run)) add(counts, name, count);
          }),
      ),
      { numRuns: RUNS },
    );

    console.log(JSON.stringify(Object.fromEntries(counts)));
    for (const name of [...STEPS.map(([step]) => step), ...OUTCOMES])
      expect(counts.get(name) ?? 0, name).toBeGreaterThan(0);
  },
  30 * 60_000,
);

import fc from "fast-check";
import { expect } from "vitest";

import { countOutcomes, expectBooksToBalance } from "./checks.ts";
import { expectNothingOfWhoLeft } from "./leaving-check.ts";
import { setScene } from "./people.ts";
import type { Run, Step } from "./steps/run.ts";
import { settle } from "./steps/stripe.ts";
import type { World } from "./world.ts";

/** Everything that can happen, by name, and how often compared with the others. */
export type Steps = [name: string, weight: number, step: Step][];

type Story = {
  /** Statements that add to the scene. */
  scene?: string;
  steps: Steps;
  /** What must have come to pass now and then, or nothing was proved. */
  outcomes: string[];
  /** What must hold in the end besides what always must; says what came to pass besides. */
  check?: (run: Run) => Promise<[name: string, count: number][]>;
};

/** Each file's share of what everybody runs. */
const USUAL_RUNS = 550;

/** For a longer look than everybody's: `MONEY_RUNS=20000 npm run test:unit -- tests/properties/money`. */
const RUNS = Number(process.env["MONEY_RUNS"] ?? USUAL_RUNS);

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

/**
 * People buy, cancel, meet and are paid at random, while news from Stripe comes twice, late, in any
 * order or never, and Stripe fails now and then. Whatever happened: once all has settled, the books
 * sum to zero, are Stripe's to the cent, and nobody has what is not theirs. Hundreds of times.
 *
 * @param world where
 * @param story what can happen
 * @throws when the books do not balance, with the shortest story that leads there
 */
export async function tryAtRandom(
  world: World,
  { scene, steps, outcomes, check }: Story,
): Promise<void> {
  const counts = new Map<string, number>();
  const commands = steps.flatMap(([name, weight, step]) =>
    Array.from({ length: weight }, () =>
      fc.nat(1_000_000).map((dice) => new Command(name, step, dice, counts)),
    ),
  );

  await fc.assert(
    fc.asyncProperty(
      fc.commands(commands, { size: "max", maxCommands: 30 }),
      fc.nat(1_000_000),
      (script, dice) =>
        world.alone(async () => {
          const run: Run = { ...world, waiting: [] };
          await setScene(run);
          if (scene) await run.database.run(scene);
          await fc.asyncModelRun(() => ({ model: {}, real: run }), script);
          await settle(run, dice);
          await expectBooksToBalance(run);
          await expectNothingOfWhoLeft(run);
          for (const [name, count] of await countOutcomes(run)) add(counts, name, count);
          for (const [name, count] of (await check?.(run)) ?? []) add(counts, name, count);
        }),
    ),
    { numRuns: RUNS },
  );

  console.log(JSON.stringify(Object.fromEntries(counts)));
  if (RUNS < USUAL_RUNS) return; // A short look, in which not everything need happen.
  for (const name of [...steps.map(([step]) => step), ...outcomes])
    expect(counts.get(name) ?? 0, name).toBeGreaterThan(0);
}

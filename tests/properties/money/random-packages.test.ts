import { afterAll, beforeAll, test } from "vitest";

import { decide, dispute } from "./steps/disputes.ts";
import { leave } from "./steps/leaving.ts";
import { buyPackage, getPackage, outlast, useCredit } from "./steps/packages.ts";
import { onboard } from "./steps/payouts.ts";
import { cancel, jobs, meet, move, wait } from "./steps/sessions.ts";
import { hear, refundFails, refundInStripe, release, work } from "./steps/stripe.ts";
import { tryAtRandom, type Steps } from "./try-at-random.ts";
import { startWorld, type World } from "./world.ts";

const STEPS: Steps = [
  ["buy a package", 1, buyPackage],
  ["get a package", 3, getPackage],
  ["use a credit", 5, useCredit],
  ["outlast a package", 1, outlast],
  ["hear", 3, hear],
  ["work", 3, work],
  ["jobs", 2, jobs],
  ["wait", 1, wait],
  ["two days later", 3, release],
  ["onboard", 2, onboard],
  ["cancel", 3, cancel],
  ["move", 1, move],
  ["meet", 5, meet],
  ["leave", 1, leave],
  ["dispute", 1, dispute],
  ["decide a dispute", 1, decide],
  ["refund in Stripe", 1, refundInStripe],
  ["refund fails", 1, refundFails],
];

const OUTCOMES = [
  "credits used",
  "credits returned",
  "credits ended",
  "refunds succeeded",
  "transfers succeeded",
  "earnings changed later",
];

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

test("the books of packages balance, whatever happens", async () => {
  await tryAtRandom(world, { steps: STEPS, outcomes: OUTCOMES });
}, 1_800_000);
